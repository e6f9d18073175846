import type { SecurityRole } from '../ports/security.ts';

/** The security role that Tandem makes in a domain, beside which its callers have `manage_snapshots`. */
export const tandemRole = 'tandem';

/** The domain's own security role for snapshots and repositories. Alone it suffices for no backup and no restore. */
export const snapshotsRole = 'manage_snapshots';

/** Actions of the search server, as the security plugin checks them. */
export interface Permissions {
  /** On the domain as a whole. */
  cluster: string[];
  /** On all indices at once: a role for some of them does not suffice. */
  allIndices: string[];
  /** On the indices of a plan. */
  indices: string[];
}

/** What both workflows do and `manage_snapshots` does not allow. */
const looking: Permissions = {
  cluster: [
    'cluster:monitor/main',
    // A domain that pretends to be of version 7.10 tells its own version by its nodes alone.
    'cluster:monitor/nodes/info',
    'cluster:monitor/health',
    'cluster:monitor/state',
    'cluster:monitor/shards',
  ],
  allIndices: ['indices:admin/resolve/index'],
  indices: [
    'indices:monitor/settings/get',
    'indices:admin/aliases/get',
    'indices:admin/mappings/get',
    'indices:monitor/stats',
    // The server asks for what each shard does too: `[s]`.
    'indices:admin/refresh*',
    // Documents are counted by a search: no other count leaves nested ones out.
    'indices:data/read/search',
  ],
};

/** The same of what only a restore does. */
const replacing: Permissions = {
  cluster: [
    'cluster:monitor/allocation/explain',
    // Whether the restored indices find room on the disks.
    'cluster:monitor/nodes/stats',
    // That no write makes an index in the place of one that is away, and that nothing slows recovery down.
    'cluster:admin/settings/update',
  ],
  allIndices: [],
  indices: [
    'indices:monitor/recovery',
    'indices:admin/close*',
    'indices:admin/open',
    'indices:admin/delete',
    'indices:admin/aliases',
    // Replicas come last, where a restore is to be fast.
    'indices:admin/settings/update',
  ],
};

/** What a backup does that `manage_snapshots` allows. */
const takingSnapshots: Permissions = {
  cluster: [
    'cluster:admin/repository/get',
    'cluster:admin/repository/put',
    'cluster:admin/repository/verify',
    'cluster:admin/snapshot/get',
    'cluster:admin/snapshot/status',
    'cluster:admin/snapshot/create',
  ],
  allIndices: [],
  indices: [],
};

/** The same of a restore: the security plugin wants the right to make and to write the indices that come back. */
const restoringSnapshots: Permissions = {
  cluster: [
    'cluster:admin/repository/get',
    'cluster:admin/snapshot/get',
    'cluster:admin/snapshot/status',
    // Its safety point.
    'cluster:admin/snapshot/create',
    'cluster:admin/snapshot/restore',
  ],
  allIndices: [],
  indices: ['indices:admin/create', 'indices:data/write/index'],
};

/** What the role `tandem` allows. A test takes each away and sees something fail. */
export const tandemPermissions: SecurityRole = roleOf(together(looking, replacing));

/** Everything that a workflow does in a domain. */
export const requiredPermissions: Readonly<Record<'backup' | 'restore', Permissions>> = {
  backup: together(looking, takingSnapshots),
  restore: together(looking, replacing, restoringSnapshots),
};

function together(...parts: Permissions[]): Permissions {
  return {
    cluster: parts.flatMap(({ cluster }) => cluster),
    allIndices: parts.flatMap(({ allIndices }) => allIndices),
    indices: parts.flatMap(({ indices }) => indices),
  };
}

function roleOf({ cluster, allIndices, indices }: Permissions): SecurityRole {
  return {
    clusterPermissions: cluster,
    indexPermissions: [{ indexPatterns: ['*'], allowedActions: [...allIndices, ...indices] }],
  };
}

/** True where a role allows exactly that, in whatever order it is told. */
export function isSameRole(role: SecurityRole, wanted: SecurityRole): boolean {
  return JSON.stringify(inOrder(role)) === JSON.stringify(inOrder(wanted));
}

/** What it takes to make a role allow exactly what is wanted, in words, whatever indices and documents it is for. */
export function roleChange(role: SecurityRole, wanted: SecurityRole): string {
  const [before, after] = [permissionsOf(role), permissionsOf(wanted)] as const;
  const added = after.filter((permission) => !before.includes(permission)).join(', ');
  const taken = before.filter((permission) => !after.includes(permission)).join(', ');
  const changes = [...(added === '' ? [] : [`adds ${added}`]), ...(taken === '' ? [] : [`takes ${taken} away`])];
  return changes.join(', ') || 'has it hold for all indices as a whole';
}

function permissionsOf({ clusterPermissions, indexPermissions }: SecurityRole): string[] {
  return [...new Set([...clusterPermissions, ...indexPermissions.flatMap(({ allowedActions }) => allowedActions)])];
}

function inOrder({ clusterPermissions, indexPermissions }: SecurityRole) {
  const lists = indexPermissions.map(({ indexPatterns, allowedActions, narrowed = false }) => [
    [...indexPatterns].sort(),
    [...allowedActions].sort(),
    narrowed,
  ]);
  return [[...clusterPermissions].sort(), lists.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))];
}
