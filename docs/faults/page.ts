import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outcomes } from './outcomes.ts';
import { endings, waysToFail } from './words.ts';

const folder = import.meta.dirname;

/** The text of docs/faults.md. */
export async function faultsPage(): Promise<string> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.md')).sort();
  return [
    '# Faults',
    '',
    '<!-- Made by `npm run docs` from docs/faults/. Change it there; `npm run faults` makes the tables by strategy anew. -->',
    '',
    'What becomes of a restore in which one thing goes wrong. Every call that a restore makes of a service was made to fail in',
    'every way that its adapter knows, every function of it was ended by force, and it was killed before each of its functions',
    'and after each change that they make. In every case in which it failed it was carried on from its alert, and ended',
    'identical. A restore that was killed was run again, and ended identical; and likewise it was undone.',
    '',
    'That is done in virtual time. A sample runs on the services of the sandbox: each kind of fault between the adapters and each',
    'service that it can happen to, at requests of every port that a restore calls.',
    '',
    table(['strategy', 'calls', 'states', ...Object.keys(endings)], await Promise.all(files.map(summary))),
    '',
    'The numbers on the right count the cells of the tables behind the names: a call and a way, or a state, that can end so.',
    '',
    '## How it ends',
    '',
    ...Object.entries(endings).map(([ending, meaning]) => `- **${ending}**: ${meaning}`),
    '',
    '## How a call fails',
    '',
    ...Object.entries(waysToFail).map(([way, meaning]) => `- **${way}**: ${meaning}.`),
    '',
    '## What a fault comes to',
    '',
    'What an adapter makes of a fault between it and the service, once its own attempts are used up: of a call that may be sent',
    'again, and of one that must not be done twice. With a star: a call that may be sent again does well if that happens once.',
    'A contract test asks the adapters.',
    '',
    table(
      ['service', 'fault', 'sent again', 'sent once'],
      Object.entries(outcomes).flatMap(([service, kinds]) =>
        Object.entries(kinds).map(([kind, { repeatable, once = '', passing }]) => [
          service,
          kind,
          `${repeatable}${passing ? ' *' : ''}`,
          once,
        ]),
      ),
    ),
    '',
  ].join('\n');
}

/** Of the page of a strategy: how many calls and states it tells of, and in how many cells each ending stands. */
async function summary(file: string): Promise<string[]> {
  const text = await readFile(join(folder, file), 'utf8');
  const [ofCalls = '', ofStates = ''] = text.split('| state |');
  const rows = (part: string) => part.split('\n').filter((line) => line.startsWith('| `'));
  const cells = text.split('\n').flatMap((line) => line.split('|').map((cell) => cell.trim().split(', ')));
  return [
    `[${file.replace('.md', '')}](faults/${file})`,
    String(rows(ofCalls).length),
    String(rows(ofStates).length),
    ...Object.keys(endings).map((ending) => String(cells.filter((cell) => cell.includes(ending)).length)),
  ];
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
