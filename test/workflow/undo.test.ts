import { describe, expect, it } from 'vitest';
import { expectRestored, expectSuccess } from '../support/round-trip.ts';
import { World } from '../support/world.ts';

/** What the application is like that `World.damaged` leaves, and that an undo brings back. */
const damaged = (await new World().damaged()).application();
const confirmed = { confirmed: true };

function expectUndone(world: World): void {
  expect(world.application()).toEqual(damaged);
}

describe('a restore', () => {
  it('is undone by a restore of its safety point, absences included', async () => {
    const world = await new World().damaged();
    expectSuccess(await world.restore(confirmed, { name: 'forth' }));
    expectRestored(world);

    expectSuccess(await world.restore({ point: 'forth-safety', ...confirmed }, { name: 'back' }));

    expectUndone(world);
    expect(world.alerts.published).toEqual([]);
  });

  it('that undid another one is undone likewise, again and again', async () => {
    const world = await new World().damaged();
    expectSuccess(await world.restore(confirmed, { name: 'forth' }));
    expectSuccess(await world.restore({ point: 'forth-safety', ...confirmed }, { name: 'back' }));

    expectSuccess(await world.restore({ point: 'back-safety', ...confirmed }, { name: 'forth-again' }));
    expectRestored(world);
    expectSuccess(await world.restore({ point: 'forth-again-safety', ...confirmed }));
    expectUndone(world);
  });

  it('is undone in part where only that is asked for', async () => {
    const world = await new World().damaged();
    await world.restore(confirmed, { name: 'forth' });

    expectSuccess(await world.restore({ point: 'forth-safety', tables: ['app-0002'], ...confirmed }));

    const names = world.application().tables.map(({ name }) => name);
    expect(names).toEqual(['app-0000', 'app-0001']);
    expect(world.application().indices.map(({ name }) => name)).toContain('app-orders');
  });

  it('of which everything was missing is undone by removing it all', async () => {
    const world = new World().addTables(2).addIndices();
    await world.backup();
    for (const { name } of world.application().tables) world.dynamo.removeTable(name);
    for (const name of ['app-products', 'app-orders', 'app-empty']) world.search.removeIndex(name);
    const before = world.application();
    world.forgetCalls();
    expectSuccess(await world.restore(confirmed, { name: 'forth' }));
    expect(world.dynamo.faults.count('backups.create')).toBe(0);
    expect(world.search.faults.count('snapshots.start')).toBe(0);

    expectSuccess(await world.restore({ point: 'forth-safety', ...confirmed }));

    expect(world.application()).toEqual(before);
  });

  it.for(['app-orders', 'app-products'])('is undone where %s came back broken', async (index) => {
    const world = await new World().damaged();
    world.search.spoilNextRestore(index, 'no space left');
    const { failure } = await world.restore();
    expect(failure?.Cause).toContain('[RECOVERY_FAILED]');

    expectSuccess(await world.undo({ name: 'back' }));

    expectUndone(world);
    const [back] = (await world.safetyPoints()).filter(({ safetyOf }) => safetyOf === 'back');
    expect(back?.absent?.indices).toContain(index);
  });

  it('is undone while a table is being deleted still', async () => {
    const world = await new World({ dynamo: { deletingTable: 120 } }).damaged();
    const breakDown = { task: 'RestoreTables', skip: 1, error: 'Runtime.ExitError', times: 1 };
    await world.restore(confirmed, { name: 'forth', breakDown });
    expect((await world.dynamo.tables.describe('app-0000'))?.status).toBe('DELETING');

    expectSuccess(await world.undo());

    expectUndone(world);
  });

  it('is undone where what it made has an alias that what comes back writes through', async () => {
    const world = new World().plan({ tables: null });
    const writes = { logs: { is_write_index: true } };
    world.search.addIndex('app-logs-1', { documents: 5, aliases: writes });
    world.search.addIndex('app-logs-2', { documents: 3 });
    await world.backup();
    world.search.removeIndex('app-logs-1');
    world.search.changeIndex('app-logs-2', { documents: 9, aliases: writes });
    const before = world.application();
    expectSuccess(await world.restore(confirmed, { name: 'forth' }));

    expectSuccess(await world.restore({ point: 'forth-safety', ...confirmed }));

    expect(world.application()).toEqual(before);
  });

  it('is not undone where what was removed is there again', async () => {
    const world = await new World().damaged();
    await world.restore(confirmed, { name: 'forth' });
    const { aliases } = world.search.indices;
    let looks = 0;
    world.search.indices.aliases = () => {
      looks += 1;
      // Planned with the first look, and compared with the second.
      if (looks === 2) {
        world.dynamo.addTable({ name: 'app-0002' });
        world.search.addIndex('app-orders');
      }
      return aliases();
    };

    const { failure } = await world.restore({ point: 'forth-safety', ...confirmed });

    expect(failure?.Error).toBe('VerificationFailedError');
    expect(failure?.Cause).toContain('table app-0002: table: exists, not does not exist');
    expect(failure?.Cause).toContain('index app-orders: index: exists, not does not exist');
  });
});
