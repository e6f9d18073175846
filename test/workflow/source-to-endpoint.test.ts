import { describe, expect, it } from 'vitest';
import { CommandLine } from '../support/command-line.ts';
import { FakeSearch } from '../support/fakes/search.ts';
import { expectSuccess } from '../support/round-trip.ts';
import { catalog, World } from '../support/world.ts';

const toEndpoint = 'https://search-other.example.com';
const there = { toEndpoint, confirmed: true };

/** A plan that was backed up, and another domain that its indices may be restored to, which reads its repository. */
async function withOtherDomain(
  search: object = { restoreEndpoints: [toEndpoint] },
): Promise<{ world: World; other: FakeSearch }> {
  const world = new World().addTables(1).addIndices().plan({ search });
  expectSuccess(await world.backup());
  const other = new FakeSearch(world.clock);
  other.configure({ uuid: 'cluster-uuid-2' });
  world.otherDomains.set(toEndpoint, other);
  other.readsFrom(world.search, 'tandem');
  world.search.changeIndex('app-orders', { documents: 3 });
  world.connections.length = 0;
  world.forgetCalls();
  return { world, other };
}

function documents(search: FakeSearch): Record<string, number> {
  return Object.fromEntries(search.everything().indices.map((index) => [index.name, index.documents]));
}

const restored = { 'app-empty': 0, 'app-orders': 80, 'app-products': 120 };

describe('a restore to another domain', () => {
  it('makes the indices there, and touches neither tables nor the domain of the plan', async () => {
    const { world, other } = await withOtherDomain();
    const before = await world.everything();

    expectSuccess(await world.restore(there));

    expect(documents(other)).toEqual(restored);
    expect(await world.everything()).toEqual(before);
    expect(world.dynamo.faults.count('tables.delete')).toBe(0);
    expect(new Set(world.connections)).toEqual(new Set([toEndpoint]));
    expect(world.writersNow().on).toHaveLength(1);
    expect(await world.safetyPoints()).toEqual([]);
    expect(other.faults.count('snapshots.register')).toBe(0);
  });

  it('is looked at there by the doctor, where it has left a setting of that cluster as it was for its time', async () => {
    const { world, other } = await withOtherDomain();
    expectSuccess(await world.restore(there, { name: 'away' }));
    const setting = { level: 'persistent', before: null, during: '-app-*', putBack: false } as const;
    await other.settings.write('action.auto_create_index', { level: setting.level, value: setting.during });
    const changed = JSON.stringify({ settings: { 'action.auto_create_index': setting } });
    world.buckets.tamper(catalog, 'ledgers/app/away/changed-settings.json', changed);

    const { stdout } = await new CommandLine(world).run('doctor', 'app');

    expect(stdout).toContain('Restore away has ended, but left settings of the cluster');
    expect(stdout).toContain(`-X PUT ${toEndpoint}/_cluster/settings`);
  });

  it('removes nothing there of what a safety point says was absent', async () => {
    const { world, other } = await withOtherDomain();
    world.search.removeIndex('app-empty');
    expectSuccess(await world.restore({ confirmed: true }, { name: 'forth' }));
    other.addIndex('app-empty', { documents: 9 });
    const tables = world.application().tables;

    expectSuccess(await world.restore({ ...there, point: 'forth-safety' }));

    expect(documents(other)).toEqual({ 'app-empty': 9, 'app-orders': 3, 'app-products': 120 });
    expect(world.application().tables).toEqual(tables);
  });

  it('shows what it does and how it is undone', async () => {
    const { world } = await withOtherDomain();
    const cli = new CommandLine(world);

    const planned = await cli.run('restore', '--to-endpoint', toEndpoint, '--dry-run');
    const done = await cli.run('restore', '--to-endpoint', toEndpoint, '--yes');

    expect(planned.stdout).toContain(`to the domain at ${toEndpoint}`);
    expect(planned.stdout).toContain('touches nothing that exists');
    expect(done.code).toBe(0);
    expect(done.stdout).toContain(`delete what it made: app-empty in the domain at ${toEndpoint}`);
  });

  it('replaces what is there only where that need not be undone', async () => {
    const { world, other } = await withOtherDomain();
    other.addIndex('app-orders', { documents: 1 });

    const { failure } = await world.restore(there);

    expect(failure?.Cause).toContain('[SAFETY_POINT_IMPOSSIBLE]');
    expect(failure?.Cause).toContain('--index-strategy beside');
    expect(documents(other)).toEqual({ 'app-orders': 1 });

    expectSuccess(await world.restore({ ...there, indexStrategy: 'beside' }));
    expect(documents(other)).toMatchObject({ 'app-orders': 1, 'app-orders-restored': 80 });

    expectSuccess(await world.restore({ ...there, safetyPoint: false, indices: ['app-orders'] }));
    expect(documents(other)).toMatchObject({ 'app-orders': 80 });
  });

  it('is carried on with there, and says that nothing of the plan was touched', async () => {
    const { world, other } = await withOtherDomain();
    await world.failedOnceBegun('index-restore', there);
    const { message = '' } = world.alerts.published.at(-1) ?? {};
    expect(message).toContain(`It restores recovery point backup-1, to the domain at ${toEndpoint}.`);
    expect(message).toContain(`delete what it made, where that is there: app-empty in the domain at ${toEndpoint}`);

    expectSuccess(await world.carryOn());

    expect(documents(other)).toEqual(restored);
    expect(documents(world.search)['app-orders']).toBe(3);
  });

  it('looks at the versions, the room and the names of that domain', async () => {
    const { world, other } = await withOtherDomain();
    other.configure({ engine: { distribution: 'opensearch', version: '2.19.0' }, shardsPerNode: 2 });
    other.addIndex('shop', { aliases: { 'app-orders': {} } });

    const { failure } = await world.restore(there);

    expect(failure?.Cause).toContain('[RESTORE_REFUSED]');
    const { message } = world.alerts.published.at(-1) ?? {};
    expect(message).toContain('opensearch 2.19.0 cannot read app-empty (3.8.0)');
    expect(message).toContain('SHARD_LIMIT');
    expect(message).toContain('ALIAS_CLASH');
  });

  it('wants the repository there, and read-only', async () => {
    const { world, other } = await withOtherDomain();
    other.unregister('tandem');

    const missing = await world.restore(there);

    expect(missing.failure?.Cause).toContain('[REPOSITORY_NOT_FOUND]');
    expect(missing.failure?.Cause).toContain(`npx tandem setup app --to-endpoint=${toEndpoint}`);

    other.readsFrom(world.search, 'tandem', { readonly: false });
    const writable = await world.restore(there);
    expect(writable.failure?.Cause).toContain('[REPOSITORY_WRITABLE]');
    expect(documents(other)).toEqual({});
  });

  it('goes with a snapshot of a repository of that domain', async () => {
    const { world, other } = await withOtherDomain();
    const [point] = await world.recoveryPoints();
    await other.snapshots.register('own', { type: 's3', settings: { bucket: 'another' } });
    other.addIndex('app-orders', { documents: 77 });
    await other.startForeignSnapshot('own', 'first', ['app-orders']);
    await world.clock.sleep(60_000);
    other.removeIndex('app-orders');

    expectSuccess(await world.restore({ ...there, snapshot: 'own/first' }));
    expect(documents(other)).toEqual({ 'app-orders': 77 });
    expectSuccess(
      await world.restore({
        ...there,
        snapshot: `tandem/${point?.search?.snapshot.name}`,
        exclude: ['app-orders'],
      }),
    );
    expect(documents(other)).toMatchObject({ 'app-products': 120 });
  });

  it('is refused where the plan does not name that domain, unless it runs with credentials of its caller', async () => {
    const { world, other } = await withOtherDomain({});

    const { failure } = await world.restore(there);

    expect(failure).toMatchObject({ Error: 'InvalidRequestError', Cause: expect.stringContaining('restoreEndpoints') });
    expect(world.connections).toEqual([]);

    const { code } = await new CommandLine(world).run('restore', '--to-endpoint', toEndpoint, '--local', '--yes');
    expect(code).toBe(0);
    expect(documents(other)).toEqual(restored);
  });

  it.for([{ tables: ['app-0000'] }, { toEndpoint: 'https://search.example.com' }])(
    'does not go together with %o',
    async (input) => {
      const { world } = await withOtherDomain();

      const { failure } = await world.restore({ ...there, ...input });

      expect(failure?.Error).toBe('InvalidRequestError');
    },
  );
});
