import { expect, test } from 'vitest';
import { requiredPermissions } from '../../../shared/core/required-permissions.ts';
import { tandemPermissions } from '../../../shared/core/security-role.ts';

/** What `manage_snapshots` gives, as the security plugin ships it. */
const ofSnapshots = /^(cluster:admin\/(snapshot|repository)\/|indices:(data\/write\/index|admin\/create)$)/;

const distinct = (permissions: string[]) =>
  [...new Set(permissions.map((one) => one.replace(/\*$/, '')))].filter((one) => !ofSnapshots.test(one)).sort();

test('what the workflows need beside manage_snapshots is what the role of a set-up gives', () => {
  const { backup, restore } = requiredPermissions;
  const { clusterPermissions, indexPermissions } = tandemPermissions;

  expect(distinct([...backup.cluster, ...restore.cluster])).toEqual(distinct(clusterPermissions));
  expect(distinct([...backup.indices, ...restore.indices])).toEqual(
    distinct(indexPermissions.flatMap(({ allowedActions }) => allowedActions)),
  );
});
