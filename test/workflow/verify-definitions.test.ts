import { describe, expect, it } from 'vitest';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { expectSuccess, verificationOf } from '../support/round-trip.ts';
import { World } from '../support/world.ts';

const mappings = { properties: { title: { type: 'text' } } };
const settings = { 'index.max_result_window': '20000', 'index.blocks.read_only_allow_delete': 'false' };

function shop(): World {
  const world = new World().plan({ tables: null });
  world.search.addIndex('app-orders', { documents: 8, replicas: 1, mappings, settings });
  return world;
}

/** Has an index changed as soon as it is back, before it is verified. */
function changedWhileRestored(world: World, change: Parameters<World['search']['changeIndex']>[1]): void {
  const { setups } = world.search.indices;
  world.search.indices.setups = async (names) => {
    world.search.changeIndex('app-orders', change);
    return setups(names);
  };
}

describe('the settings and mappings of a restored index', () => {
  it('are compared with those of the recovery point, and are the same', async () => {
    const world = shop();
    await world.backup();
    world.search.changeIndex('app-orders', { mappings: {}, settings: {} });

    expectSuccess(await world.restore({ confirmed: true }, { name: 'undo' }));
    expect(await verificationOf(world)).toMatchObject({ differences: [], remarks: [expect.stringMatching(/replica/)] });
  });

  it.for([
    ['mappings', { mappings: { properties: {} } }, 'properties.title {"type":"text"}'],
    ['settings', { settings: {} }, 'index.max_result_window "20000"'],
    ['settings', { replicas: 0 }, 'index.number_of_replicas "1"'],
  ] as const)('are a difference where their %s are others', async ([what, change, expected]) => {
    const world = shop();
    await world.backup();
    changedWhileRestored(world, change);

    const run = await world.restore({ confirmed: true, safetyPoint: false }, { name: 'undo' });

    expect(run.failure?.Error).toBe('VerificationFailedError');
    const difference = { kind: 'index', name: 'app-orders', what, expected, remedy: expect.stringContaining('again') };
    expect((await verificationOf(world)).differences).toMatchObject([difference]);
  });

  it('are said not to be compared where the backup could not read them, and the backup warns of it', async () => {
    const world = shop();
    world.search.faults.fail('indices.setups', new TandemError('SEARCH_UNAUTHORIZED', 'no permissions'), { times: 2 });
    await world.backup();

    const [point] = await world.recoveryPoints();
    expect(point?.warnings).toEqual([expect.stringMatching(/^app-orders: settings and mappings .*no permissions$/)]);
    expectSuccess(await world.restore({ confirmed: true, safetyPoint: false }, { name: 'undo' }));
    expect((await verificationOf(world)).remarks).toContainEqual(
      expect.stringMatching(/^the settings and mappings of app-orders are not compared: .*no permissions$/),
    );
  });

  it('are said not to be compared where they changed during the snapshot', async () => {
    const world = shop();
    const running = world.backup();
    await world.clock.sleep(10_000);
    world.search.changeIndex('app-orders', { mappings: {} });
    await running;

    expectSuccess(await world.restore({ confirmed: true, safetyPoint: false }, { name: 'undo' }));
    expect((await verificationOf(world)).remarks).toContainEqual(
      expect.stringContaining('it changed while the snapshot was taken'),
    );
  });
});
