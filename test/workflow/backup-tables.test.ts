import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { World } from '../support/world.ts';

const tablesOnly = (tables: number, creatingBackup = 20) =>
  new World({ dynamo: { creatingBackup } }).addTables(tables).plan({ search: null });

function backupsOf(world: World): string[] {
  return world.dynamo
    .everything()
    .backups.map((backup) => backup.table)
    .sort();
}

describe('what DynamoDB does not allow yet', () => {
  it.for<[what: string, code: ErrorCode]>([
    ['TableInUseException', 'NOT_READY'],
    ['ContinuousBackupsUnavailableException', 'NOT_READY'],
    ['BackupInUseException', 'NOT_READY'],
    ['LimitExceededException', 'NOT_READY'],
    ['ThrottlingException', 'THROTTLED'],
  ])('is asked for again later: %s', async ([message, code]) => {
    const world = tablesOnly(3);
    world.dynamo.faults.fail('backups.create', new TandemError(code, message), { target: 'app-0001', times: 4 });

    const run = await world.backup();

    expect(run.failure).toBeUndefined();
    expect(run.states.filter((state) => state === 'StartTableBackups')).toHaveLength(5);
    expect(backupsOf(world)).toEqual(['app-0000', 'app-0001', 'app-0002']);
    expect(await world.recoveryPoints()).toHaveLength(1);
    expect(world.alerts.published).toEqual([]);
  });

  it.for([
    ['being made', 0],
    ['made just now', 8_000],
  ] as const)('is waited for: a table that is %s', async ([, since]) => {
    const world = tablesOnly(1);
    world.dynamo.createTable({ name: 'app-new', tags: { application: 'shop' } });
    await world.clock.sleep(since);

    expect((await world.backup()).failure).toBeUndefined();

    expect(backupsOf(world)).toEqual(['app-0000', 'app-new']);
    expect((await world.recoveryPoints())[0]?.tables[1]?.settings.tags).toEqual({ application: 'shop' });
  });
});

describe('what DynamoDB refuses', () => {
  it.for<[code: ErrorCode, error: string, remedy: string]>([
    ['TABLE_NOT_FOUND', 'InvalidRequestError', 'Correct tables.include, or the region.'],
    [
      'ACCESS_DENIED',
      'ProviderFailureError',
      'Allow the action that is named to whoever is named: the role of the workflow, or you.',
    ],
    ['PROVIDER_FAILURE', 'ProviderFailureError', "Look at the service's own message"],
  ])('ends the run with its remedy: %s', async ([code, error, remedy]) => {
    const world = tablesOnly(3);
    world.dynamo.faults.fail('backups.create', new TandemError(code, 'CreateBackup app-0001'), { target: 'app-0001' });

    const run = await world.backup();

    expect(run.failure).toMatchObject({ Error: error, Cause: expect.stringContaining(remedy) });
    expect(await world.recoveryPoints()).toEqual([]);
    expect(world.alerts.published).toHaveLength(1);
    expect(world.lastAlert().done).toContain('table backups CREATING: 2 (app-0000, app-0002)');
  });
});

describe('a lost answer', () => {
  it.for(['before', 'after'] as const)('never makes a second backup: cut off %s DynamoDB made it', async (when) => {
    const world = tablesOnly(2);
    const lost = new TandemError('OUTCOME_UNKNOWN', 'socket hang up');
    world.dynamo.faults.fail('backups.create', lost, { when, target: 'app-0001' });

    expect((await world.backup()).failure).toBeUndefined();

    expect(backupsOf(world)).toEqual(['app-0000', 'app-0001']);
    expect(world.dynamo.faults.count('backups.create', 'app-0001')).toBe(when === 'before' ? 2 : 1);
    expect(await world.recoveryPoints()).toHaveLength(1);
  });

  it('is looked up for half a minute before the backup is asked for again', async () => {
    const world = tablesOnly(1);
    world.dynamo.faults.fail('backups.create', new TandemError('OUTCOME_UNKNOWN', 'socket hang up'));
    const start = world.clock.now().getTime();

    await world.backup();

    const [backup] = world.dynamo.everything().backups;
    expect((backup?.createdAt.getTime() ?? 0) - start).toBeGreaterThanOrEqual(30_000);
  });
});

describe('however many tables there are', () => {
  it('they are asked for at most 40 a second, and polled with listings alone, 100 a page', async () => {
    const world = tablesOnly(250, 60);

    const run = await world.backup();

    expect(run.failure).toBeUndefined();
    const { backups } = world.dynamo.everything();
    const seconds = Map.groupBy(backups, (backup) => Math.floor(backup.createdAt.getTime() / 1_000));
    expect(Math.max(...[...seconds.values()].map((made) => made.length))).toBeLessThanOrEqual(40);
    expect(world.dynamo.faults.count('backups.describe')).toBe(0);
    const looks = run.states.filter((state) => state === 'CheckTableBackups' || state === 'RecordRecoveryPoint').length;
    expect(world.dynamo.faults.count('backups.list')).toBe(1 + 3 * looks);
    expect(world.dynamo.faults.count('backups.create')).toBe(250);
  });

  it('as many are started as the time of one call allows, and the ledger remembers the rest', async () => {
    const world = tablesOnly(400);

    const run = await world.backup({}, { taskSeconds: 45 });

    expect(run.failure).toBeUndefined();
    expect(run.states.filter((state) => state === 'StartTableBackups').length).toBeGreaterThan(2);
    expect(new Set(backupsOf(world)).size).toBe(400);
    expect(backupsOf(world)).toHaveLength(400);
    expect((await world.recoveryPoints())[0]?.tables).toHaveLength(400);
  });

  it('waits between polls grow from seconds to a minute', async () => {
    const world = tablesOnly(1, 1_000);
    const looks: number[] = [];
    const { list } = world.dynamo.backups;
    world.dynamo.backups.list = (filter) => {
      looks.push(world.clock.now().getTime() / 1_000);
      return list(filter);
    };

    await world.backup();

    const waits = looks.slice(2).map((look, number) => Math.round(look - (looks[number + 1] ?? 0)));
    expect(waits.slice(0, 9)).toEqual([3, 5, 8, 12, 18, 27, 41, 60, 60]);
    expect(Math.max(...waits)).toBe(60);
  });
});

describe('a backup that is deleted during the run', () => {
  async function deleteFirst(world: World): Promise<void> {
    await world.clock.sleep(35_000);
    const [backup] = world.dynamo.everything().backups;
    world.dynamo.deleteBackup(backup?.arn ?? '');
  }

  it('while others are being made is a failure, and never recorded', async () => {
    const world = tablesOnly(2, 100);

    const [run] = await Promise.all([world.backup(), deleteFirst(world)]);

    expect(run.failure).toMatchObject({ Error: 'IncompleteBackupError', Cause: expect.stringContaining('app-0000') });
    expect(await world.recoveryPoints()).toEqual([]);
    expect((await world.backup({ run: 'backup-1' })).failure).toBeUndefined();
    expect(backupsOf(world)).toEqual(['app-0000', 'app-0001']);
  });

  it('after it was available is a failure too', async () => {
    const world = new World({ search: { snapshot: 100 } }).addTables(2).addIndices();

    const [run] = await Promise.all([world.backup(), deleteFirst(world)]);

    expect(run.failure).toMatchObject({ Error: 'IncompleteBackupError', Cause: expect.stringContaining('app-0000') });
    expect(await world.recoveryPoints()).toEqual([]);
    expect(world.lastAlert()).toMatchObject({ workflow: 'backup', input: { plan: 'app' } });
  });

  it('is made again where the run is carried on nevertheless, with the settings of then', async () => {
    const world = new World({ search: { snapshot: 100 } }).addTables(2).addIndices();
    await Promise.all([world.backup({}, { name: 'nightly' }), deleteFirst(world)]);
    for (const table of ['app-0000', 'app-0001']) world.dynamo.changeTable(table, { tags: { changed: 'since' } });

    const again = await world.backup({ run: 'nightly' });

    expect(again.failure).toBeUndefined();
    expect(backupsOf(world)).toEqual(['app-0000', 'app-0001']);
    const [manifest] = await world.recoveryPoints();
    expect(manifest?.tables.map((table) => table.settings.tags)).toEqual([
      { changed: 'since' },
      { application: 'shop' },
    ]);
  });
});
