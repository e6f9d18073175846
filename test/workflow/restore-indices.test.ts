import { describe, expect, it } from 'vitest';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { expectSuccess } from '../support/round-trip.ts';
import type { WorkflowRun } from '../support/workflow.ts';
import { World } from '../support/world.ts';

const before = new World().addIndices().application().indices;

async function backedUp(durations: ConstructorParameters<typeof World>[0] = {}): Promise<World> {
  const world = new World(durations).addIndices().plan({ tables: null });
  await world.backup();
  world.forgetCalls();
  return world;
}

async function remarks(world: World, run: WorkflowRun): Promise<string[]> {
  expectSuccess(run);
  const store = world.buckets.open('tandem-catalog');
  const [key] = (await store.list('ledgers/app/')).filter((one) => one.endsWith('/verification.json'));
  return JSON.parse((await store.get(key ?? ''))?.body ?? '{}').remarks;
}

async function closedOnes({ search }: World): Promise<string[]> {
  const records = await search.indices.describe(['app-empty', 'app-orders', 'app-products']);
  return records.filter(({ open }) => !open).map(({ name }) => name);
}

describe('a restore of indices', () => {
  it('brings back what was altered and dropped, aliases too, and leaves the others alone', async () => {
    const world = await backedUp();
    world.search.removeIndex('app-orders');
    world.search.changeIndex('app-products', { documents: 3, aliases: {} });
    const kept = world.search.everything().indices.find((index) => index.name === '.kibana_1');

    expectSuccess(await world.restore());

    expect(world.application().indices).toEqual(before);
    expect(world.search.everything().indices).toContainEqual(kept);
  });

  it('opens what was closed since, and closes again what was closed then', async () => {
    const world = new World().addIndices().plan({ tables: null });
    world.search.changeIndex('app-orders', { closed: true });
    await world.backup();
    world.search.changeIndex('app-orders', { closed: false, documents: 3 });
    world.search.changeIndex('app-products', { closed: true });

    expectSuccess(await world.restore());

    expect(world.application().indices).toEqual(before);
    expect(await closedOnes(world)).toEqual(['app-orders']);
  });

  it('closes an index later where it is being snapshotted', async () => {
    const world = new World().addIndices().plan({ tables: null });
    world.search.changeIndex('app-orders', { closed: true });
    await world.backup();
    world.search.faults.fail('indices.close', new TandemError('NOT_READY', 'snapshot_in_progress_exception'), {
      times: 20,
    });

    expectSuccess(await world.restore());

    expect(await closedOnes(world)).toEqual(['app-orders']);
  });

  it('waits for a snapshot that began after the plan was made', async () => {
    const world = await backedUp({ search: { snapshot: 400 } });
    await world.restore({ confirmed: true }, { name: 'undo', killAfterTasks: 1 });
    await world.search.startForeignSnapshot('tandem', 'hourly', ['app-orders']);

    const run = await world.restore({ run: 'undo', confirmed: true });

    expectSuccess(run);
    expect(run.states).toContain('WaitToDeleteIndices');
    expect(world.application().indices).toEqual(before);
  });

  it('waits until the domain takes the restore up', async () => {
    const world = await backedUp();
    const busy = new TandemError('NOT_READY', 'concurrent_snapshot_execution_exception');
    world.search.faults.fail('snapshots.restore', busy, { times: 12 });

    const run = await world.restore();

    expectSuccess(run);
    expect(run.states.filter((state) => state === 'WaitToRestoreIndices')).toHaveLength(12);
  });

  it.for(['before', 'after'] as const)(
    'settles a lost answer by what is there: cut off %s it was done',
    async (when) => {
      const world = await backedUp();
      world.search.faults.fail('snapshots.restore', new TandemError('OUTCOME_UNKNOWN', '504'), { when });

      expectSuccess(await world.restore());

      expect(world.search.faults.count('snapshots.restore')).toBe(when === 'before' ? 2 : 1);
      expect(world.application().indices).toEqual(before);
    },
  );
});

describe('a shard that cannot be restored', () => {
  const why = 'failed shard on node [n1]: no space left on device';

  it("fails with the server's reason; carried on, that index alone is restored again", async () => {
    const world = await backedUp();
    world.search.spoilNextRestore('app-orders', why);

    const run = await world.restore();

    expect(run.failure).toMatchObject({
      Error: 'ProviderFailureError',
      Cause: expect.stringContaining(
        `[RECOVERY_FAILED] CheckIndexRecovery: Not restored: app-orders. app-orders: ${why}`,
      ),
    });
    const uuids = await world.search.indices.uuids(['app-empty', 'app-products', 'app-orders']);
    expectSuccess(await world.carryOn());
    const after = await world.search.indices.uuids(['app-empty', 'app-products', 'app-orders']);
    expect(after.get('app-orders')).not.toBe(uuids.get('app-orders'));
    expect(new Map(after).set('app-orders', '')).toEqual(new Map(uuids).set('app-orders', ''));
    expect(world.application().indices).toEqual(before);
  });

  it('may fail again, as often as it will', async () => {
    const world = await backedUp();
    for (const time of [1, 2, 3]) {
      world.search.spoilNextRestore('app-orders', why);
      const run = time === 1 ? await world.restore() : await world.carryOn();
      expect(run.failure?.Cause).toContain('[RECOVERY_FAILED]');
    }

    expectSuccess(await world.carryOn());

    expect(world.application().indices).toEqual(before);
    expect(world.alerts.published).toHaveLength(3);
  });
});

describe('an index that is not green', () => {
  async function withReplicas(dataNodes: number, replicate: number): Promise<World> {
    const world = new World({ search: { replicate } }).plan({ tables: null });
    world.search.configure({ dataNodes });
    world.search.addIndex('app-orders', { documents: 80, primaries: 2, replicas: 1 });
    await world.backup();
    return world;
  }

  it('is done where its replicas fit on no node, and says why', async () => {
    const world = await withReplicas(1, 0);

    expect(await remarks(world, await world.restore())).toEqual([
      'app-orders stays yellow: 1 replica(s) do not fit on 1 data node; every primary is there.',
    ]);
  });

  it('is waited for where it can become green', async () => {
    const world = await withReplicas(2, 600);
    const start = world.clock.now().getTime();

    expect(await remarks(world, await world.restore())).toEqual([]);

    expect(world.clock.now().getTime() - start).toBeGreaterThanOrEqual(600_000);
    expect(await world.search.indices.recovery(['app-orders'])).toMatchObject([{ health: 'green' }]);
  });
});
