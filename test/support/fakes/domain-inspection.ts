import type { ClusterReadings } from '../../../shared/ports/domain-inspection.ts';
import type { SecurityConfiguration, SecurityMappings } from '../../../shared/ports/security-mappings.ts';
import type { Faults } from './faults.ts';
import type { FakeCluster, FakeIndex } from './search-cluster.ts';

export type ClusterOperation = `cluster.${keyof ClusterReadings}`;
export type AccessOperation = `accessControl.${keyof SecurityMappings}`;

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
    disks: async () => faults.run('cluster.disks', '', () => structuredClone(cluster.disks)),
    repositories: async () =>
      faults.run('cluster.repositories', '', () =>
        Object.fromEntries([...cluster.repositories].map(([name, { definition }]) => [name, definition])),
      ),
  };
}

function shardsOf({ primaries, replicas }: FakeIndex): number {
  return primaries * (1 + replicas);
}

function unassignedOf(index: FakeIndex, { dataNodes }: FakeCluster): number {
  if (index.broken !== undefined) return shardsOf(index);
  return index.primaries * Math.max(0, index.replicas - (dataNodes - 1));
}

/** Fine-grained access control in memory. */
export interface FakeAccessControl {
  rolesOfCaller: string[];
  configuration: SecurityConfiguration;
}

export function fakeSecurityMappings(
  security: () => FakeAccessControl | undefined,
  faults: Pick<Faults<AccessOperation>, 'run'>,
): SecurityMappings {
  return {
    rolesOfCaller: async () => faults.run('accessControl.rolesOfCaller', '', () => security()?.rolesOfCaller),
    configuration: async () =>
      faults.run(
        'accessControl.configuration',
        '',
        () => security()?.configuration ?? { roles: {}, mappings: {}, actionGroups: {} },
      ),
  };
}
