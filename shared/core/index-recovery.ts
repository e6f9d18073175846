import type { IndexRecord } from '../contracts/manifest.ts';
import type { IndexRecovery } from '../ports/search-indices.ts';

/** How a restored index stands: `FAILED` never becomes better by waiting. */
export type RecoveryState = 'RUNNING' | 'RECOVERED' | 'FAILED';

/**
 * Green is the goal where the domain has the nodes for the replicas; where it has not, an index is done once every
 * primary is, and stays yellow.
 */
export function recoveryState(
  index: Pick<IndexRecord, 'replicas'>,
  recovery: IndexRecovery | undefined,
  dataNodes: number,
): RecoveryState {
  if (recovery === undefined) return 'FAILED';
  if (recovery.health === 'green') return 'RECOVERED';
  if (recovery.initializing) return 'RUNNING';
  if (recovery.health === 'yellow') return index.replicas >= dataNodes ? 'RECOVERED' : 'RUNNING';
  return 'FAILED';
}

/** Why a recovered index is not green. */
export function remarkOn(index: Pick<IndexRecord, 'name' | 'replicas'>, dataNodes: number): string {
  const nodes = dataNodes === 1 ? '1 data node' : `${dataNodes} data nodes`;
  return `${index.name} stays yellow: ${index.replicas} replica(s) do not fit on ${nodes}; every primary is there.`;
}
