import type { IndexRecord } from '../contracts/manifest.ts';
import type { IndexRecovery, SnapshotOfIndex } from '../ports/search-indices.ts';

/**
 * How a restored index stands. `FAILED` never becomes better by waiting. `FOREIGN`: the domain tells that it was made
 * from something else than the snapshot, so that it is an index that somebody else made under the name.
 */
export type RecoveryState = 'RUNNING' | 'RECOVERED' | 'FAILED' | 'FOREIGN';

/**
 * Green is the goal where the domain has the nodes for the replicas; where it has not, an index is done once every
 * primary is, and stays yellow. Yellow alone says little: primaries that wait for their turn to be restored are yellow too.
 */
export function recoveryState(
  index: Pick<IndexRecord, 'primaries' | 'replicas'>,
  recovery: IndexRecovery | undefined,
  dataNodes: number,
  source: SnapshotOfIndex,
): RecoveryState {
  if (recovery === undefined) return 'FAILED';
  if (isForeign(recovery, source)) return 'FOREIGN';
  if (recovery.health === 'green') return recovery.primariesDone > 0 ? 'RECOVERED' : 'RUNNING';
  // A closed one was whole when it was closed: its shards start anew, each in its turn, and are red until then.
  if (recovery.health === 'red' && !recovery.initializing) return recovery.open ? 'FAILED' : 'RUNNING';
  const primariesBack = recovery.health === 'yellow' && recovery.primariesDone >= index.primaries;
  return primariesBack && !recovery.initializing && index.replicas >= dataNodes ? 'RECOVERED' : 'RUNNING';
}

/** Where nothing is told, nothing follows: a shard that has moved since does not tell where it comes from. */
function isForeign({ madeFrom }: IndexRecovery, source: SnapshotOfIndex): boolean {
  if (madeFrom === undefined) return false;
  return (
    madeFrom === 'NO_SNAPSHOT' || madeFrom.repository !== source.repository || madeFrom.snapshot !== source.snapshot
  );
}

/** Why a recovered index is not green. */
export function remarkOn(index: Pick<IndexRecord, 'name' | 'replicas'>, dataNodes: number): string {
  const nodes = dataNodes === 1 ? '1 data node' : `${dataNodes} data nodes`;
  return `${index.name} stays yellow: ${index.replicas} replica(s) do not fit on ${nodes}; every primary is there.`;
}
