import { describe, expect, it } from 'vitest';
import { isScratchName } from '../../shared/core/scratch-table.ts';
import { expectSuccess, verificationOf } from '../support/round-trip.ts';
import { World } from '../support/world.ts';

const items = Object.fromEntries(Array.from({ length: 40 }, (_, number) => [`item ${number}`, 'as it was']));

async function shop(): Promise<World> {
  const world = new World().plan({ search: null });
  world.dynamo.addTable({ name: 'app-0000' }, items);
  expectSuccess(await world.backup());
  world.dynamo.write('app-0000', 'item 7', 'changed');
  return world;
}

const restore = (world: World, input: object) => world.restore({ confirmed: true, ...input }, { name: 'undo' });

describe('a sample of items', () => {
  it('of a table that is refilled is as in the backup', async () => {
    const world = await shop();

    expectSuccess(await restore(world, { tableStrategy: 'refill', sample: 15 }));

    expect((await verificationOf(world)).tables).toEqual([
      { name: 'app-0000', items: 40, written: 1, deleted: 0, sample: { compared: 15, differing: [] } },
    ]);
    expect(world.dynamo.everything().tables.filter(({ name }) => isScratchName(name))).toEqual([]);
  });

  it('of a table that somebody writes to after its refill is a difference, and keeps what it was refilled from', async () => {
    const world = await shop();
    const { scan } = world.dynamo.tableItems;
    world.dynamo.tableItems.scan = async (table, options) => {
      // As soon as the sample looks at the smallest parts of the table.
      if (isScratchName(table) && options.segment.of === 8)
        world.dynamo.write('app-0000', 'item 3', 'written meanwhile');
      return scan(table, options);
    };

    const { failure } = await restore(world, { tableStrategy: 'refill', sample: 40 });

    expect(failure?.Error).toBe('VerificationFailedError');
    expect((await verificationOf(world)).differences).toEqual([
      {
        ...{ kind: 'table', name: 'app-0000', what: '40 sampled items' },
        ...{ expected: 'as in the backup', found: expect.stringMatching(/^pk=item 3 differs in value$/) },
      },
    ]);
    expect(world.dynamo.everything().tables.filter(({ name }) => isScratchName(name))).toHaveLength(1);
  });

  it('of a table whose live one is gone says so, and keeps nobody from restoring it', async () => {
    const world = await shop();
    world.dynamo.removeTable('app-0000');

    expectSuccess(await restore(world, { tableStrategy: 'beside', sample: 40 }));

    expect((await verificationOf(world)).remarks).toContain(
      'no items of app-0000-restored were compared with app-0000: There is no table app-0000.',
    );
  });

  it('of a table beside the live one tells what has changed since', async () => {
    const world = await shop();

    expectSuccess(await restore(world, { tableStrategy: 'beside', sample: 40 }));

    const { tables, remarks } = await verificationOf(world);
    expect(tables).toMatchObject([{ name: 'app-0000-restored', sample: { compared: 40 } }]);
    expect(remarks).toContainEqual(
      expect.stringMatching(
        /^app-0000-restored: 40 of its items were looked up in app-0000, .* pk=item 7 differs in value$/,
      ),
    );
  });

  it('of a replaced table is none, and says so', async () => {
    const world = await shop();

    expectSuccess(await restore(world, { sample: 40 }));

    const told = 'no items of app-0000 were compared: no other table has them, and a backup cannot be read';
    expect((await verificationOf(world)).remarks).toEqual([told]);
  });
});
