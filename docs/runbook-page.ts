import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ErrorCode, errorCatalogue } from '../shared/errors/catalogue.ts';

const begin = '<!-- Made by `npm run docs` from shared/errors/catalogue.ts. Change it there. -->';
const end = '<!-- What follows is written by hand. -->';

/** Guards of backups and of set-ups, and the one that lists others. */
const notOfRestores: ReadonlySet<string> = new Set<ErrorCode>(['CHECK_FAILED', 'REPOSITORY_SHARED', 'RESTORE_REFUSED']);

/** The text of docs/runbook.md: its table of guards is made, and what is around it stays as it is there. */
export async function runbookPage(): Promise<string> {
  const page = await readFile(join(import.meta.dirname, 'runbook.md'), 'utf8');
  const [before, rest, ...more] = page.split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (after === undefined || more.length > 0) throw new Error(`docs/runbook.md has no part "${begin}" to "${end}".`);
  return [before, begin, '\n\n', guards(), '\n\n', end, after].join('');
}

function guards(): string {
  const rows = Object.entries(errorCatalogue)
    .filter(([code, { name }]) => name === 'GuardRefusedError' && !notOfRestores.has(code))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { when, remedy }]) => `| \`${code}\` | ${when} | ${remedy} |`);
  return ['| code | what it means | what to do |', '| --- | --- | --- |', ...rows].join('\n');
}
