import { describe, expect, it } from 'vitest';
import { expectRestored, expectSuccess } from '../support/round-trip.ts';
import { World } from '../support/world.ts';

describe('a restore', () => {
  it('brings back what was deleted, altered and dropped', async () => {
    const world = await new World().damaged();

    expectSuccess(await world.restore());

    expectRestored(world);
    expect(world.alerts.published).toEqual([]);
  });

  it('brings back the recovery point that is named, else the latest', async () => {
    const world = new World().addTables(1).addIndices();
    for (const state of ['first', 'second', 'third']) {
      world.dynamo.write('app-0000', 'item', state);
      await world.backup({}, { name: state });
      await world.clock.sleep(60_000);
    }
    world.dynamo.write('app-0000', 'item', 'damaged');

    expectSuccess(await world.restore());
    expect([...world.dynamo.items('app-0000')]).toEqual([['item', 'third']]);
    expectSuccess(await world.restore({ point: 'first', confirmed: true }));
    expect([...world.dynamo.items('app-0000')]).toEqual([['item', 'first']]);
  });

  it('brings back tables and indices that are called as what every object has', async () => {
    const words = ['constructor', 'toString', '__proto__'];
    const world = new World().plan({ tables: { include: ['*'] }, search: { indices: { include: ['*'] } } });
    for (const name of words) world.dynamo.addTable({ name }, { item: name });
    world.search.addIndex('constructor', { documents: 5, aliases: { valueof: {} } });
    const before = world.application();
    expectSuccess(await world.backup());
    for (const name of words) world.dynamo.removeTable(name);
    world.search.removeIndex('constructor');

    expectSuccess(await world.restore());

    expect(world.application()).toEqual(before);
  });

  it('of what is there already brings it back again', async () => {
    const world = await new World().damaged();

    expectSuccess(await world.restore());
    expectSuccess(await world.restore());

    expectRestored(world);
  });

  it('leaves what came later and is not in the recovery point', async () => {
    const world = await new World().damaged();
    world.dynamo.addTable({ name: 'app-later' }, { theirs: 'kept' });
    world.search.addIndex('app-later', { documents: 5 });

    expectSuccess(await world.restore());

    expect([...world.dynamo.items('app-later')]).toEqual([['theirs', 'kept']]);
    expect((await world.search.indices.describe(['app-later']))[0]?.documents).toBe(5);
  });

  it('that is run again under its name once it is done changes nothing', async () => {
    const world = await new World().damaged();
    await world.restore({ confirmed: true }, { name: 'undo' });
    const before = await world.everything();

    expectSuccess(await world.restore({ confirmed: true }, { name: 'undo' }));

    expect(await world.everything()).toEqual(before);
  });
});
