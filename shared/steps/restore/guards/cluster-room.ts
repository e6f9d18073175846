import type { IndexRecord } from '../../../contracts/manifest.ts';
import { diskVerdict, shardProblems } from '../../../core/cluster-room.ts';
import type { ClusterReadings } from '../../../ports/cluster-readings.ts';
import type { PresentState } from '../present.ts';
import { gather, ifReadable, type Verdict } from './verdict.ts';

/**
 * Whether the cluster has room for the restored indices, once those are deleted that they replace. Finds SHARD_LIMIT,
 * DISK_ROOM; what may not be read is a remark.
 *
 * @param restored the indices as the recovery point knows them
 */
export function roomGuard(
  { indices }: PresentState,
  restored: IndexRecord[],
  cluster: ClusterReadings,
): Promise<Verdict> {
  const change = { deleted: indices.described, restored };
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
