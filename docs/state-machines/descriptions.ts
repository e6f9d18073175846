import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import type { State } from './definition.ts';

const root = resolve(import.meta.dirname, '../..');

const serviceSchema = z.object({ functions: z.record(z.string(), z.object({ handler: z.string() })) });

/** What a state does: of a Task what the step says of itself, of any other what its Comment says. */
export type Describe = (state: State) => Promise<string | undefined>;

/** Reads which function runs which step from serverless.yml. */
export async function openDescriptions(): Promise<Describe> {
  const content: unknown = parse(await readFile(resolve(root, 'serverless.yml'), 'utf8'), { merge: true });
  const { functions } = serviceSchema.parse(content);
  return async ({ Resource, Comment }) => {
    if (Resource === undefined) return Comment;
    const [name] = Resource['Fn::GetAtt'];
    const handler = functions[name]?.handler;
    if (handler === undefined) throw new Error(`serverless.yml has no function ${name}.`);
    return stepDescription(handler);
  };
}

/**
 * The first sentence of a step's docstring.
 *
 * @param handler of the function that runs it: `functions/backup/plan-backup.handler`
 */
async function stepDescription(handler: string): Promise<string> {
  const file = handler.replace(/^functions\//, 'shared/steps/').replace(/\.handler$/, '.ts');
  const step = basename(file, '.ts').replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const source = await readFile(resolve(root, file), 'utf8');
  const [beforeStep = '', ...rest] = source.split(`export async function ${step}(`);
  const docstring = /\/\*\*((?:(?!\*\/).)*)\*\/\s*$/s.exec(beforeStep)?.[1];
  if (rest.length !== 1 || docstring === undefined) throw new Error(`${file} has no docstring of ${step}.`);
  const text = docstring.replace(/\n \* ?/g, ' ').trim();
  return /^.*?[.](?=\s|$)/.exec(text)?.[0] ?? text;
}
