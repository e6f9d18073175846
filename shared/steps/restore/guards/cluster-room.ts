import type { IndexRecord } from '../../../contracts/manifest.ts';
import type { IndexToRestore } from '../../../contracts/restore-plan.ts';
import { diskVerdict, shardProblems } from '../../../core/cluster-room.ts';
import type { ClusterReadings } from '../../../ports/cluster-readings.ts';
import type { PresentState } from '../present.ts';
import { gather, ifReadable, type Verdict } from './verdict.ts';

/**
 * Whether the cluster has room for the restored indices, once those are deleted or closed that they replace. Finds SHARD_LIMIT,
 * DISK_ROOM; what may not be read is a remark.
 *
 * @param recorded the indices as the recovery point knows them
 */
export function roomGuard(
  { indices }: PresentState,
  steps: IndexToRestore[],
  recorded: IndexRecord[],
  cluster: ClusterReadings,
): Promise<Verdict> {
  const going = new Set(steps.filter(({ action }) => action !== 'swap').map(({ currentName }) => currentName));
  const coming = new Set(steps.filter(({ action }) => action !== 'remove').map(({ name }) => name));
  const change = {
    deleted: indices.described.filter(({ name }) => going.has(name)),
    restored: recorded.filter(({ name }) => coming.has(name)),
  };
  return gather([
    async () => {
      const limits = await ifReadable(async () => {
        const [health, perNode] = await Promise.all([cluster.health(), cluster.shardsPerNode()]);
        return { health, perNode };
      });
      if ('seen' in limits)
        return { problems: shardProblems(change, limits.seen.health, limits.seen.perNode), remarks: [] };
      return unseen('how many shards the domain takes', limits.unseen.message);
    },
    async () => {
      const disks = await ifReadable(() => cluster.disks());
      return 'seen' in disks
        ? diskVerdict(change, disks.seen)
        : unseen('how much room the disks have', disks.unseen.message);
    },
  ]);
}

function unseen(what: string, why: string): Verdict {
  return { problems: [], remarks: [`${what} could not be seen: ${why}`] };
}
