import { describe, expect, it } from 'vitest';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { openLedger, restoreRunPart } from '../../shared/steps/ledger.ts';
import { expectSuccess, verificationOf } from '../support/round-trip.ts';
import { catalog, World } from '../support/world.ts';

const pair = { table: 'app-0000', index: 'app-orders' };
const items = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, number) => [`item ${number}`, number % 2 ? 'odd' : 'even']));

/** Has a table with items and an index with documents, backed up. */
async function shop(count: number, documents: number, pairs: object[] = [pair]): Promise<World> {
  const world = new World().plan({ pairs });
  world.dynamo.addTable({ name: 'app-0000' }, items(count));
  world.search.addIndex('app-orders', { documents });
  const { failure } = await world.backup();
  expect(failure).toBeUndefined();
  return world;
}

const restore = (world: World, input: object) =>
  world.restore({ confirmed: true, safetyPoint: false, ...input }, { name: 'undo' });

describe('a pair of a table and an index', () => {
  it('has as many documents as items, counted one by one', async () => {
    const world = await shop(57, 57);

    expectSuccess(await restore(world, { count: true }));

    expect(await verificationOf(world)).toMatchObject({
      tables: [{ name: 'app-0000', items: 57, counted: 57 }],
      pairs: [{ table: 'app-0000', indices: ['app-orders'], items: 57, documents: 57, counted: 'EXACTLY' }],
      differences: [],
      remarks: [],
    });
  });

  it('is a difference where it has not, with how far apart both were saved', async () => {
    const world = await shop(57, 56);

    const run = await restore(world, { count: true });

    expect(run.failure?.Error).toBe('VerificationFailedError');
    expect((await verificationOf(world)).differences).toEqual([
      {
        ...{ kind: 'pair', name: 'app-0000 and app-orders', what: 'documents' },
        ...{ expected: '57, as many as items counted', found: '56' },
        remedy: expect.stringMatching(/saved up to \d+ s apart/),
      },
    ]);
  });

  it('takes those items alone that the filter names', async () => {
    const where = { attribute: 'value', equals: 'odd' };
    const world = await shop(57, 28, [{ ...pair, where }]);

    expectSuccess(await restore(world, { count: true }));
    expect((await verificationOf(world)).pairs).toMatchObject([{ where, items: 28, documents: 28 }]);
  });

  it('is told by what DynamoDB had counted, which is no difference, where nobody counts', async () => {
    const world = await shop(57, 56);

    expectSuccess(await restore(world, {}));

    const { pairs, remarks } = await verificationOf(world);
    expect(pairs).toMatchObject([{ items: 57, documents: 56, counted: 'STALE' }]);
    expect(remarks).toEqual([
      'pair app-0000 and app-orders: 56 documents, and 57 items as DynamoDB had counted them hours before the backup: --count counts them',
    ]);
    expect(world.dynamo.faults.count('items.count')).toBe(0);
  });

  it('of some items is not told at all where nobody counts', async () => {
    const world = await shop(57, 56, [{ ...pair, where: { attribute: 'value' } }]);

    expectSuccess(await restore(world, {}));
    expect((await verificationOf(world)).remarks).toEqual([
      expect.stringMatching(/^pairs of app-0000 are compared with --count alone: 1 of them with 56 documents/),
    ]);
  });

  it('is said not to be compared where one side alone is restored, or is not in the recovery point', async () => {
    const world = await shop(57, 57, [pair, { table: 'app-0000', index: 'app-missing*' }]);

    expectSuccess(await restore(world, { count: true, tables: ['*'] }));
    expect((await verificationOf(world)).remarks).toEqual([
      'pair app-0000 and app-orders is not compared: only one side of it was restored',
    ]);
    const { restorePlan } = JSON.parse(
      (await world.buckets.open('tandem-catalog').get('ledgers/app/undo/restore-run.json'))?.body ?? '',
    );
    expect(restorePlan.remarks).toContain(
      'the pair of table app-0000 and index app-missing* is not in the recovery point',
    );
  });

  it('of Webiny is found by itself, and each index counts the items that name it', async () => {
    const world = new World().plan({ tables: { include: ['*'] }, search: { indices: { include: ['*'] } } });
    const [posts, pages] = ['root-headless-cms-en-us-posts', 'root-page-builder'];
    const all = { ...Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`p${n}`, posts])), a: pages, b: pages };
    world.dynamo.addTable({ name: 'wby-webiny-es-1a2b3c4' }, all);
    world.dynamo.addTable({ name: 'wby-webiny-1a2b3c4' }, items(3));
    world.search.addIndex(posts, { documents: 20 });
    world.search.addIndex(pages, { documents: 1 });
    const { scan } = world.dynamo.tableItems;
    world.dynamo.tableItems.scan = async (table, options) => {
      const page = await scan(table, { ...options, attributes: undefined });
      return { ...page, items: page.items.map(({ value = { NULL: true }, ...item }) => ({ ...item, index: value })) };
    };
    await world.backup();

    await restore(world, { count: true });

    const { pairs, differences } = await verificationOf(world);
    expect(pairs).toMatchObject([
      { table: 'wby-webiny-es-1a2b3c4', indices: [posts], items: 20, documents: 20 },
      { table: 'wby-webiny-es-1a2b3c4', indices: [pages], items: 2, documents: 1 },
    ]);
    expect(differences).toMatchObject([{ kind: 'pair', found: '1' }]);
  });
});

describe('counting items', () => {
  it('is beside what DynamoDB had counted, and proves neither', async () => {
    const world = await shop(57, 57, []);
    const { count } = world.dynamo.tableItems;
    world.dynamo.tableItems.count = async (table, options) => {
      world.dynamo.write(table, 'late', 'odd');
      return count(table, options);
    };

    expectSuccess(await restore(world, { count: true }));

    const { tables, remarks } = await verificationOf(world);
    expect(tables).toEqual([{ name: 'app-0000', items: 57, counted: 58 }]);
    expect(remarks).toEqual([
      expect.stringMatching(/^items counted one by one, .* no proof of either: app-0000 58 \(57\)$/),
    ]);
  });

  it('goes on where it was when DynamoDB has thrown it out, and reads no page twice', async () => {
    const world = await shop(57, 57);
    world.dynamo.faults.fail('items.count', new TandemError('THROTTLED', 'too fast'), { skip: 2 });

    expectSuccess(await restore(world, { count: true }));

    expect(world.dynamo.faults.count('items.count')).toBe(7);
    expect((await verificationOf(world)).tables).toMatchObject([{ counted: 57 }]);
  });

  it('begins anew where the run is carried on: what was counted before may not be there any more', async () => {
    const world = await shop(57, 57);
    const lost = new Error('Runtime exited');
    world.buckets.faults.fail('objects.create', lost, { target: 'ledgers/app/undo/verification.json' });
    expect((await restore(world, { count: true })).status).toBe('FAILED');
    world.dynamo.write('app-0000', 'item 7', undefined);

    const run = await world.restore({ run: 'undo', confirmed: true });

    expect(run.failure?.Error).toBe('VerificationFailedError');
    expect((await verificationOf(world)).tables).toMatchObject([{ counted: 56 }]);
  });

  it('stands in the plan with what it costs, and is a part of what is confirmed', async () => {
    const world = await shop(57, 57);
    const plan = async (name: string, input: object) => {
      await world.restore({ dryRun: true, safetyPoint: false, ...input }, { name });
      return (await openLedger(world.buckets.open(catalog), 'app', name).get(restoreRunPart)).value;
    };
    const [plain, counting] = [await plan('plain', {}), await plan('counting', { count: true })];

    expect(counting.planHash).not.toBe(plain.planHash);
    const reads = counting.restorePlan.estimate.cost.filter(({ price }) => price === 'tableRead');
    expect(reads).toMatchObject([{ quantity: 1 }]);
    expect(plain.restorePlan.estimate.cost).not.toContainEqual(reads[0]);
    const run = await world.restore({ confirmed: false, planHash: counting.planHash, safetyPoint: false });
    expect(run.failure?.Cause).toContain('the plan: proof was {"count":true,"sample":null}, is nothing now');
  });

  it('leaves out what a sample has nothing to be compared with, and says so', async () => {
    const world = await shop(57, 57);

    expectSuccess(await restore(world, { sample: 5 }));
    expect((await verificationOf(world)).remarks).toEqual([
      'no items of app-0000 were compared: no other table has them, and a backup cannot be read',
    ]);
  });
});
