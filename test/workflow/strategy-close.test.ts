import { describe, expect, it } from 'vitest';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { expectSuccess } from '../support/round-trip.ts';
import { damagedIndices, documentsByName, documentsOfThen, knownNames } from '../support/search-application.ts';
import { World } from '../support/world.ts';

const close = { confirmed: true, indexStrategy: 'close' };

describe('an index that is restored over', () => {
  it('keeps its place: it is the same one, and never away', async () => {
    const world = await damagedIndices();
    const names = ['app-orders', 'app-products'];
    const before = await world.search.indices.uuids(names);

    expectSuccess(await world.restore(close));

    expect(await world.search.indices.uuids(names)).toEqual(before);
    expect(world.search.faults.count('indices.delete')).toBe(0);
    expect(await documentsByName(world, knownNames)).toEqual(documentsOfThen);
  });

  it('that was closed then is closed afterwards, and one that is closed now is open', async () => {
    const world = new World().addIndices().plan({ tables: null });
    world.search.changeIndex('app-orders', { closed: true });
    await world.backup();
    world.search.changeIndex('app-orders', { closed: false, documents: 3 });
    world.search.changeIndex('app-products', { closed: true, documents: 3 });

    expectSuccess(await world.restore(close));

    const records = await world.search.indices.describe(['app-orders', 'app-products']);
    expect(records.map(({ name, open }) => [name, open])).toEqual([
      ['app-orders', false],
      ['app-products', true],
    ]);
    expect(world.application().indices).toEqual(new World().addIndices().application().indices);
  });

  it('has as many shards as it had, or nothing is touched', async () => {
    const world = await damagedIndices();
    world.search.changeIndex('app-orders', { primaries: 5 });
    const before = await world.everything();

    const { failure } = await world.restore(close);

    expect(failure).toMatchObject({
      Error: 'GuardRefusedError',
      Cause: expect.stringContaining('app-orders has 5 primary shards, and had 2'),
    });
    expect(await world.everything()).toEqual(before);
  });

  it('is opened again as it was where the restore is refused', async () => {
    const world = await damagedIndices();
    const before = await documentsByName(world, ['products', 'app-orders']);
    world.search.faults.fail('snapshots.restore', new TandemError('ENGINE_TOO_OLD', 'version'));

    expect((await world.restore(close)).status).toBe('FAILED');

    expect(await documentsByName(world, ['products', 'app-orders'])).toEqual(before);
    expect(world.search.settingsNow).toEqual({});
    expectSuccess(await world.carryOn());
    expect(await documentsByName(world, knownNames)).toEqual(documentsOfThen);
  });

  it('stays closed where it cannot be opened again, which the alert tells', async () => {
    const world = await damagedIndices();
    world.search.faults.fail('snapshots.restore', new TandemError('ENGINE_TOO_OLD', 'version'));
    world.search.faults.fail('indices.open', new TandemError('INDEX_BLOCKED', 'a block'), { times: 20 });

    const { failure } = await world.restore(close);

    expect(failure?.Cause).toContain('[SOURCE_UNREADABLE] RestoreIndices');
    expect(world.alerts.published).toHaveLength(1);
    expect(world.lastAlert().done).toContain(
      'indices closed, or just about to be, and not asked for yet: 2 (app-orders, app-products)',
    );
    expectSuccess(await world.carryOn());
    expect(await documentsByName(world, knownNames)).toEqual(documentsOfThen);
  });

  it('and came back broken is deleted and restored anew when that is carried on', async () => {
    const world = await damagedIndices();
    world.search.spoilNextRestore('app-orders', 'no space left');

    expect((await world.restore(close)).failure?.Cause).toContain('[RECOVERY_FAILED]');
    expectSuccess(await world.carryOn());

    expect(await documentsByName(world, knownNames)).toEqual(documentsOfThen);
  });

  it('is not taken for restored where it was only opened again', async () => {
    const world = await damagedIndices();
    world.search.faults.fail('snapshots.restore', new Error('Runtime exited'));

    expect((await world.restore(close)).status).toBe('FAILED');
    expectSuccess(await world.carryOn());

    expect(await documentsByName(world, knownNames)).toEqual(documentsOfThen);
  });
});
