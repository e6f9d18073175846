import type { SecurityRole } from '../ports/security.ts';

/** The security role that Tandem makes in a domain, beside which its callers have `manage_snapshots`. */
export const tandemRole = 'tandem';

/** The domain's own security role for snapshots and repositories. Alone it suffices for no backup and no restore. */
export const snapshotsRole = 'manage_snapshots';

/** What Tandem's callers may do in a domain beyond snapshots and repositories. A test takes each away and sees something fail. */
export const tandemPermissions: SecurityRole = {
  clusterPermissions: [
    'cluster:monitor/main',
    // A domain that pretends to be of version 7.10 tells its own version by its nodes alone.
    'cluster:monitor/nodes/info',
    // Whether the restored indices find room on the disks.
    'cluster:monitor/nodes/stats',
    'cluster:monitor/health',
    'cluster:monitor/state',
    'cluster:monitor/shards',
    'cluster:monitor/allocation/explain',
  ],
  indexPermissions: [
    {
      indexPatterns: ['*'],
      allowedActions: [
        'indices:admin/resolve/index',
        'indices:monitor/settings/get',
        'indices:admin/aliases/get',
        'indices:monitor/stats',
        // The server asks for what each shard does too: `[s]`.
        'indices:admin/refresh*',
        // Documents are counted by a search: no other count leaves nested ones out.
        'indices:data/read/search',
        'indices:admin/close*',
        'indices:admin/delete',
        'indices:monitor/recovery',
      ],
    },
  ],
};

/** True where a role allows exactly that, in whatever order it is told. */
export function isSameRole(role: SecurityRole, wanted: SecurityRole): boolean {
  return JSON.stringify(inOrder(role)) === JSON.stringify(inOrder(wanted));
}

function inOrder({ clusterPermissions, indexPermissions }: SecurityRole) {
  const lists = indexPermissions.map(({ indexPatterns, allowedActions }) => [
    [...indexPatterns].sort(),
    [...allowedActions].sort(),
  ]);
  return [[...clusterPermissions].sort(), lists.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))];
}
