import { describe, expect, it } from 'vitest';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { expectSuccess } from '../support/round-trip.ts';
import { World } from '../support/world.ts';

async function backedUp(tables: number): Promise<World> {
  const world = new World().addTables(tables).plan({ search: null });
  await world.backup();
  world.forgetCalls();
  return world;
}

describe('a table that somebody else makes meanwhile', () => {
  /** The run ends after the table was deleted; then somebody does something, and the run is carried on. */
  async function meanwhile(act: (world: World) => unknown, killAfterTasks: number) {
    const world = await backedUp(1);
    await world.restore({ confirmed: true, safetyPoint: false }, { name: 'undo', killAfterTasks });
    await world.clock.sleep(20_000);
    await act(world);
    return { world, run: await world.restore({ run: 'undo', confirmed: true }) };
  }

  it.for([
    ['before its restore was asked for', 3],
    ['in place of the restored one', 5],
  ] as const)('%s is left alone, and is a conflict', async ([, killAfterTasks]) => {
    const { world, run } = await meanwhile(({ dynamo }) => {
      dynamo.addTable({ name: 'app-0000' }, { theirs: 'kept' });
    }, killAfterTasks);

    expect(run.failure).toMatchObject({ Error: 'ConflictError', Cause: expect.stringContaining('[TABLE_FOREIGN]') });
    expect([...world.dynamo.items('app-0000')]).toEqual([['theirs', 'kept']]);
    expect(world.lastAlert().remedies[0]).toContain('then carry on with the command below');
    world.dynamo.removeTable('app-0000');
    expectSuccess(await world.carryOn());
    expect([...world.dynamo.items('app-0000')]).toEqual([['item', 'of table 0']]);
  });

  it('from another backup is a conflict too, though the answer to our restore was lost', async () => {
    const world = await backedUp(2);
    const [, other] = world.dynamo.everything().backups;
    world.dynamo.faults.fail('backups.restore', new TandemError('OUTCOME_UNKNOWN', 'cut off'), { target: 'app-0000' });
    world.dynamo.faults.fail('backups.restore', new TandemError('NOT_READY', 'busy'), {
      target: 'app-0001',
      times: 99,
    });
    const running = world.restore({ tables: ['app-0000'], confirmed: true });
    while (world.dynamo.faults.count('backups.restore', 'app-0000') === 0) await world.clock.sleep(1_000);
    await world.dynamo.backups.restore(other?.arn ?? '', 'app-0000');

    const run = await running;

    expect(run.failure?.Cause).toContain('[TABLE_FOREIGN]');
  });

  it('before a restore whose answer was lost is told from the restored one by its age', async () => {
    const world = await backedUp(1);
    world.dynamo.faults.fail('backups.restore', new TandemError('OUTCOME_UNKNOWN', 'cut off'));
    const running = world.restore();
    while (world.dynamo.faults.count('backups.restore') === 0) await world.clock.sleep(1_000);
    const createdAt = new Date(world.clock.now().getTime() - 600_000);
    world.dynamo.addTable({ name: 'app-0000' }, { theirs: 'kept' });
    world.dynamo.changeTable('app-0000', { createdAt });

    expect((await running).failure?.Cause).toContain('[TABLE_FOREIGN]');
  });

  it('is not adopted where our restore was refused', async () => {
    const world = await backedUp(1);
    const refused = new TandemError('NOT_READY', '50 restores are running');
    world.dynamo.faults.fail('backups.restore', refused, { times: Number.POSITIVE_INFINITY });
    const running = world.restore();
    while (world.dynamo.faults.count('backups.restore') < 2) await world.clock.sleep(1_000);
    world.dynamo.addTable({ name: 'app-0000' }, { theirs: 'kept' });

    const run = await running;

    expect(run.failure?.Cause).toContain('[TABLE_FOREIGN]');
    expect([...world.dynamo.items('app-0000')]).toEqual([['theirs', 'kept']]);
  });

  it('is not deleted where it was protected after the plan was confirmed', async () => {
    const world = new World().plan({ search: null });
    world.dynamo.addTable({ name: 'app-plain' });
    await world.backup();
    await world.failedOnceBegun('table-restores');
    await world.dynamo.tables.setDeletionProtection('app-plain', true);
    await world.clock.sleep(10_000);

    const run = await world.restore({ run: 'undo', confirmed: true });

    expect(run.failure?.Cause).toContain('[TABLE_PROTECTED]');
    expect(await world.dynamo.tables.describe('app-plain')).toMatchObject({ deletionProtection: true });
  });
});
