import type { IndexRecord } from '../contracts/manifest.ts';
import type { Patterns } from '../contracts/plan-file.ts';
import type { IndexStrategy } from '../contracts/restore-plan.ts';
import type { SourceSearch } from '../contracts/restore-source.ts';
import type { IndexInSnapshot, Snapshot } from '../ports/snapshots.ts';
import { ownName } from './index-names.ts';
import { matchIndices } from './selection.ts';
import { isSystemIndex } from './system-indices.ts';

/** The indices that hold a data stream, as the engines name them: restored one by one they are no stream. */
const ofDataStream = /^\.ds-/;

/** The indices of a snapshot that a restore may bring back; system indices are left out whatever anybody says. */
export function restorableIndices({ indices }: Pick<Snapshot, 'indices'>): string[] {
  return indices.filter((name) => !isSystemIndex(name) && !ofDataStream.test(name)).sort();
}

/** Those of the names that a plan backs up. */
export function indicesOfPlan({ include, exclude }: Patterns, names: string[]): string[] {
  const excluded = new Set(matchIndices(exclude, names));
  return matchIndices(include, names).filter((name) => !excluded.has(name));
}

/** What a snapshot tells of its indices, and what there is to go by where it does not. */
export interface KnownOfSnapshot {
  snapshot: Snapshot;
  contents: IndexInSnapshot[];
  /** Those that exist now in the place of one of the snapshot's. */
  live: IndexRecord[];
  strategy: IndexStrategy;
  /** What the snapshot's engine is taken for, where the server does not tell. */
  version: string;
}

/**
 * The indices of a snapshot that Tandem has no manifest of. How many documents they hold nobody knows before they are
 * restored, so that there is nothing to compare these with. An index is never newer than the engine that took the snapshot.
 *
 * Their aliases come back with them, unseen; but where an index is swapped in, it gets those of the index in whose place it
 * comes: a snapshot's aliases cannot be asked for.
 *
 * A snapshot does not tell replicas either: as many are reckoned with as there are now, or one.
 */
export function indicesOfSnapshot(names: string[], known: KnownOfSnapshot): SourceSearch['indices'] {
  const { contents, live, strategy, snapshot } = known;
  const held = new Map(contents.map((index) => [index.name, index]));
  return names.map((name) => {
    const { primaries = 0, bytes = 0 } = held.get(name) ?? {};
    const current =
      live.find((index) => index.name === name) ?? live.find((index) => ownName(index.name) === ownName(name));
    return {
      ...{ name, uuid: '', open: true, documents: null, documentsAfter: null, primaries, bytes },
      replicas: current?.replicas ?? 1,
      createdVersion: snapshot.version ?? known.version,
      definition: { notCaptured: 'a snapshot does not tell them before it is restored' },
      aliases: strategy === 'swap' ? aliasesBeside(name, current) : {},
    };
  });
}

/** An alias of an index's own name is what a swap makes of that name, and no alias that the index had. */
function aliasesBeside(name: string, current: IndexRecord | undefined): IndexRecord['aliases'] {
  return Object.fromEntries(Object.entries(current?.aliases ?? {}).filter(([alias]) => alias !== name));
}
