import { describe, expect, it } from 'vitest';
import type { RestorePlan } from '../../shared/contracts/restore-plan.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { CommandLine } from '../support/command-line.ts';
import { expectSuccess } from '../support/round-trip.ts';
import { damagedIndices, documentsByName, documentsOfThen, knownNames } from '../support/search-application.ts';
import { catalog, World } from '../support/world.ts';

const swap = { confirmed: true, indexStrategy: 'swap' };

async function planOf(world: World, input: object): Promise<RestorePlan> {
  const run = await world.restore({ dryRun: true, ...input }, { name: 'look' });
  expectSuccess(run);
  const ledger = await world.buckets.open(catalog).get('ledgers/app/look/restore-run.json');
  return JSON.parse(ledger?.body ?? '').restorePlan;
}

function indexNames(world: World): string[] {
  return world.application().indices.map(({ name }) => name);
}

describe('a swap', () => {
  it('says in its plan what will be an alias afterwards, and what readers find behind theirs', async () => {
    const world = await damagedIndices();

    const { indices, rename, safetyPoint } = await planOf(world, swap);

    expect(indices).toMatchObject([
      { name: 'app-empty', target: 'app-empty', action: 'create', becomesAlias: false },
      { name: 'app-orders', action: 'swap', currentName: 'app-orders', becomesAlias: true, aliases: [] },
      { name: 'app-products', action: 'swap', becomesAlias: false, aliases: ['products'] },
    ]);
    const [, orders, products] = indices.map(({ target }) => target);
    expect(orders).toMatch(/^app-orders-swap-[0-9a-f]{8}$/);
    expect(rename?.replacement).toBe(orders?.replace('app-orders', '$1'));
    expect(safetyPoint).toMatchObject({
      indices: ['app-orders', 'app-products'],
      absent: { indices: ['app-empty', orders, products] },
    });
    const { stdout } = await new CommandLine(world).run('restore', 'app', '--dry-run', '--index-strategy', 'swap');
    expect(stdout).toContain(`will be an alias afterwards, and no index any more: app-orders (of ${orders})`);
    expect(stdout).toContain(`instead of app-products (${products}, by alias products)`);
  });

  it('says which aliases the recovery point does not know, and keeps them where the old index stays', async () => {
    const world = new World().plan({ tables: null });
    world.search.addIndex('app-v1', { documents: 9, aliases: { read: {} } });
    await world.backup();
    world.search.changeIndex('app-v1', { aliases: { read: {}, newer: {} } });

    expect((await planOf(world, swap)).remarks).toEqual([
      'aliases that the recovery point does not know are gone afterwards: newer (of app-v1)',
    ]);
    expectSuccess(await world.restore({ ...swap, keepOld: true }));
    expect(await world.search.indices.describe(['app-v1'])).toMatchObject([{ aliases: { newer: {} } }]);
  });

  it('never lets a reader miss an index, or see one that is not whole', async () => {
    const world = await damagedIndices({ search: { restore: 600 } });
    world.search.addIndex('app-empty');
    const seen = new Set<string>();
    const look = async () => seen.add(JSON.stringify(await documentsByName(world, ['products', 'app-orders'])));
    const running = world.restore(swap);
    let isOver = false;
    void running.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      await look();
      await world.clock.sleep(1_000);
    }
    expectSuccess(await running);
    await look();

    expect([...seen]).toEqual([
      JSON.stringify({ products: 5, 'app-orders': 3 }),
      JSON.stringify({ products: 120, 'app-orders': 80 }),
    ]);
  });

  it('moves aliases with their definitions of then, in one call, and deletes the old indices', async () => {
    const world = new World().plan({ tables: null });
    const aliases = { read: { filter: { term: { a: 1 } } }, write: { is_write_index: true, index_routing: '1' } };
    world.search.addIndex('app-v1', { documents: 9, aliases });
    await world.backup();
    world.search.changeIndex('app-v1', { documents: 1, aliases: { read: {}, write: { is_write_index: true } } });
    world.forgetCalls();

    expectSuccess(await world.restore(swap));

    expect(world.application().indices).toMatchObject([{ documents: 9, aliases }]);
    expect(indexNames(world)).toEqual([expect.stringMatching(/^app-v1-swap-/)]);
    expect(world.search.faults.count('indices.changeAliases')).toBe(1);
  });

  it('keeps the old index where that is asked for, without the aliases', async () => {
    const world = await damagedIndices();

    expectSuccess(await world.restore({ ...swap, keepOld: true, indices: ['app-products'] }, { name: 'forth' }));

    const [old] = await world.search.indices.describe(['app-products']);
    expect(old).toMatchObject({ documents: 5, aliases: {} });
    expect(await documentsByName(world, ['products'])).toEqual({ products: 120 });
    const before = { documents: 5, aliases: { products: { is_write_index: true } } };
    expectSuccess(await world.restore({ point: 'forth-safety', confirmed: true }));
    expect(await world.search.indices.describe(['app-products'])).toMatchObject([before]);
    expect(indexNames(world).filter((name) => name.includes('-swap-'))).toEqual([]);
  });

  it('has names for an index and for the one that an earlier swap has kept beside it', async () => {
    const world = new World().plan({ tables: null });
    world.search.addIndex('app-v1', { documents: 9, aliases: { read: {} } });
    await world.backup();
    expectSuccess(await world.restore({ ...swap, keepOld: true }));
    await world.backup();
    world.search.changeIndex('app-v1', { documents: 1 });
    const [, swapped = ''] = indexNames(world);
    world.search.changeIndex(swapped, { documents: 2 });

    expectSuccess(await world.restore(swap, { name: 'again' }));

    expect(await documentsByName(world, ['app-v1', 'read'])).toEqual({ 'app-v1': 9, read: 9 });
    expect(indexNames(world)).toHaveLength(2);
    expectSuccess(await world.restore({ point: 'again-safety', confirmed: true }));
    expect(indexNames(world)).toEqual(['app-v1', swapped]);
  });

  it('is refused where an old index is to stay whose name becomes an alias', async () => {
    const world = await damagedIndices();
    const before = await world.everything();

    const { failure } = await world.restore({ ...swap, keepOld: true });

    expect(failure?.Cause).toContain('[OLD_CANNOT_STAY]');
    expect(failure?.Cause).toContain('app-orders');
    expect(await world.everything()).toEqual(before);
  });

  it('leaves the live indices alone where the restored ones do not hold what was recorded', async () => {
    const world = await damagedIndices();
    const { restore } = world.search.snapshots;
    world.search.snapshots.restore = async (repository, name, indices, as) => {
      await restore(repository, name, indices, as);
      for (const { name: index } of world.application().indices) {
        if (index.startsWith('app-orders-swap-')) world.search.changeIndex(index, { documents: 79 });
      }
    };

    const { failure } = await world.restore(swap);

    expect(failure?.Error).toBe('VerificationFailedError');
    expect(failure?.Cause).toMatch(/\[SWAP_WITHHELD\].*app-orders-swap-\w+: documents: 79, not 80/);
    expect(await documentsByName(world, ['products', 'app-orders'])).toEqual({ products: 5, 'app-orders': 3 });
    expectSuccess(await world.undo());
    expect(indexNames(world)).toEqual(['.kibana_1', 'app-orders', 'app-products']);
  });

  it('waits while an old index is being snapshotted', async () => {
    const world = await damagedIndices();
    const busy = new TandemError('NOT_READY', 'snapshot_in_progress_exception');
    world.search.faults.fail('indices.changeAliases', busy, { times: 20 });

    const run = await world.restore(swap);

    expectSuccess(run);
    expect(run.states.filter((state) => state === 'WaitToSwapIndices')).toHaveLength(20);
  });

  it('does not take away what somebody else has put in the place of an old index', async () => {
    const world = await damagedIndices();
    const { recovery } = world.search.indices;
    world.search.indices.recovery = (names) => {
      world.search.addIndex('app-orders', { documents: 1 });
      world.search.indices.recovery = recovery;
      return recovery(names);
    };

    const { failure } = await world.restore(swap);

    expect(failure?.Cause).toContain('[INDEX_IN_THE_WAY] SwapIndices');
    expect(await documentsByName(world, ['app-orders', 'products'])).toEqual({ 'app-orders': 1, products: 5 });
  });
});

describe('after a swap', () => {
  async function swapped(plan: object = {}): Promise<World> {
    const world = await damagedIndices();
    world.plan({ tables: null, ...plan });
    expectSuccess(await world.restore(swap));
    world.search.changeIndex('app-empty', { documents: 1 });
    return world;
  }

  it.for([
    [['app-*'], ['app-empty', 'app-orders', 'app-products']],
    [
      ['app-orders', 'app-products'],
      ['app-orders', 'app-products'],
    ],
  ] as const)('a backup of %j holds what was swapped in', async ([include, held]) => {
    const world = await swapped({ search: { indices: { include } } });

    expectSuccess(await world.backup());

    const [manifest] = await world.recoveryPoints();
    const names = manifest?.search?.indices.map(({ name }) => name.replace(/-swap-.*/, '')) ?? [];
    expect(names.sort()).toEqual([...held]);
  });

  it.for(['replace', 'close', 'swap', 'beside'])('the backup of then is restored by %s', async (indexStrategy) => {
    const world = await swapped();
    const keep = indexStrategy === 'beside' ? { 'app-empty': 1 } : {};

    expectSuccess(await world.restore({ confirmed: true, indexStrategy, point: 'backup-1' }));

    expect(await documentsByName(world, knownNames)).toEqual({ ...documentsOfThen, ...keep });
    const count = indexStrategy === 'beside' ? 7 : 4;
    expect(world.search.everything().indices).toHaveLength(count);
  });

  it.for(['replace', 'close', 'swap'])(
    'the backup of now is restored by %s, in place of one of then',
    async (strategy) => {
      const world = await swapped();
      await world.backup({}, { name: 'later' });
      const now = world.application().indices;
      expectSuccess(await world.restore({ confirmed: true, indexStrategy: 'replace', point: 'backup-1' }));

      expectSuccess(await world.restore({ confirmed: true, indexStrategy: strategy, point: 'later' }));

      expect(await documentsByName(world, knownNames)).toEqual({ ...documentsOfThen, 'app-empty': 1 });
      expect(world.search.everything().indices).toHaveLength(now.length);
    },
  );

  it('a part of a recovery point is named as before', async () => {
    const world = await swapped();
    await world.backup({}, { name: 'later' });

    const { indices } = await planOf(world, { indices: ['app-orders'], indexStrategy: 'swap' });

    expect(indices).toHaveLength(1);
    expect(indices[0]).toMatchObject({ action: 'swap', name: expect.stringMatching(/^app-orders-swap-/) });
    expect(indices[0]?.target).not.toBe(indices[0]?.name);
    expect(indices[0]?.target).toMatch(/^app-orders-swap-[0-9a-f]{8}$/);
  });
});
