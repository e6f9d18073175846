import { describe, expect, it } from 'vitest';
import { CommandLine } from '../support/command-line.ts';
import { expectSuccess } from '../support/round-trip.ts';
import { World } from '../support/world.ts';

const automated = { type: 's3', settings: { bucket: 'of-the-service', base_path: 'automated' } };
const nightly = 'cs-automated/2030-01-02t03-04';
const fromNightly = { snapshot: nightly, confirmed: true };
const [repository = '', name = ''] = nightly.split('/');

/** A domain whose service took a snapshot of all that it has, system indices too; then its indices were damaged. */
async function withAutomatedSnapshot(world = new World()): Promise<World> {
  world.addIndices().plan({ tables: null });
  world.search.addIndex('logs', { documents: 40 });
  world.search.addIndex('.ds-metrics-000001', { documents: 5 });
  await world.search.snapshots.register('tandem', { type: 's3', settings: { bucket: 'snapshots', base_path: 'app' } });
  await world.search.snapshots.register(repository, automated);
  const all = ['app-products', 'app-orders', 'app-empty', 'logs', '.kibana_1', '.ds-metrics-000001'];
  await world.search.startForeignSnapshot(repository, name, all);
  await world.clock.sleep(60_000);
  world.search.changeIndex('app-orders', { documents: 3 });
  world.search.changeIndex('app-products', { documents: 5 });
  world.search.removeIndex('app-empty');
  world.forgetCalls();
  return world;
}

function documents(world: World): Record<string, number> {
  return Object.fromEntries(world.application().indices.map((index) => [index.name, index.documents]));
}

const damaged = { 'app-orders': 3, 'app-products': 5, logs: 40, '.kibana_1': 7, '.ds-metrics-000001': 5 };
const healed = { ...damaged, 'app-orders': 80, 'app-products': 120, 'app-empty': 0 };

describe('a restore from a snapshot that somebody else took', () => {
  it('brings back the indices that the plan backs up, with their aliases, and writes nothing to that repository', async () => {
    const world = await withAutomatedSnapshot();

    expectSuccess(await world.restore(fromNightly));

    expect(documents(world)).toEqual(healed);
    expect(world.application().indices.find((index) => index.name === 'app-products')?.aliases).toEqual({
      products: {},
    });
    for (const operation of ['snapshots.register', 'snapshots.unregister', 'snapshots.verify'] as const) {
      expect(world.search.faults.count(operation)).toBe(0);
    }
    const { repositories } = world.search.everything();
    expect([...(repositories.get(repository)?.snapshots.keys() ?? [])]).toEqual([name]);
    expect(repositories.get(repository)?.definition).toEqual(automated);
  });

  it('is undone', async () => {
    const world = await withAutomatedSnapshot();
    const before = world.application();
    expectSuccess(await world.restore(fromNightly, { name: 'forth' }));

    expectSuccess(await world.restore({ point: 'forth-safety', confirmed: true }));

    expect(world.application()).toEqual(before);
  });

  it('brings back others where they are named, but never a system index or a data stream', async () => {
    const world = await withAutomatedSnapshot();
    world.search.changeIndex('logs', { documents: 1 });
    world.search.changeIndex('.kibana_1', { documents: 1 });

    expectSuccess(await world.restore({ ...fromNightly, indices: ['*'], exclude: ['app-orders'] }));

    expect(documents(world)).toEqual({ ...healed, 'app-orders': 3, '.kibana_1': 1 });
    const { failure } = await world.restore({ ...fromNightly, indices: ['.kibana_1'] });
    expect(failure?.Cause).toContain('[NOTHING_TO_RESTORE]');
    expect(failure?.Cause).toContain('".kibana_1" matches no index of the snapshot');
  });

  it.for(['close', 'swap', 'beside'] as const)('knows strategy %s', async (indexStrategy) => {
    const world = await withAutomatedSnapshot();
    const ids = new Map(world.search.everything().indices.map((index) => [index.name, index.uuid]));

    expectSuccess(await world.restore({ ...fromNightly, indexStrategy }));

    const aliases = await world.search.indices.aliases();
    const [products] = aliases.get('products') ?? [];
    const after = new Map(world.search.everything().indices.map((index) => [index.name, index]));
    if (indexStrategy === 'close') expect(after.get('app-orders')?.uuid).toBe(ids.get('app-orders'));
    if (indexStrategy === 'beside') expect(documents(world)).toMatchObject({ ...damaged, 'app-orders-restored': 80 });
    else expect(after.get(products ?? '')?.documents).toBe(120);
    // What is swapped in has the aliases of what it takes the place of.
    if (indexStrategy === 'swap') expect(aliases.get('app-orders')).toHaveLength(1);
  });

  it('says what it cannot compare, and finds what it can', async () => {
    const world = await withAutomatedSnapshot();
    const cli = new CommandLine(world);

    const { code, document, stderr } = await cli.run('restore', '--snapshot', nightly, '--yes', '--json');

    expect(stderr).not.toContain('failed');
    expect(code).toBe(0);
    expect(document).toMatchObject({
      recoveryPoint: nightly,
      source: { kind: 'snapshot', repository, snapshot: name },
      state: 'COMPLETE',
      remarks: expect.arrayContaining([expect.stringContaining('neither documents nor aliases')]),
    });

    const shards = await withAutomatedSnapshot();
    const { restore } = shards.search.snapshots;
    shards.search.snapshots.restore = async (...given) => {
      await restore(...given);
      shards.search.changeIndex('app-orders', { primaries: 1 });
    };
    const { failure } = await shards.restore(fromNightly);
    expect(failure?.Cause).toContain('index app-orders: primary shards: 1, not 2');
  });

  it('keeps to the very snapshot that was looked at', async () => {
    const world = await withAutomatedSnapshot();
    const cli = new CommandLine(world);
    const { document } = await cli.run('restore', '--snapshot', nightly, '--dry-run', '--json');
    const { planHash } = document as { planHash: string };
    world.search.alterSnapshot(repository, name, { remade: true });

    const { code, stderr } = await cli.run('restore', '--snapshot', nightly, '--plan-hash', planHash);

    expect(code).toBe(3);
    expect(stderr).toContain(`snapshot ${nightly}: what it holds is something else now`);
    expect(documents(world)).toEqual(damaged);
  });

  it('carries on with the snapshot that it began with, and with no other of its name', async () => {
    const world = await withAutomatedSnapshot();
    await world.failedOnceBegun('index-restore', fromNightly);

    expectSuccess(await world.carryOn());
    expect(documents(world)).toEqual(healed);

    const another = await withAutomatedSnapshot();
    await another.failedOnceBegun('index-restore', fromNightly);
    another.search.alterSnapshot(repository, name, { remade: true });
    const { failure } = await another.carryOn();
    expect(failure?.Cause).toContain('[SOURCE_LOST]');
    expect(another.alerts.published.at(-1)?.message).toContain(`It restores snapshot ${nightly}.`);
    expectSuccess(await another.undo());
    expect(documents(another)).toEqual(damaged);
  });

  it.for([
    ['SNAPSHOT_PARTIAL', { end: 'PARTIAL' }],
    ['SNAPSHOT_PARTIAL', { end: 'FAILED' }],
  ] as const)('is refused where that is not good: %s, %o', async ([code, change]) => {
    const world = await withAutomatedSnapshot();
    world.search.alterSnapshot(repository, name, change);

    const { failure } = await world.restore(fromNightly);

    expect(failure?.Cause).toContain(`[${code}]`);
    expect(failure?.Cause).toContain(`npx tandem list --repository ${repository}`);
    expect(documents(world)).toEqual(damaged);
  });

  it('is refused while it is being taken, together with everything else that is in the way', async () => {
    const world = await withAutomatedSnapshot();
    await world.search.startForeignSnapshot(repository, 'running', ['app-orders']);
    world.search.configure({ engine: { distribution: 'opensearch', version: '3.1.0' } });

    const { failure } = await world.restore({ ...fromNightly, snapshot: `${repository}/running` });

    expect(failure?.Cause).toContain('[RESTORE_REFUSED]');
    const { message } = world.alerts.published.at(-1) ?? {};
    expect(message).toContain('its state is IN_PROGRESS');
    expect(message).toContain('SNAPSHOT_RUNNING');
    expect(message).toContain('opensearch 3.1.0 cannot read app-orders (3.8.0)');
  });

  it('warns of indices that may be too old, which no snapshot tells', async () => {
    const world = await withAutomatedSnapshot();
    world.search.configure({ engine: { distribution: 'opensearch', version: '4.0.0' } });

    const { output } = await world.restore({ snapshot: nightly, dryRun: true });

    expect(JSON.stringify(output)).toContain('the snapshot is of version 3.8.0');
  });

  it.for([
    ['cs-automatic/x', 'REPOSITORY_NOT_FOUND', 'There are: cs-automated, tandem.'],
    [`${repository}/other`, 'SNAPSHOT_NOT_FOUND', 'npx tandem list --repository cs-automated'],
  ] as const)('is refused where there is none: %s', async ([snapshot, code, remedy]) => {
    const world = await withAutomatedSnapshot();

    const { failure } = await world.restore({ snapshot, confirmed: true });

    expect(failure?.Cause).toContain(`[${code}]`);
    expect(failure?.Cause).toContain(remedy);
  });

  it('is refused where the plan has no index in it, and says which ones there are', async () => {
    const world = await withAutomatedSnapshot();
    world.plan({ tables: null, search: { indices: { include: ['shop-*'] } } });

    const { failure } = await world.restore(fromNightly);

    expect(failure?.Cause).toContain('[NOTHING_TO_RESTORE]');
    expect(failure?.Cause).toContain('it holds: app-empty, app-orders, app-products, logs');
  });

  it.for([{ point: 'app-20300102-030405' }, { at: '2030-01-02T03:04:05Z' }, { tables: ['app-0000'] }])(
    'does not go together with %o',
    async (other) => {
      const world = await withAutomatedSnapshot();

      const { failure } = await world.restore({ ...fromNightly, ...other });

      expect(failure).toMatchObject({
        Error: 'InvalidRequestError',
        Cause: expect.stringContaining('do not go together'),
      });
    },
  );
});

describe('tandem list --repository', () => {
  it('lists all snapshots of a repository, the newest first', async () => {
    const world = await withAutomatedSnapshot();
    world.search.spoilNextSnapshot('PARTIAL', ['app-orders[0]: node left']);
    await world.search.startForeignSnapshot(repository, 'later', ['app-orders']);
    await world.clock.sleep(60_000);
    const cli = new CommandLine(world);

    const { code, document } = await cli.run('list', '--repository', repository, '--json');
    const { stdout } = await cli.run('list', 'app', '--repository', repository);

    expect(code).toBe(0);
    expect(document).toMatchObject([
      { snapshot: 'cs-automated/later', state: 'PARTIAL', indices: ['app-orders'], shards: { failed: 1 } },
      {
        ...{ snapshot: nightly, repository, name, state: 'SUCCESS', engineVersion: '3.8.0' },
        indices: ['app-empty', 'app-orders', 'app-products', 'logs'],
        startedAt: '2030-01-02T03:04:05.000Z',
        completedAt: '2030-01-02T03:04:35.000Z',
      },
    ]);
    expect(stdout).toContain('npx tandem restore --snapshot cs-automated/later --dry-run');
  });

  it('says which repositories there are where there is none of that name', async () => {
    const { code, stderr } = await new CommandLine(await withAutomatedSnapshot()).run('list', '--repository', 'mine');

    expect(code).toBe(3);
    expect(stderr).toContain('There are: cs-automated, tandem.');
  });
});
