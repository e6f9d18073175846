import type { IndexRecord } from '../contracts/manifest.ts';
import type { IndexRecovery } from '../ports/search-indices.ts';

/**
 * How a restored index stands. `FAILED` never becomes better by waiting. `FOREIGN`: its shards were made empty, so that
 * it is an index that somebody else made under the name before the restore could.
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
): RecoveryState {
  if (recovery === undefined) return 'FAILED';
  if (recovery.health === 'green') return recovery.primariesDone === 0 ? 'FOREIGN' : 'RECOVERED';
  // A closed one was whole when it was closed: its shards start anew, each in its turn, and are red until then.
  if (recovery.health === 'red' && !recovery.initializing) return recovery.open ? 'FAILED' : 'RUNNING';
  const primariesBack = recovery.health === 'yellow' && recovery.primariesDone >= index.primaries;
  return primariesBack && !recovery.initializing && index.replicas >= dataNodes ? 'RECOVERED' : 'RUNNING';
}

/** Why a recovered index is not green. */
export function remarkOn(index: Pick<IndexRecord, 'name' | 'replicas'>, dataNodes: number): string {
  const nodes = dataNodes === 1 ? '1 data node' : `${dataNodes} data nodes`;
  return `${index.name} stays yellow: ${index.replicas} replica(s) do not fit on ${nodes}; every primary is there.`;
}
