import type { PausedWriters } from '../contracts/ledger/changed-meanwhile.ts';
import type { RestorePlan } from '../contracts/restore-plan.ts';
import type { EventSourceMapping } from '../contracts/table-settings.ts';
import { few } from './deadline.ts';

/** An event source mapping on the stream that a table has now. */
export interface LiveMapping extends Pick<EventSourceMapping, 'uuid' | 'functionArn' | 'streamArn'> {
  table: string;
  enabled: boolean;
}

export type PausedMapping = PausedWriters['mappings'][number];
export type PausedFunction = PausedWriters['functions'][number];

/** The writers as they are found. */
export interface LiveWriters {
  mappings: LiveMapping[];
  functions: PausedFunction[];
}

/**
 * Whether writers are in the way of a restore: they are where it takes away or replaces something that they write to, and
 * where it makes an index in its own name, which the next document that is written would make in its place. Not where all
 * of it is made beside what there is.
 */
export function disturbedByWriters({ tables, indices }: Pick<RestorePlan, 'tables' | 'indices'>): boolean {
  const changes = [...tables, ...indices].some(({ currentId }) => currentId !== null);
  return changes || indices.some(({ name, target, action }) => name === target && action !== 'remove');
}

/**
 * What the writers were before they were paused. As long as they are not back, what is remembered already counts and not
 * what is found, which may be the pause itself, or a mapping that the restore has made, switched off.
 *
 * @param before what is remembered already, by this restore or by the one whose writers it takes over
 */
export function rememberWriters(
  before: PausedWriters | undefined,
  found: LiveWriters,
  toMake: PausedMapping[],
): PausedWriters {
  const remembered = before ?? { mappings: [], functions: [] };
  const inOrder = <T>(known: T[], now: T[]) =>
    before?.resumedAt === undefined ? [...now, ...known] : [...known, ...now];
  return {
    mappings: lastOfEach([...toMake, ...inOrder<PausedMapping>(remembered.mappings, asPaused(found.mappings))], keyOf),
    functions: lastOfEach(inOrder(remembered.functions, found.functions), ({ name }) => name),
  };
}

/** The triggers that a restore makes anew: nothing was there that could be paused, and they come back as they were backed up. */
export function mappingsToMake({ tables }: Pick<RestorePlan, 'tables'>): PausedMapping[] {
  return tables.flatMap(({ target: table, triggers }) =>
    triggers.flatMap(({ functionArn, uuid, enabled }) =>
      uuid === null ? [{ table, functionArn, uuid, streamArn: null, enabled }] : [],
    ),
  );
}

/** As they were before they were paused, where that is remembered. */
export function asRemembered(found: LiveWriters, { mappings, functions }: PausedWriters): LiveWriters {
  const [byKey, byName] = [
    new Map(mappings.map((one) => [keyOf(one), one])),
    new Map(functions.map((one) => [one.name, one])),
  ];
  return {
    mappings: found.mappings.map((one) => ({ ...one, enabled: byKey.get(keyOf(one))?.enabled ?? one.enabled })),
    functions: found.functions.map((one) => byName.get(one.name) ?? one),
  };
}

/** A stream has one mapping of a function at most, and keeps it in the eyes of its user when it is made again on another. */
function keyOf({ table, functionArn }: Pick<PausedMapping, 'table' | 'functionArn'>): string {
  return `${table} ${functionArn}`;
}

function asPaused(mappings: LiveMapping[]): PausedMapping[] {
  return mappings.map(({ table, functionArn, uuid, streamArn, enabled }) => ({
    table,
    functionArn,
    uuid,
    streamArn,
    enabled,
  }));
}

function lastOfEach<T>(all: T[], key: (one: T) => string): T[] {
  return [...new Map(all.map((one) => [key(one), one])).values()];
}

/** `the trigger of arn:...:function:index on table orders` */
export function mappingName({ table, functionArn }: Pick<PausedMapping, 'table' | 'functionArn'>): string {
  return `the trigger of ${functionArn} on table ${table}`;
}

export function functionName({ name }: Pick<PausedFunction, 'name'>): string {
  return `function ${name}`;
}

/** What is to be put back, in words. */
export function writersInWords({ mappings, functions }: Pick<PausedWriters, 'mappings' | 'functions'>): string {
  return few([...mappings.filter(({ enabled }) => enabled).map(mappingName), ...functions.map(functionName)]);
}
