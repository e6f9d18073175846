import { describe, expect, it } from 'vitest';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { World } from '../support/world.ts';

const indicesOnly = (snapshot = 30) => new World({ search: { snapshot } }).addIndices().plan({ tables: null });

/** Lets a run get so many seconds far, does something, and lets the run end. */
async function meanwhile(world: World, seconds: number, act: () => void) {
  const running = world.backup({}, { name: 'nightly' });
  await world.clock.sleep(seconds * 1_000);
  act();
  return running;
}

function snapshots(world: World): string[] {
  return [...(world.search.everything().repositories.get('tandem')?.snapshots.keys() ?? [])];
}

describe('the snapshot of a run', () => {
  it('has a name and metadata that come from the run', async () => {
    const world = indicesOnly();

    await world.backup({}, { name: 'App-Nightly' });

    const snapshot = await world.search.snapshots.get('tandem', 'tandem-app-nightly');
    expect(snapshot?.metadata).toEqual({ tandem_run: 'App-Nightly', tandem_plan: 'app' });
    expect(snapshot?.indices).toEqual(['app-empty', 'app-orders', 'app-products']);
  });

  it('waits for a snapshot that runs already', async () => {
    const world = indicesOnly(300);
    await world.search.snapshots.register('cs-automated', { type: 's3', settings: {} });
    await world.search.startForeignSnapshot('cs-automated', 'hourly', ['app-orders']);
    const { startedAt } = (await world.search.snapshots.get('cs-automated', 'hourly')) ?? {};

    const run = await world.backup();

    expect(run.failure).toBeUndefined();
    expect(run.states).toContain('WaitToStartIndexSnapshot');
    const ours = (await world.recoveryPoints())[0]?.search?.snapshot.startedAt ?? '';
    expect(Date.parse(ours) - (startedAt?.getTime() ?? 0)).toBeGreaterThanOrEqual(300_000);
  });

  it('is polled by what is cheap, and read once it has ended', async () => {
    const world = indicesOnly(236);

    const run = await world.backup();

    const polls = run.states.filter((state) => state === 'CheckIndexSnapshot').length;
    expect(polls).toBe(10);
    expect(world.search.faults.count('snapshots.progress')).toBe(10);
    // Before the start, right after it, when it had ended, and before it was recorded.
    expect(world.search.faults.count('snapshots.get')).toBe(4);
  });
});

describe('a start whose outcome is not known', () => {
  it.for([
    ['504, and the server went on', 'OUTCOME_UNKNOWN', 'after'],
    ['504, and the server never saw it', 'OUTCOME_UNKNOWN', 'before'],
    ['connection reset after it was taken', 'OUTCOME_UNKNOWN', 'after'],
    ['503 before anything was done', 'NOT_READY', 'before'],
    ['429', 'THROTTLED', 'before'],
  ] as const)('is looked up, and makes one snapshot: %s', async ([what, code, when]) => {
    const world = indicesOnly();
    world.search.faults.fail('snapshots.start', new TandemError(code, what), { when });

    const run = await world.backup();

    expect(run.failure).toBeUndefined();
    expect(snapshots(world)).toEqual(['tandem-backup-1']);
    expect(world.search.faults.count('snapshots.start')).toBe(when === 'after' ? 1 : 2);
    expect((await world.recoveryPoints())[0]?.search?.snapshot.name).toBe('tandem-backup-1');
  });

  it('finds a snapshot that the server hid from the first look', async () => {
    const world = indicesOnly();
    const { get } = world.search.snapshots;
    let looks = 0;
    world.search.snapshots.get = async (repository, name) => {
      looks += 1;
      return looks <= 2 ? undefined : get(repository, name);
    };
    world.search.faults.fail('snapshots.start', new TandemError('OUTCOME_UNKNOWN', '504'), { when: 'after' });

    const run = await world.backup();

    expect(run.failure).toBeUndefined();
    expect(snapshots(world)).toEqual(['tandem-backup-1']);
  });
});

describe('a snapshot that is not good', () => {
  it.for<[what: string, spoil: (world: World) => void, why: string]>([
    ['PARTIAL', ({ search }) => search.spoilNextSnapshot('PARTIAL', ['app-orders[1]: no space']), 'state is PARTIAL'],
    ['with failed shards', ({ search }) => search.spoilNextSnapshot('PARTIAL', ['app-orders[1]: no space']), '1 of 6'],
    [
      'FAILED',
      ({ search }) => search.spoilNextSnapshot('FAILED', ['app-orders[1]: no space']),
      'app-orders[1]: no space',
    ],
    ['without shards', ({ search }) => search.changeIndex('app-empty', { primaries: 0 }), 'it holds no shard'],
  ])('is a failure and never recorded: %s', async ([what, spoil, why]) => {
    const world = indicesOnly();
    if (what === 'without shards') world.plan({ tables: null, search: { indices: { include: ['app-empty'] } } });
    spoil(world);

    const run = await world.backup();

    expect(run.failure).toMatchObject({ Error: 'IncompleteBackupError', Cause: expect.stringContaining(why) });
    expect(await world.recoveryPoints()).toEqual([]);
    expect(world.lastAlert().done).toContainEqual(expect.stringContaining('ended, but is not good'));
  });

  it('gives its name up, so that the run can be carried on with another', async () => {
    const world = indicesOnly();
    world.search.spoilNextSnapshot('FAILED', ['app-orders[1]: no space']);
    await world.backup({}, { name: 'nightly' });

    const again = await world.backup({ run: 'nightly' });

    expect(again.failure).toBeUndefined();
    expect((await world.recoveryPoints())[0]?.search?.snapshot.name).toBe('tandem-nightly-2');
  });

  it.for<[what: string, change: Parameters<World['search']['alterSnapshot']>[2] | 'deleted']>([
    ['deleted', 'deleted'],
    ['made again under its name', { remade: true }],
  ])('is one that was %s during the run', async ([, change]) => {
    const world = indicesOnly();

    const run = await meanwhile(world, 10, () => {
      if (change === 'deleted') world.search.deleteSnapshot('tandem', 'tandem-nightly');
      else world.search.alterSnapshot('tandem', 'tandem-nightly', change);
    });

    expect(run.failure).toMatchObject({ Error: 'IncompleteBackupError', Cause: expect.stringContaining('VANISHED') });
    expect(world.lastAlert().steps).toEqual(['CheckIndexSnapshot']);
    expect(await world.recoveryPoints()).toEqual([]);
    const again = await world.backup({ run: 'nightly' });
    expect(again.failure).toBeUndefined();
    expect(await world.recoveryPoints()).toHaveLength(1);
  });

  it('is one that lost an index', async () => {
    const world = indicesOnly();

    const run = await meanwhile(world, 10, () =>
      world.search.alterSnapshot('tandem', 'tandem-nightly', { without: 'app-orders' }),
    );

    expect(run.failure).toMatchObject({
      Error: 'IncompleteBackupError',
      Cause: expect.stringContaining('it does not hold app-orders'),
    });
    expect(await world.recoveryPoints()).toEqual([]);
  });

  it('is one that was deleted or made again after it had ended, while tables were being backed up', async () => {
    for (const change of ['deleted', 'remade']) {
      const world = new World({ dynamo: { creatingBackup: 200 } }).addTables(1).addIndices();
      const run = await meanwhile(world, 100, () => {
        if (change === 'deleted') world.search.deleteSnapshot('tandem', 'tandem-nightly');
        else world.search.alterSnapshot('tandem', 'tandem-nightly', { remade: true });
      });
      expect(run.failure).toMatchObject({ Error: 'IncompleteBackupError', Cause: expect.stringContaining('VANISHED') });
      expect(await world.recoveryPoints()).toEqual([]);
    }
  });

  it('is one of the name of the run that something else has made', async () => {
    const world = indicesOnly();
    await world.backup({}, { name: 'other' });
    await world.search.startForeignSnapshot('tandem', 'tandem-nightly', ['app-orders']);
    await world.clock.sleep(60_000);

    const run = await world.backup({}, { name: 'nightly' });

    expect(run.failure).toMatchObject({ Error: 'ConflictError', Cause: expect.stringContaining('SNAPSHOT_FOREIGN') });
    expect((await world.carryOn()).failure).toBeUndefined();
    expect((await world.recoveryPoints()).map(({ recoveryPoint }) => recoveryPoint)).not.toContain('nightly');
    expect((await world.backup({ run: 'nightly' })).failure).toBeUndefined();
    expect(snapshots(world)).toContain('tandem-nightly-2');
  });
});

describe('an index that is deleted before its snapshot is started', () => {
  it('is a failure; the run that the alert tells to start takes what there is then', async () => {
    const world = indicesOnly();
    await world.backup({}, { killAfterTasks: 2, name: 'nightly' });
    world.search.removeIndex('app-orders');

    const run = await world.backup({}, { name: 'nightly' });

    expect(run.failure).toMatchObject({ Error: 'IncompleteBackupError', Cause: expect.stringContaining('app-orders') });
    expect(await world.recoveryPoints()).toEqual([]);
    expect((await world.carryOn()).failure).toBeUndefined();
    const [manifest] = await world.recoveryPoints();
    expect(manifest?.search?.indices.map((index) => index.name)).toEqual(['app-empty', 'app-products']);
  });
});

describe('the place that a run writes its snapshot to', () => {
  const owner = 'app.tandem-owner.json';

  it('is that of its domain from the first backup on', async () => {
    const world = indicesOnly();

    await world.backup();
    await world.clock.sleep(3_600_000);

    expect((await world.backup()).failure).toBeUndefined();
    expect(await world.buckets.open('snapshots').get(owner)).toMatchObject({
      body: expect.stringContaining(await world.search.indices.clusterUuid()),
    });
  });

  const takenByAnother = (world: World) => {
    const foreign = { version: 1, clusterUuid: 'another', endpoint: 'https://search-other.example.com' };
    return world.buckets.open('snapshots').create(owner, JSON.stringify(foreign));
  };

  it('belongs to no other domain, or the run ends before anything is started', async () => {
    const world = new World().addTables(1).addIndices();
    await takenByAnother(world);

    const { failure } = await world.backup();

    expect(failure?.Cause).toContain('REPOSITORY_ONE_WRITER: s3://snapshots/app is written to by the domain at');
    expect(world.dynamo.everything().backups).toEqual([]);
  });

  it('is not written to either where that shows only when the repository is there', async () => {
    const world = indicesOnly();
    await takenByAnother(world);
    world.buckets.faults.fail('objects.get', new TandemError('ACCESS_DENIED', 'No.'), { target: owner });

    const { failure } = await world.backup();

    expect(failure?.Cause).toContain('[REPOSITORY_SHARED] EnsureRepository: s3://snapshots/app is written to by');
    expect(snapshots(world)).toEqual([]);
  });

  it('is written to where nobody can tell whether it is', async () => {
    const world = indicesOnly();
    world.buckets.faults.fail('objects.create', new TandemError('ACCESS_DENIED', 'No.'), {
      target: owner,
    });

    expect((await world.backup()).failure).toBeUndefined();
  });
});
