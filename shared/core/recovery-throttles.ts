import type { Throttle } from '../contracts/restore-plan.ts';
import type { SetValue } from '../ports/cluster-settings.ts';
import type { RepositoryDefinition } from '../ports/snapshots.ts';

/** Bytes a second that a node takes in, 40 MB where nobody set it; 0 is no limit. From the server's RecoverySettings. */
const rate = 'indices.recovery.max_bytes_per_sec';

/**
 * Shards that a node takes in at a time: primaries that come from a snapshot, 4 where nobody set it, and replicas, 2. From
 * the server's ThrottlingAllocationDecider.
 */
const shardsAtATime = [
  'cluster.routing.allocation.node_initial_primaries_recoveries',
  'cluster.routing.allocation.node_concurrent_recoveries',
];

const liftedShardsAtATime = 10;

/** The settings of a cluster that slow the recovery of shards down. */
export const recoveryThrottles: readonly string[] = [rate, ...shardsAtATime];

/** What a fast restore sets a throttle to; undefined where it slows down no more than that already. */
export function lifted(name: string, { value }: SetValue): Throttle | undefined {
  if (name === rate) return isUnlimited(value) ? undefined : { name, before: value, during: '0' };
  const isLifted = value !== null && Number(value) >= liftedShardsAtATime;
  return isLifted ? undefined : { name, before: value, during: String(liftedShardsAtATime) };
}

/** `0`, `0b`, `-1`, ... */
function isUnlimited(value: string | null): boolean {
  return value !== null && Number.parseFloat(value) <= 0;
}

/** That a throttle stays, and what to do about it. */
export function throttleStays(name: string, why: string): string {
  return `--fast could not lift ${name}, which slows the restore down only (${why}); a managed domain keeps it to itself, and gets faster by larger instances`;
}

/**
 * That a repository is read no faster than its registration lets it. A restore cannot change that: whoever registers a
 * repository hands a role to the domain, and the role of the restore may hand none.
 */
export function repositoryRemarks(name: string, repository: RepositoryDefinition | undefined): string[] {
  const { max_restore_bytes_per_sec: limit = null } = repository?.settings ?? {};
  if (limit === null || isUnlimited(limit)) return [];
  return [
    `repository ${name} is read at ${limit} a second at most for each node, which --fast cannot lift: change max_restore_bytes_per_sec in its settings in the plan file, and register it again with npx tandem setup`,
  ];
}
