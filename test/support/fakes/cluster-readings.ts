import type { ClusterReadings } from '../../../shared/ports/cluster-readings.ts';
import type { Faults } from './faults.ts';
import type { FakeCluster, FakeIndex } from './search-cluster.ts';

export type ClusterOperation = `cluster.${keyof ClusterReadings}`;

/** A cluster in memory as a whole. */
export function fakeClusterReadings(
  cluster: FakeCluster,
  faults: Pick<Faults<ClusterOperation>, 'run'>,
): ClusterReadings {
  return {
    health: async () =>
      faults.run('cluster.health', '', () => {
        const indices = [...cluster.indices.values()];
        const unassigned = indices.map((index) => unassignedOf(index, cluster)).reduce((sum, count) => sum + count, 0);
        const isRed = indices.some(({ broken }) => broken !== undefined);
        return {
          status: isRed ? 'red' : unassigned > 0 ? 'yellow' : 'green',
          dataNodes: cluster.dataNodes,
          shards: indices.reduce((sum, index) => sum + shardsOf(index), 0),
          unassigned,
        };
      }),
    shardsPerNode: async () => faults.run('cluster.shardsPerNode', '', () => cluster.shardsPerNode),
  };
}

function shardsOf({ primaries, replicas }: FakeIndex): number {
  return primaries * (1 + replicas);
}

function unassignedOf(index: FakeIndex, { dataNodes }: FakeCluster): number {
  if (index.broken !== undefined) return shardsOf(index);
  return index.primaries * Math.max(0, index.replicas - (dataNodes - 1));
}
