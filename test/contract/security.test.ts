import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connectOpenSearch } from '../../shared/adapters/opensearch/connect-opensearch.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import type { RoleMapping, Security, SecurityDialect } from '../../shared/ports/security.ts';
import { fakeSecrets } from '../support/fakes/secrets.ts';
import { FakeSecurity } from '../support/fakes/security.ts';
import { nameOf } from '../support/search-trial.ts';
import {
  mapUndisturbed,
  master,
  roleOf,
  type SecuredDomain,
  startSecuredDomain,
  undisturbed,
} from '../support/secured-domain.ts';

let domain: SecuredDomain;
let openDistro: SecuredDomain;

beforeAll(async () => {
  [domain, openDistro] = await Promise.all([startSecuredDomain(), startSecuredDomain({ isOpenDistro: true })]);
});
afterAll(() => Promise.all([domain.stop(), openDistro.stop()]));

interface Subject {
  name: string;
  dialect: SecurityDialect;
  open(): Security;
}

const subjects: Subject[] = [
  { name: 'the fake', dialect: '_plugins/_security', open: fake },
  { name: 'the security plugin', dialect: '_plugins/_security', open: () => domain.with(master).security },
  {
    name: 'the security plugin in the older dialect',
    dialect: '_opendistro/_security',
    open: () => openDistro.with(master).security,
  },
];

function fake(): Security {
  const security = new FakeSecurity();
  const actionGroups = { manage_snapshots: ['cluster:admin/snapshot/*'] };
  security.control(['all_access'], { roles: {}, mappings: {}, actionGroups });
  return security;
}

const [backup, restore] = [roleOf('backup'), roleOf('restore')];
const user = 'arn:aws:iam::000000000000:user/operator';
const some = { clusterPermissions: ['cluster:monitor/main'], indexPermissions: [] };
const more = {
  clusterPermissions: [],
  indexPermissions: [{ indexPatterns: ['*'], allowedActions: ['indices:monitor/stats', 'indices:admin/close*'] }],
};

describe.each(subjects)('security: $name', ({ dialect, open }) => {
  it('tells its dialect', async () => {
    expect(await open().dialect()).toBe(dialect);
  });

  it('makes a role, and makes it another one', async () => {
    const [security, role] = [open(), nameOf('role')];
    expect(await security.role(role)).toBeUndefined();

    await undisturbed(() => security.putRole(role, some));
    expect(await security.role(role)).toEqual(some);
    await undisturbed(() => security.putRole(role, more));
    expect(await security.role(role)).toEqual(more);
  });

  it('maps to a role to which nobody was mapped, and then keeps whoever was', async () => {
    const [security, role] = [open(), nameOf('role')];
    await undisturbed(() => security.putRole(role, some));
    expect(await security.mapping(role)).toBeUndefined();

    const add = (added: RoleMapping) => mapUndisturbed(security, role, added);
    await add({ backendRoles: [backup], users: [] });
    // There is no list of users yet.
    await add({ backendRoles: [restore], users: [user, 'somebody'] });
    await add({ backendRoles: [], users: ['late'] });

    expect(await security.mapping(role)).toEqual({
      backendRoles: [backup, restore],
      users: [user, 'somebody', 'late'],
      isReserved: false,
    });
  });

  it('says so where there is no role to map to', async () => {
    const added = { backendRoles: [backup], users: [] };

    await expect(mapUndisturbed(open(), nameOf('role'), added)).rejects.toMatchObject({
      code: 'SECURITY_ROLE_NOT_FOUND',
    });
  });

  it('tells the roles of the caller, and all that there is', async () => {
    const [security, role] = [open(), nameOf('role')];
    await undisturbed(() => security.putRole(role, more));
    await mapUndisturbed(security, role, { backendRoles: [backup], users: [] });

    expect(await security.rolesOfCaller()).toContain('all_access');
    const { roles, mappings, actionGroups } = await security.configuration();
    expect(roles[role]).toEqual(more);
    expect(mappings[role]).toMatchObject({ backendRoles: [backup], users: [] });
    expect(roles.manage_snapshots?.clusterPermissions).toEqual(['manage_snapshots']);
    expect(actionGroups.manage_snapshots).toContain('cluster:admin/snapshot/*');
  });
});

describe('security: the security plugin', () => {
  it('adds everybody where several are added at once', async () => {
    const [security, role] = [domain.with(master).security, nameOf('role')];
    await undisturbed(() => security.putRole(role, some));
    await mapUndisturbed(security, role, { backendRoles: ['first'], users: [] });
    const added = Array.from({ length: 6 }, (_, number) => `role-${number}`);
    const refused: unknown[] = [];

    await Promise.all(
      added.map((name) =>
        security.addToMapping(role, { backendRoles: [name], users: [] }).catch((error) => refused.push(error)),
      ),
    );

    for (const error of refused) expect(error).toMatchObject({ code: 'SECURITY_CHANGED' });
    const mapping = await security.mapping(role);
    expect(mapping?.backendRoles).toContain('first');
    expect(mapping?.backendRoles).toHaveLength(1 + added.length - refused.length);
  });

  it('tells a role that shows some of the documents alone', async () => {
    const role = nameOf('role');
    const permission = { index_patterns: ['*'], allowed_actions: ['read'], dls: '{"term":{"tenant":"a"}}' };
    await undisturbed(() => domain.with(master).security.putRole(role, some));
    await domain.call('PUT', `/_plugins/_security/api/roles/${role}`, { index_permissions: [permission] });

    expect((await domain.with(master).security.role(role))?.indexPermissions).toEqual([
      { indexPatterns: ['*'], allowedActions: ['read'], narrowed: true },
    ]);
  });

  it('tells which mapping is reserved', async () => {
    expect(await domain.with(master).security.mapping('kibana_server')).toMatchObject({ isReserved: true });
  });

  it.each([
    ['a wrong password', () => domain.with({ type: 'password', username: 'admin', password: 'wrong' })],
    ['a role that may not administer it', () => domain.as(nameOf('role'))],
  ])('lets nobody in by %s', async (_case, connect) => {
    const { security } = connect();

    await expect(security.configuration()).rejects.toMatchObject({ code: 'SEARCH_UNAUTHORIZED' });
    await expect(security.role('tandem')).rejects.toMatchObject({ code: 'SEARCH_UNAUTHORIZED' });
  });

  it.each([
    ['OpenSearch', () => inject('openSearch')],
    ['Elasticsearch', () => inject('elasticsearch')],
  ])('is not in a plain %s', async (_name, endpoint) => {
    const sources = { credentials: () => Promise.reject(new Error('unsigned')), region: async () => 'us-east-1' };
    const connect = connectOpenSearch({ ...sources, clock: systemClock, secrets: fakeSecrets({}) });

    const { security } = connect({ endpoint: endpoint(), auth: { type: 'none' } });

    expect(await security.dialect()).toBeUndefined();
  });
});
