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

describe('an index that somebody else makes meanwhile', () => {
  const theirs = { documents: 1 };

  function expectInTheWay(run: WorkflowRun, world: World): void {
    expect(run.failure).toMatchObject({ Error: 'ConflictError', Cause: expect.stringContaining('[INDEX_IN_THE_WAY]') });
    expect(world.application().indices).toContainEqual(expect.objectContaining({ name: 'app-orders', ...theirs }));
  }

  async function expectToGoOn(world: World): Promise<void> {
    world.search.removeIndex('app-orders');
    expectSuccess(await world.carryOn());
    expect(world.application().indices).toEqual(before);
  }

  it('after the plan was made is left alone', async () => {
    const world = await backedUp();
    world.search.removeIndex('app-orders');
    await world.failedOnceBegun('index-restore');
    world.search.addIndex('app-orders', theirs);

    expectInTheWay(await world.restore({ run: 'undo', confirmed: true }), world);
    expect(world.search.faults.count('indices.delete')).toBe(0);

    await expectToGoOn(world);
  });

  it('between the deletion and the restore is left alone', async () => {
    const world = await backedUp();
    const { restore } = world.search.snapshots;
    world.search.snapshots.restore = (...asked) => {
      // Its replica fits on no node, so that it looks like one that is being restored.
      world.search.addIndex('app-orders', { ...theirs, replicas: 1 });
      world.search.snapshots.restore = restore;
      return restore(...asked);
    };

    expectInTheWay(await world.restore(), world);
    expectInTheWay(await world.carryOn(), world);

    await expectToGoOn(world);
  });

  it('just after the deletion is left alone, and nothing is waited for', async () => {
    const world = await backedUp();
    const { delete: remove } = world.search.indices;
    world.search.indices.delete = async (names) => {
      await remove(names);
      world.search.addIndex('app-orders', { ...theirs, replicas: 1 });
      world.search.indices.delete = remove;
    };

    expectInTheWay(await world.restore(), world);
    expect(world.lastAlert().steps).toEqual(['RestoreIndices']);
    expect(world.lastAlert().done.slice(1)).toEqual([
      'indices deleted, or just about to be, and not asked for yet: 3 (app-empty, app-orders, app-products)',
    ]);
    expectInTheWay(await world.carryOn(), world);

    await expectToGoOn(world);
  });

  it.for([0, 1])('is found at the next look, though %i replica(s) fit on no node', async (replicas) => {
    const world = await backedUp();
    // Asked for, by what the ledger says, but the request was never sent.
    world.search.faults.fail('snapshots.restore', new Error('Runtime exited'));
    await world.restore({ confirmed: true }, { name: 'undo' });
    world.search.addIndex('app-orders', { ...theirs, replicas });
    const start = world.clock.now().getTime();

    expectInTheWay(await world.restore({ run: 'undo', confirmed: true }), world);

    expect(world.lastAlert().steps).toEqual(['CheckIndexRecovery']);
    expect(world.clock.now().getTime() - start).toBeLessThan(600_000);
    await expectToGoOn(world);
  });

  it('in place of one that came back broken is left alone', async () => {
    const world = await backedUp();
    world.search.spoilNextRestore('app-orders', 'no space left');
    expect((await world.restore()).failure?.Cause).toContain('[RECOVERY_FAILED]');
    world.search.removeIndex('app-orders');
    world.search.addIndex('app-orders', theirs);

    expectInTheWay(await world.carryOn(), world);
    expect(world.lastAlert().steps).toEqual(['DeleteIndices']);

    await expectToGoOn(world);
  });

  it('before a restore whose answer was lost is told from the restored one', async () => {
    const world = await backedUp();
    const { restore } = world.search.snapshots;
    world.search.snapshots.restore = async () => {
      world.search.addIndex('app-orders', theirs);
      world.search.snapshots.restore = restore;
      throw new TandemError('OUTCOME_UNKNOWN', '504');
    };

    expectInTheWay(await world.restore(), world);
    expect(world.lastAlert().steps).toEqual(['CheckIndexRecovery']);
    expectInTheWay(await world.carryOn(), world);
    expect(world.lastAlert().steps).toEqual(['DeleteIndices']);

    await expectToGoOn(world);
  });

  it('under the name of an alias that comes back keeps the restore from being taken up', async () => {
    const world = await backedUp();
    await world.restore({ confirmed: true, safetyPoint: false }, { name: 'undo', killAfterTasks: 4 });
    world.search.addIndex('products', { documents: 1 });

    const run = await world.restore({ run: 'undo', confirmed: true });

    expect(run.failure?.Cause).toContain('[INDEX_IN_THE_WAY]');
    world.search.removeIndex('products');
    expectSuccess(await world.carryOn());
    expect(world.application().indices).toEqual(before);
  });
});
