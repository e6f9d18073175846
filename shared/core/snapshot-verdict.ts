import type { Snapshot } from '../ports/snapshots.ts';

/**
 * What is wrong with a snapshot that has ended; empty where it is good. The request for it was answered with success in
 * any case: only the snapshot itself tells. Good is SUCCESS, no failed shard, at least one shard, every expected index.
 */
export function snapshotProblems(snapshot: Snapshot, expected: string[]): string[] {
  const held = new Set(snapshot.indices);
  const missing = expected.filter((index) => !held.has(index));
  return [
    ...(snapshot.state === 'SUCCESS' ? [] : [`its state is ${snapshot.state}`]),
    ...(snapshot.shards.failed === 0 ? [] : [`${snapshot.shards.failed} of ${snapshot.shards.total} shards failed`]),
    ...(snapshot.shards.total > 0 ? [] : ['it holds no shard']),
    ...(missing.length === 0 ? [] : [`it does not hold ${missing.join(', ')}`]),
    ...snapshot.failures,
  ];
}
