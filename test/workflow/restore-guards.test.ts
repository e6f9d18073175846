import { describe, expect, it } from 'vitest';
import type { ClusterDisks } from '../../shared/ports/cluster-readings.ts';
import { catalog, World } from '../support/world.ts';

const manifestKey = 'recovery-points/app/backup-1/manifest.json';

async function alterManifest(world: World, alter: (text: string) => string | undefined): Promise<void> {
  const manifest = await world.buckets.open(catalog).get(manifestKey);
  world.buckets.tamper(catalog, manifestKey, alter(manifest?.body ?? ''));
}

async function copyManifest(world: World, from: string, to: string): Promise<void> {
  const store = world.buckets.open(catalog);
  const manifest = await store.get(`recovery-points/${from}/manifest.json`);
  await store.create(`recovery-points/${to}/manifest.json`, manifest?.body ?? '');
}

function firstBackup(world: World): string {
  return world.dynamo.everything().backups[0]?.arn ?? '';
}

const roomyDisks: ClusterDisks = {
  nodes: [{ totalBytes: 1e9, availableBytes: 1e9 }],
  watermarks: { low: { usedShare: 0.85 }, high: { usedShare: 0.9 } },
};

function manyTables(count: number, make: (name: string) => void): void {
  for (let number = 0; number < count; number += 1) make(`other-${number}`);
}

type Guard = [what: string, code: string, happen: (world: World) => unknown, input?: object];

const guards: Guard[] = [
  [
    'the manifest is changed by one byte',
    'RECOVERY_POINT_CHANGED',
    (world) => alterManifest(world, (text) => text.replace('"documents":80', '"documents":81')),
  ],
  ['the manifest is cut off', 'RECOVERY_POINT_CHANGED', (world) => alterManifest(world, (text) => text.slice(0, -1))],
  ['the manifest is gone', 'RECOVERY_POINT_NOT_FOUND', (world) => alterManifest(world, () => undefined)],
  ['the recovery point is unknown', 'RECOVERY_POINT_NOT_FOUND', () => {}, { point: 'backup-0' }],
  [
    'the recovery point is of another plan',
    'RECOVERY_POINT_OF_ANOTHER_PLAN',
    () => {},
    { plan: 'other', point: 'backup-1' },
  ],
  [
    "the newest manifest of the plan is a copy of another plan's",
    'RECOVERY_POINT_OF_ANOTHER_PLAN',
    async (world) => {
      await world.backup({ plan: 'other' }, { name: 'later' });
      await copyManifest(world, 'other/later', 'app/later');
    },
    { point: 'latest' },
  ],
  [
    'the manifest is a copy of that of another recovery point',
    'RECOVERY_POINT_CHANGED',
    (world) => copyManifest(world, 'app/backup-1', 'app/backup-9'),
    { point: 'backup-9' },
  ],
  ['a table backup was deleted', 'BACKUP_NOT_FOUND', (world) => world.dynamo.deleteBackup(firstBackup(world))],
  [
    'a table backup is still being made',
    'BACKUP_NOT_AVAILABLE',
    (world) => world.dynamo.changeBackup(firstBackup(world), { availableAt: world.clock.now().getTime() + 60_000 }),
  ],
  [
    'the snapshot was deleted',
    'SNAPSHOT_NOT_FOUND',
    ({ search }) => search.deleteSnapshot('tandem', 'tandem-backup-1'),
  ],
  [
    'the snapshot was deleted and made again under its name',
    'SNAPSHOT_CHANGED',
    ({ search }) => search.alterSnapshot('tandem', 'tandem-backup-1', { remade: true }),
  ],
  [
    'the snapshot does not hold an index any more',
    'SNAPSHOT_PARTIAL',
    ({ search }) => search.alterSnapshot('tandem', 'tandem-backup-1', { without: 'app-orders' }),
  ],
  ['the repository is not registered', 'REPOSITORY_NOT_FOUND', ({ search }) => search.unregister('tandem')],
  [
    'the engine is older than the indices',
    'ENGINE_TOO_OLD',
    ({ search }) => search.configure({ engine: { distribution: 'opensearch', version: '3.7.9' } }),
  ],
  [
    'a snapshot is running',
    'SNAPSHOT_RUNNING',
    ({ search }) => search.startForeignSnapshot('tandem', 'somebody-s', ['app-products']),
  ],
  ['a table is being backed up', 'BACKUP_RUNNING', ({ dynamo }) => dynamo.backups.create('app-0001', 'somebody-s')],
  ['a table is being changed', 'TABLE_BUSY', ({ dynamo }) => dynamo.tables.setDeletionProtection('app-0001', false)],
  ['a table is being made', 'TABLE_BUSY', ({ dynamo }) => dynamo.createTable({ name: 'app-0002' })],
  [
    'an index has a block that forbids its deletion',
    'INDEX_PROTECTED',
    ({ search }) => search.changeIndex('app-products', { readOnly: true }),
  ],
  ['a table is being restored already', 'TABLE_BUSY', ({ dynamo }) => dynamo.beginRestore('app-0002')],
  [
    'the snapshot is PARTIAL',
    'SNAPSHOT_PARTIAL',
    ({ search }) => search.alterSnapshot('tandem', 'tandem-backup-1', { end: 'PARTIAL' }),
  ],
  ['a data stream has the name of an index', 'DATA_STREAM_CLASH', ({ search }) => search.addDataStream('app-orders')],
  ['an index holds a data stream', 'DATA_STREAM_CLASH', ({ search }) => search.addDataStream('later', 'app-products')],
  ['an alias is a data stream now', 'DATA_STREAM_CLASH', ({ search }) => search.addDataStream('products')],
  ['the cluster takes fewer shards', 'SHARD_LIMIT', ({ search }) => search.configure({ shardsPerNode: 6 })],
  [
    'the disks have no room',
    'DISK_ROOM',
    ({ search }) =>
      search.configure({ disks: { ...roomyDisks, nodes: [{ totalBytes: 1e9, availableBytes: 1e8 + 1 }] } }),
  ],
  [
    'the account is changing as many tables as it may',
    'TABLE_OPERATIONS_LIMIT',
    ({ dynamo }) => manyTables(498, (name) => dynamo.createTable({ name })),
  ],
  [
    'the account is restoring as many tables as it may',
    'TABLE_OPERATIONS_LIMIT',
    ({ dynamo }) => manyTables(50, (name) => dynamo.beginRestore(name)),
  ],
  ['a table is a global one', 'GLOBAL_TABLE', ({ dynamo }) => dynamo.changeTable('app-0001', { globalTable: true })],
];

describe('a restore is refused, and touches nothing,', () => {
  it.for(guards)('where %s', async ([, code, happen, input]) => {
    const world = await new World().damaged();
    await happen(world);
    const before = await world.everything();

    const run = await world.restore({ confirmed: true, ...input });

    expect(run.failure).toMatchObject({ Error: 'GuardRefusedError', Cause: expect.stringContaining(`[${code}]`) });
    expect(await world.everything()).toEqual(before);
    expect(world.alerts.published).toHaveLength(1);
    const dryRun = await world.restore({ dryRun: true, ...input });
    expect(dryRun.failure?.Cause).toContain(`[${code}]`);
  });

  it.for(guards.filter(([, , , input]) => input === undefined))(
    'where %s before a dry run is carried on',
    async ([, code, happen]) => {
      const world = await new World().damaged();
      await world.restore({ dryRun: true }, { name: 'look' });
      await happen(world);
      const before = await world.everything();

      const run = await world.restore({ confirmed: true, run: 'look' });

      expect(run.failure).toMatchObject({ Error: 'GuardRefusedError', Cause: expect.stringContaining(`[${code}]`) });
      expect(await world.everything()).toEqual(before);
    },
  );

  it('where something else would be done than a dry run has shown that is carried on', async () => {
    const world = await new World().damaged();
    await world.restore({ dryRun: true, tables: ['app-0001'] }, { name: 'look' });
    world.dynamo.addTable({ name: 'app-0001' });
    const before = await world.everything();

    const run = await world.restore({ confirmed: true, run: 'look' });

    expect(run.failure).toMatchObject({ Error: 'GuardRefusedError', Cause: expect.stringContaining('[PLAN_CHANGED]') });
    expect(await world.everything()).toEqual(before);
  });

  it('where what it restores from went away before it begins', async () => {
    const world = await new World().damaged();
    await world.restore({ confirmed: true }, { name: 'undo', killAfterTasks: 1 });
    world.search.deleteSnapshot('tandem', 'tandem-backup-1');
    const before = await world.everything();

    const run = await world.restore({ confirmed: true, run: 'undo' });

    expect(run.failure).toMatchObject({
      Error: 'GuardRefusedError',
      Cause: expect.stringContaining('SNAPSHOT_NOT_FOUND'),
    });
    expect(await world.everything()).toEqual(before);
  });
});

describe('a restore that has begun', () => {
  it.for<[part: 'table-restores' | 'index-restore']>([['table-restores'], ['index-restore']])(
    'and lacks what it restores from is no restore that was refused: %s',
    async ([part]) => {
      const world = await new World().damaged();
      await world.failedOnceBegun(part);
      world.search.deleteSnapshot('tandem', 'tandem-backup-1');

      const run = await world.restore({ confirmed: true, run: 'undo' });

      expect(run.failure).toMatchObject({ Error: 'ConflictError', Cause: expect.stringContaining('[SOURCE_LOST]') });
    },
  );

  it('goes on in the domain of the plan file, at which its guards look', async () => {
    const world = await new World().damaged();
    await world.failedOnceBegun('index-restore');
    world.planFile = world.planFile?.replace('search.example.com', 'moved.example.com');
    world.connections.length = 0;

    expect((await world.restore({ confirmed: true, run: 'undo' })).failure).toBeUndefined();

    expect(new Set(world.connections)).toEqual(new Set(['https://moved.example.com']));
  });
});

describe('what is in the way of other parts', () => {
  it.for<[what: string, selection: object, happen: Guard[2]]>([
    ['an index', { tables: ['*'] }, ({ search }) => search.deleteSnapshot('tandem', 'tandem-backup-1')],
    [
      'another index',
      { indices: ['app-orders'] },
      ({ search }) => search.changeIndex('app-products', { readOnly: true }),
    ],
    ['a table', { indices: ['*'] }, ({ dynamo }) => dynamo.changeTable('app-0001', { globalTable: true })],
    ['another table', { tables: ['app-0000'] }, ({ dynamo }) => dynamo.changeTable('app-0001', { globalTable: true })],
    ['the backup of another table', { tables: ['app-0001'] }, (world) => world.dynamo.deleteBackup(firstBackup(world))],
  ])('does not keep a restore from those that are asked for: %s', async ([, selection, happen]) => {
    const world = await new World().damaged();
    await happen(world);

    expect((await world.restore({ confirmed: true, ...selection })).failure).toBeUndefined();
  });
});

describe('the names of indices and aliases', () => {
  type Change = (world: World) => void;
  const remove = 'app-orders';

  it.for<[what: string, clash: string, change: Change]>([
    [
      'an alias of the recovery point is an index now',
      'products, an alias of app-products in the recovery point, is an index now',
      ({ search }) => search.addIndex('products'),
    ],
    [
      'an index of the recovery point is an alias now',
      'app-orders is an alias of index app-new now',
      ({ search }) => search.addIndex('app-new', { aliases: { 'app-orders': {} } }),
    ],
    [
      'it is an alias of a hidden index that no pattern matches',
      'app-orders is an alias of index .hidden now',
      ({ search }) => search.addIndex('.hidden', { aliases: { 'app-orders': {} } }),
    ],
    [
      'an alias would have two write indices',
      'alias write would have two write indices, app-written and app-rolled-over',
      ({ search }) => {
        search.changeIndex('app-written', { aliases: { write: {} } });
        search.addIndex('app-rolled-over', { aliases: { write: { is_write_index: true } } });
      },
    ],
  ])('clash where %s', async ([, clash, change]) => {
    const world = new World().addTables(1).addIndices();
    world.search.addIndex('app-written', { aliases: { write: { is_write_index: true } } });
    await world.backup();
    world.search.removeIndex(remove);
    change(world);
    const before = await world.everything();

    const run = await world.restore();

    expect(run.failure).toMatchObject({
      Error: 'GuardRefusedError',
      Cause: expect.stringContaining(`[ALIAS_CLASH] PlanRestore: ${clash}.`),
    });
    expect(await world.everything()).toEqual(before);
  });

  it.for<[what: string, change: Change]>([
    [
      'the alias is held by an index that is itself replaced',
      ({ search }) => search.changeIndex('app-products', { aliases: { 'app-orders': {} } }),
    ],
    [
      'an index has an alias that begins like its neighbour',
      ({ search }) => search.addIndex('app-new', { aliases: { 'app-order': {}, 'app-orders-2': {} } }),
    ],
  ])('do not clash where %s', async ([, change]) => {
    const world = new World().addTables(1).addIndices();
    await world.backup();
    world.search.removeIndex(remove);
    change(world);

    expect((await world.restore()).failure).toBeUndefined();
  });
});
