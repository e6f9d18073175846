import { describe, expect, it } from 'vitest';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { WorkflowRun } from '../support/workflow.ts';
import { World } from '../support/world.ts';

async function parts(world: World) {
  const run = await world.backup();
  expect(run.failure).toBeUndefined();
  const [manifest] = await world.recoveryPoints();
  return {
    tables: manifest?.tables.map((table) => table.name),
    indices: manifest?.search?.indices.map((index) => index.name),
  };
}

/** Nothing was started: no backup, no snapshot, no repository. */
function expectNothingTouched(world: World): void {
  expect(world.dynamo.everything().backups).toEqual([]);
  expect(world.search.everything().repositories.size).toBe(0);
}

function expectRefused(run: WorkflowRun, error: string, why: string): void {
  expect(run.failure).toMatchObject({ Error: error, Cause: expect.stringContaining(why) });
}

describe('a plan', () => {
  it('may have tables alone', async () => {
    const world = new World().addTables(2).addIndices().plan({ search: null });

    expect(await parts(world)).toEqual({ tables: ['app-0000', 'app-0001'], indices: undefined });
    expect((await world.recoveryPoints())[0]).toMatchObject({
      skewSeconds: 0,
      windows: { search: null },
      search: null,
    });
    expect(world.search.faults.calls).toEqual([]);
  });

  it('may have a search domain alone', async () => {
    const world = new World().addTables(2).addIndices().plan({ tables: null });

    expect(await parts(world)).toEqual({ tables: [], indices: ['app-empty', 'app-orders', 'app-products'] });
    expect((await world.recoveryPoints())[0]).toMatchObject({ skewSeconds: 0, windows: { tables: null } });
    expect(world.dynamo.faults.calls).toEqual([]);
  });

  it('takes tables by tags too, and leaves out what it excludes', async () => {
    const world = new World().addTables(3);
    world.dynamo.addTable({ name: 'users', tags: { Backup: 'nightly', Team: 'web' } });
    world.dynamo.addTable({ name: 'sessions', tags: { Backup: 'weekly' } });
    world.plan({ tables: { include: ['app-*'], exclude: ['*-0001'], tags: { Backup: 'nightly' } }, search: null });

    expect((await parts(world)).tables).toEqual(['app-0000', 'app-0002', 'users']);
  });

  it('takes odd names as they are', async () => {
    const world = new World();
    const tables = ['A.b-c_D.0', 'app', `app-${'x'.repeat(251)}`];
    const indices = ['app', 'app-1', 'app+more', '.user-dots', 'logs-(old)', 'ünïcode'];
    for (const name of [...tables, 'App']) world.dynamo.addTable({ name });
    for (const name of [...indices, 'app-other']) world.search.addIndex(name, { documents: 1 });
    world.plan({ tables: { include: tables }, search: { indices: { include: indices } } });

    const found = await parts(world);

    expect(found.tables?.toSorted()).toEqual(tables.toSorted());
    expect(found.indices?.toSorted()).toEqual(indices.toSorted());
  });

  it('never takes system indices, whatever its patterns say', async () => {
    const world = new World()
      .addIndices()
      .plan({ tables: null, search: { indices: { include: ['*', '.kibana_1*'] } } });
    world.search.addIndex('.user-dots');

    const run = await world.backup();

    expectRefused(run, 'InvalidRequestError', '".kibana_1*" matches no index');
    expectNothingTouched(world);
    world.plan({ tables: null, search: { indices: { include: ['*'] } } });
    expect((await parts(world)).indices).toEqual(['.user-dots', 'app-empty', 'app-orders', 'app-products']);
  });
});

describe('refused before anything is started', () => {
  it.for<[what: string, plan: Parameters<World['plan']>[0], why: string]>([
    ['a glob that matches no table', { tables: { include: ['app-*', 'shop-*'] } }, '"shop-*" matches no table'],
    ['a table that does not exist', { tables: { include: ['app-0007'] } }, '"app-0007" matches no table'],
    ['tags that no table carries', { tables: { include: [], tags: { Backup: 'x' } } }, 'no table carries the tags'],
    ['indices that resolve to nothing', { search: { indices: { include: ['shop-*'] } } }, '"shop-*" matches no index'],
    [
      'indices that are all excluded',
      { search: { indices: { include: ['app-*'], exclude: ['*'] } } },
      'leaves out every',
    ],
  ])('is %s', async ([, plan, why]) => {
    const world = new World().addTables(1).addIndices().plan(plan);

    expectRefused(await world.backup(), 'InvalidRequestError', why);

    expectNothingTouched(world);
    expect(world.alerts.published).toHaveLength(1);
  });

  it.for([
    ['bucket', { bucket: 'of-another', base_path: 'app' }],
    ['base_path', { bucket: 'snapshots', base_path: 'other' }],
  ] as const)('is a repository of that name with another %s, which is never re-pointed', async ([key, settings]) => {
    const world = new World().addTables(1).addIndices();
    await world.search.snapshots.register('tandem', { type: 's3', settings });

    expectRefused(await world.backup(), 'InvalidRequestError', key);

    expect((await world.search.snapshots.repository('tandem'))?.settings).toEqual(settings);
    expect(world.dynamo.everything().backups).toEqual([]);
  });

  it('is a plan that the plan file does not hold, and a run that never began', async () => {
    const world = new World().addTables(1);

    expectRefused(await world.backup({ plan: 'shop' }), 'InvalidRequestError', 'no plan named "shop"');
    expectRefused(
      await world.backup({ run: 'app-20300101-020000' }),
      'InvalidRequestError',
      'The catalog knows no run "app-20300101-020000" of plan app',
    );
    expectRefused(
      await world.restore({ run: 'backup-1', confirmed: true }),
      'InvalidRequestError',
      'The catalog knows no run "backup-1" of plan app',
    );

    expectNothingTouched(world);
  });
});

describe('a data stream', () => {
  it('that a glob of the plan matches is refused, not left out', async () => {
    const world = new World().addTables(1).addIndices();
    world.search.addDataStream('app-logs');

    expectRefused(await world.backup(), 'InvalidRequestError', '[DATA_STREAM]');

    expectNothingTouched(world);
  });
});

describe('a domain to which there is no connection', () => {
  const refused = new TandemError('NO_CONNECTION', 'the connection is refused');

  it.for(['NO_CONNECTION', 'NO_ANSWER'] as const)(
    'is unreachable at the first contact: nothing is started, and nothing waited for: %s',
    async (code) => {
      const world = new World().addTables(1).addIndices();
      world.search.faults.fail('indices.engine', new TandemError(code, 'away'), { times: Number.POSITIVE_INFINITY });

      expectRefused(await world.backup(), 'InvalidRequestError', '[SEARCH_UNREACHABLE]');

      expectNothingTouched(world);
      expect(world.search.faults.count('indices.engine')).toBe(1);
    },
  );

  it('is waited for where its own server says that it cannot answer yet', async () => {
    const world = new World().addIndices().plan({ tables: null });
    world.search.faults.fail('indices.engine', new TandemError('SERVICE_UNAVAILABLE', 'no cluster manager'), {
      times: 2,
    });

    expect((await world.backup()).failure).toBeUndefined();
  });

  it('is waited for afterwards', async () => {
    const world = new World().addIndices().plan({ tables: null });
    world.search.faults.fail('snapshots.start', refused, { times: 2 });
    world.search.faults.fail('snapshots.get', refused, { skip: 1, times: 2 });

    expect((await world.backup()).failure).toBeUndefined();

    expect(await world.recoveryPoints()).toHaveLength(1);
  });

  it('is unreachable for a restore before anything is deleted, and waited for afterwards', async () => {
    const world = await new World().damaged();
    const before = await world.everything();
    world.search.faults.fail('snapshots.get', refused);

    expectRefused(await world.restore(), 'InvalidRequestError', '[SEARCH_UNREACHABLE]');

    expect(await world.everything()).toEqual(before);
    for (const operation of ['indices.delete', 'snapshots.restore', 'indices.recovery'] as const) {
      world.search.faults.fail(operation, refused, { times: 2 });
    }
    expect((await world.restore()).failure).toBeUndefined();
  });
});

const place = { name: 'tandem', bucket: 'snapshots', basePath: 'app' };

describe('the repository', () => {
  it('is registered where it is missing, and left alone where it is the same', async () => {
    const world = new World().addIndices().plan({ tables: null });

    await world.backup();
    await world.backup();

    expect(world.search.faults.count('snapshots.register')).toBe(1);
    expect(world.search.faults.count('snapshots.verify')).toBe(2);
    expect((await world.search.snapshots.repository('tandem'))?.settings).toMatchObject({
      bucket: 'snapshots',
      base_path: 'app',
      region: 'eu-west-1',
    });
  });

  it('keeps what the plan leaves open, region included, where a setting has to be written', async () => {
    const world = new World().addIndices().plan({
      tables: null,
      search: { repository: { ...place, settings: { max_snapshot_bytes_per_sec: '80mb' } } },
    });
    const settings = { bucket: 'snapshots', base_path: 'app', region: 'eu-north-1', chunk_size: '1gb' };
    await world.search.snapshots.register('tandem', { type: 's3', settings });

    expect((await world.backup()).failure).toBeUndefined();

    expect((await world.search.snapshots.repository('tandem'))?.settings).toEqual({
      ...settings,
      max_snapshot_bytes_per_sec: '80mb',
    });
  });

  it.for([
    ['has an endpoint of its own', { endpoint: '127.0.0.1:9000' }],
    ['is read-only', { readonly: 'true' }],
  ] as const)('is neither re-pointed nor made writable where its registration %s', async ([, own]) => {
    const world = new World().addTables(1).addIndices();
    const settings = { bucket: 'snapshots', base_path: 'app', ...own };
    await world.search.snapshots.register('tandem', { type: 's3', settings });

    expectRefused(await world.backup(), 'InvalidRequestError', '[REPOSITORY_CONFLICT]');

    expect((await world.search.snapshots.repository('tandem'))?.settings).toEqual(settings);
    expect(world.dynamo.everything().backups).toEqual([]);
  });

  it.for([true, 'true'])('that the plan only reads (readonly: %j) is not backed up to', async (readonly) => {
    const world = new World().addTables(1).addIndices();
    world.plan({ search: { repository: { ...place, settings: { readonly } } } });

    expectRefused(await world.backup(), 'InvalidRequestError', '[REPOSITORY_CONFLICT]');

    expect(await world.search.snapshots.repository('tandem')).toBeUndefined();
    expect(world.dynamo.everything().backups).toEqual([]);
  });

  it('is registered once more where its keys may have been changed', async () => {
    const world = new World().addIndices();
    const withKey = (secret_key: string) => {
      const repository = { ...place, settings: { access_key: 'AKIA', secret_key } };
      world.plan({ tables: null, search: { repository } });
    };
    withKey('old');
    await world.backup();
    withKey('new');
    world.search.setUnwritable('tandem', 'The key is not valid any more', { untilRegistered: true });

    expect((await world.backup()).failure).toBeUndefined();

    expect((await world.search.snapshots.repository('tandem'))?.settings).toMatchObject({ secret_key: 'new' });
    expect(world.search.faults.count('snapshots.register')).toBe(2);
  });

  it('that has to be written while a snapshot uses it is waited for', async () => {
    const world = new World({ search: { snapshot: 3_600 } }).addIndices().plan({ tables: null });
    const settings = { bucket: 'snapshots', base_path: 'app' };
    await world.search.snapshots.register('tandem', { type: 's3', settings });
    await world.search.startForeignSnapshot('tandem', 'hourly', ['app-orders']);

    const run = await world.backup();

    expect(run.failure).toBeUndefined();
    expect(run.states).toContain('WaitForRepository');
    expect((await world.search.snapshots.repository('tandem'))?.settings).toHaveProperty('role_arn');
  });

  it('that cannot be written to ends the run, with what the domain says', async () => {
    const world = new World().addIndices().plan({ tables: null });
    world.search.setUnwritable('tandem', 'Access Denied by S3');

    expectRefused(await world.backup(), 'ProviderFailureError', 'Access Denied by S3');

    expect(await world.recoveryPoints()).toEqual([]);
  });
});
