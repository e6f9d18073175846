/**
 * What the workflows need of a domain with fine-grained access control, as the actions of the search server that the
 * security plugin checks. `manage_snapshots` alone does not do: it knows nothing of health, recovery, aliases and the
 * deletion of indices.
 */

/** Of the domain as a whole. */
const common = [
  'cluster:monitor/main',
  'cluster:monitor/health',
  'cluster:monitor/state',
  'cluster:monitor/nodes/info',
  'cluster:monitor/shards',
  'cluster:admin/repository/get',
  'cluster:admin/snapshot/get',
  'cluster:admin/snapshot/status',
];

/** Of every index that a plan selects, or a recovery point holds. */
const commonOfIndices = [
  'indices:admin/resolve/index',
  'indices:admin/aliases/get',
  'indices:monitor/settings/get',
  'indices:monitor/stats',
  'indices:admin/refresh',
  'indices:data/read/search',
];

export interface RequiredPermissions {
  cluster: string[];
  indices: string[];
}

export const requiredPermissions: Readonly<Record<'backup' | 'restore', RequiredPermissions>> = {
  backup: {
    cluster: [
      ...common,
      'cluster:admin/repository/put',
      'cluster:admin/repository/verify',
      'cluster:admin/snapshot/create',
    ],
    indices: commonOfIndices,
  },
  restore: {
    cluster: [
      ...common,
      'cluster:admin/snapshot/create',
      'cluster:admin/snapshot/restore',
      'cluster:monitor/allocation/explain',
      'cluster:monitor/nodes/stats',
    ],
    // The security plugin wants the right to make and to write what a snapshot is restored to.
    indices: [
      ...commonOfIndices,
      'indices:monitor/recovery',
      'indices:admin/close',
      'indices:admin/delete',
      'indices:admin/create',
      'indices:data/write/index',
    ],
  },
};
