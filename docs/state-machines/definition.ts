import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

const folder = resolve(import.meta.dirname, '../../statemachines');

const choiceSchema = z.looseObject({ Variable: z.string(), Next: z.string() });

/** What a picture tells of a state. A state of another type has no shape in it yet. */
const stateSchema = z.object({
  Type: z.enum(['Task', 'Choice', 'Wait', 'Parallel', 'Map', 'Pass', 'Succeed', 'Fail']),
  Comment: z.string().optional(),
  Resource: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }).optional(),
  SecondsPath: z.string().optional(),
  Choices: z.array(choiceSchema).default([]),
  Default: z.string().optional(),
  get Branches() {
    return z.array(definitionSchema).default([]);
  },
  /** Of a Map state: what it does for each item. */
  get ItemProcessor() {
    return definitionSchema.optional();
  },
  ResultSelector: z.record(z.string(), z.string()).default({}),
  Next: z.string().optional(),
  End: z.boolean().default(false),
  Catch: z.array(z.object({ Next: z.string() })).default([]),
});

const definitionSchema = z.object({
  Comment: z.string().optional(),
  StartAt: z.string(),
  get States() {
    return z.record(z.string(), stateSchema);
  },
});

export type Choice = z.output<typeof choiceSchema>;
export type State = z.output<typeof stateSchema>;
export type Definition = z.output<typeof definitionSchema>;

/** The state machines that get deployed, by their names. */
export async function readDefinitions(): Promise<Record<string, Definition>> {
  const ending = '.asl.yml';
  const names = (await readdir(folder)).filter((file) => file.endsWith(ending)).sort();
  const definitions = names.map(async (file) => {
    const content: unknown = parse(await readFile(join(folder, file), 'utf8'));
    return [file.slice(0, -ending.length), definitionSchema.parse(content)] as const;
  });
  return Object.fromEntries(await Promise.all(definitions));
}

/** What runs inside of a state: the branches of a Parallel state, or what a Map state does for each item. */
export function innerOf({ Branches, ItemProcessor }: State): Definition[] {
  return ItemProcessor === undefined ? Branches : [ItemProcessor];
}

/** All states, those inside of others too, in the order of the file. */
export function allStates({ States }: Definition): [name: string, state: State][] {
  return Object.entries(States).flatMap(([name, state]) => [[name, state], ...innerOf(state).flatMap(allStates)]);
}
