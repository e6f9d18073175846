import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connectOpenSearch } from '../../shared/adapters/opensearch/connect-opensearch.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import type { Security, SecurityDialect } from '../../shared/ports/security.ts';
import { fakeSecrets } from '../support/fakes/secrets.ts';
import { FakeSecurity } from '../support/fakes/security.ts';
import { nameOf } from '../support/search-trial.ts';
import { master, roleOf, type SecuredDomain, startSecuredDomain, undisturbed } from '../support/secured-domain.ts';

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
  { name: 'the fake', dialect: '_plugins/_security', open: () => new FakeSecurity('_plugins/_security') },
  { name: 'the security plugin', dialect: '_plugins/_security', open: () => domain.with(master).security },
  {
    name: 'the security plugin in the older dialect',
    dialect: '_opendistro/_security',
    open: () => openDistro.with(master).security,
  },
];

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

    const add = (...of: Parameters<Security['addToMapping']>) => undisturbed(() => security.addToMapping(...of));
    await add(role, undefined, { backendRoles: [backup], users: [] });
    const first = await security.mapping(role);
    await add(role, first, { backendRoles: [restore], users: [user, 'somebody'] });
    // What was looked at is out of date: two were added meanwhile.
    await add(role, first && { ...first, users: ['x'] }, { backendRoles: [], users: ['late'] });

    expect(await security.mapping(role)).toEqual({
      backendRoles: [backup, restore],
      users: [user, 'somebody', 'late'],
    });
  });

  it('tells where the mapping is not what it was', async () => {
    const [security, role] = [open(), nameOf('role')];
    const changed = { code: 'SECURITY_CHANGED', name: 'TransientError' };
    await undisturbed(() => security.putRole(role, some));
    const present = { backendRoles: ['a'], users: [] };
    const added = { backendRoles: ['b'], users: [] };

    await expect(security.addToMapping(role, present, added)).rejects.toMatchObject(changed);
    await expect(security.addToMapping(nameOf('role'), undefined, added)).rejects.toMatchObject(changed);
  });
});

describe('security: the security plugin', () => {
  it('adds everybody where several are added at once', async () => {
    const [security, role] = [domain.with(master).security, nameOf('role')];
    await undisturbed(() => security.putRole(role, some));
    await undisturbed(() => security.addToMapping(role, undefined, { backendRoles: ['first'], users: [] }));
    const present = await security.mapping(role);
    const added = Array.from({ length: 6 }, (_, number) => `role-${number}`);
    const refused: unknown[] = [];

    await Promise.all(
      added.map((name) =>
        security.addToMapping(role, present, { backendRoles: [name], users: [] }).catch((error) => refused.push(error)),
      ),
    );

    for (const error of refused) expect(error).toMatchObject({ code: 'SECURITY_CHANGED' });
    const mapping = await security.mapping(role);
    expect(mapping?.backendRoles).toContain('first');
    expect(mapping?.backendRoles).toHaveLength(1 + added.length - refused.length);
  });

  it.each([
    ['a wrong password', () => domain.with({ type: 'password', username: 'admin', password: 'wrong' })],
    ['a role that may not administer it', () => domain.as(nameOf('role'))],
  ])('lets nobody in by %s', async (_case, connect) => {
    await expect(connect().security.dialect()).rejects.toMatchObject({ code: 'SEARCH_UNAUTHORIZED' });
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
