import { describe, expect, it } from 'vitest';
import { missingPermissions, securityRolesOf } from '../../../../shared/core/diagnosis/granted-permissions.ts';
import { requiredPermissions } from '../../../../shared/core/security-role.ts';
import type { SecurityConfiguration } from '../../../../shared/ports/security.ts';

/** Those of the security plugin's own roles and action groups that matter here. */
const configuration: SecurityConfiguration = {
  roles: {
    all_access: { clusterPermissions: ['*'], indexPermissions: [{ indexPatterns: ['*'], allowedActions: ['*'] }] },
    manage_snapshots: {
      clusterPermissions: ['manage_snapshots'],
      indexPermissions: [
        { indexPatterns: ['*'], allowedActions: ['indices:data/write/index', 'indices:admin/create'] },
      ],
    },
    monitor: {
      clusterPermissions: ['cluster_monitor'],
      indexPermissions: [{ indexPatterns: ['app-*'], allowedActions: ['indices_monitor'] }],
    },
  },
  mappings: {
    all_access: { users: ['admin'], backendRoles: ['admin'] },
    manage_snapshots: { users: [], backendRoles: ['arn:aws:iam::111122223333:role/tandem-*'] },
    monitor: { users: ['arn:aws:iam::111122223333:user/ops'], backendRoles: ['/arn:aws:iam::[0-9]+:role/tandem-.*/'] },
  },
  actionGroups: {
    manage_snapshots: ['cluster:admin/snapshot/*', 'cluster:admin/repository/*'],
    cluster_monitor: ['cluster:monitor/*'],
    indices_monitor: ['indices:monitor/*', 'round_and_round'],
    round_and_round: ['indices_monitor'],
  },
};

const { backup, restore } = requiredPermissions;

describe('the security roles of a role of IAM', () => {
  it('are those that it is mapped to as a backend role, by its ARN or by a pattern', () => {
    expect(securityRolesOf('arn:aws:iam::111122223333:role/tandem-backup', configuration)).toEqual([
      'manage_snapshots',
      'monitor',
    ]);
    expect(securityRolesOf('arn:aws:iam::111122223333:user/ops', configuration)).toEqual(['monitor']);
    expect(securityRolesOf('arn:aws:iam::111122223333:role/ops', configuration)).toEqual([]);
  });

  it('are not those whose pattern is an expression of Java alone', () => {
    const mappings = { odd: { users: [], backendRoles: ['/arn.*+(?<a/'] } };

    expect(securityRolesOf('arn:aws:iam::1:role/x', { ...configuration, mappings })).toEqual([]);
  });
});

describe('the permissions that are missing', () => {
  it('are none with all_access', () => {
    expect(missingPermissions(['all_access'], ['*'], configuration, backup)).toEqual([]);
    expect(missingPermissions(['all_access'], ['*'], configuration, restore)).toEqual([]);
  });

  it('are those that manage_snapshots alone does not give', () => {
    const missing = missingPermissions(['manage_snapshots'], ['app-*'], configuration, restore);

    expect(missing).toEqual(
      expect.arrayContaining(['cluster:monitor/health', 'indices:admin/delete', 'indices:monitor/recovery']),
    );
    expect(missing).not.toContain('indices:admin/create');
  });

  it('are less where several roles give them together, through action groups in action groups', () => {
    const missing = missingPermissions(['manage_snapshots', 'monitor'], ['app-*'], configuration, backup);

    expect(missing).toEqual([
      'indices:admin/resolve/index',
      'indices:admin/aliases/get',
      'indices:admin/mappings/get',
      'indices:admin/refresh*',
      'indices:data/read/search',
    ]);
  });

  it('are those of an index that no pattern of the roles covers', () => {
    expect(missingPermissions(['monitor'], ['app-*', 'shop'], configuration, backup)).toContain(
      'indices:monitor/stats',
    );
    expect(missingPermissions(['monitor'], ['app-*', 'app-x'], configuration, backup)).not.toContain(
      'indices:monitor/stats',
    );
  });
});
