import type { RestorePlan, Strategies, Wishes } from '../contracts/restore-plan.ts';
import type { RestoreSource, SourceTable } from '../contracts/restore-source.ts';
import { TandemError } from '../errors/tandem-error.ts';
import { hashOf } from './hash.ts';

/** @throws TandemError USAGE where something is asked for that does not go together with what is restored from, or to */
export function refuseUnfitSource(wishes: Wishes, point: string): void {
  const { snapshot, at, toEndpoint, tables } = wishes;
  const asked = { '--snapshot': snapshot, '--at': at, '--to-endpoint': toEndpoint, '--tables': tables };
  const pairs = [
    ['--snapshot', '--at', 'a snapshot holds no tables'],
    ['--snapshot', '--tables', 'a snapshot holds no tables'],
    ['--to-endpoint', '--at', 'no table is restored beside another domain'],
    ['--to-endpoint', '--tables', 'no table is restored beside another domain'],
  ] as const;
  for (const [one, other, why] of pairs) {
    if (asked[one] !== undefined && asked[other] !== undefined) throw unfitTogether(one, other, why);
  }
  if (snapshot !== undefined && point !== 'latest') {
    throw unfitTogether('--snapshot', '--point', 'each of them says what is restored');
  }
}

function unfitTogether(one: string, other: string, why: string): TandemError {
  const message = `${one} and ${other} do not go together: ${why}.`;
  return new TandemError('USAGE', message, { remedy: 'Leave one of them out.' });
}

/** A moment as DynamoDB takes it, to the second. @param at ISO 8601 with a zone */
export function momentOf(at: string): Date {
  return new Date(Math.floor(Date.parse(at) / 1_000) * 1_000);
}

/**
 * The strategies of a restore that is not told otherwise. A table as it was at a moment can only be made from the live
 * one, which has to stay for that: it is refilled where others are replaced.
 */
export function usualStrategiesOf(wishes: Wishes, usual: Strategies): Strategies {
  return wishes.at !== undefined && usual.tables === 'replace' ? { ...usual, tables: 'refill' } : usual;
}

/** Adds the hash of all that is settled by it: not what DynamoDB counts anew every few hours. */
export function sealSource(source: Omit<RestoreSource, 'hash'>): RestoreSource {
  const tables = source.tables.map(({ items: _, bytes: __, ...settled }) => settled);
  return { ...source, hash: hashOf({ ...source, tables }) };
}

/** What of a source can be restored to another domain: neither tables, nor what was absent in the domain of the plan. */
export function indicesAlone({ absent: _, ...source }: RestoreSource): RestoreSource {
  return { ...source, tables: [] };
}

/** As of when the items of a table are. */
export function momentOfTable(table: SourceTable): string {
  return 'pointInTime' in table ? table.pointInTime : table.backupCreatedAt;
}

interface Named extends Pick<RestorePlan, 'recoveryPoint' | 'source'> {
  /** Those that are restored. */
  indices: readonly unknown[];
}

/** What a restore brings back, for the middle of a sentence. */
export function sourceInWords({ recoveryPoint, source, indices }: Named): string {
  switch (source.kind) {
    case 'recoveryPoint':
      return `recovery point ${recoveryPoint}`;
    case 'snapshot':
      return `snapshot ${recoveryPoint}`;
    case 'pointInTime':
      return source.recoveryPoint === null || indices.length === 0
        ? `the tables of ${source.at}`
        : `the tables of ${source.at} and the indices of recovery point ${source.recoveryPoint}`;
  }
}

/** What an alert tells of it beside the recovery point that it is of; nothing where that is all. */
export function sourceLines(plan: Named & Pick<RestorePlan, 'toEndpoint'>): string[] {
  const { source, toEndpoint, indices } = plan;
  if (source.kind === 'recoveryPoint' && toEndpoint === null) return [];
  const to = toEndpoint === null ? '' : `, to the domain at ${toEndpoint}`;
  const apart =
    source.kind === 'pointInTime' && source.skewSeconds !== null && indices.length > 0
      ? `; the indices are ${skewInWords(source.skewSeconds)} than the tables`
      : '';
  return [`It restores ${sourceInWords(plan)}${to}${apart}.`];
}

/** What --point says for it; undefined where that says nothing. */
export function pointOf({ recoveryPoint, source }: Omit<Named, 'indices'>): string | undefined {
  if (source.kind === 'recoveryPoint') return recoveryPoint;
  return source.kind === 'pointInTime' ? (source.recoveryPoint ?? undefined) : undefined;
}

/** From one moment to a later one. */
export function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1_000;
}

/** How far apart tables and indices are, for a person. @param indices when their snapshot had ended */
export function skewRemark(tables: string, indices: string): string {
  const apart = skewInWords(secondsBetween(indices, tables));
  return `every table is as it was at ${tables}, the indices are as they were at ${indices}: documents are ${apart} than items`;
}

function skewInWords(seconds: number): string {
  return `${Math.abs(seconds).toLocaleString('en')} seconds ${seconds < 0 ? 'newer' : 'older'}`;
}
