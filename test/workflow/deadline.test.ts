import { describe, expect, it } from 'vitest';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { WorkflowRun } from '../support/workflow.ts';
import { World } from '../support/world.ts';

const day = 86_400;

function expectOutOfTime(run: WorkflowRun, world: World, pending: string): void {
  expect(run.failure).toMatchObject({ Error: 'DeadlineExceededError', Cause: expect.stringContaining(pending) });
  expect(world.alerts.published).toHaveLength(1);
}

describe('a backup that is past its deadline fails, and names what was pending', () => {
  it('while tables are being backed up', async () => {
    const world = new World({ dynamo: { creatingBackup: day } }).addTables(12).addIndices().plan({ deadline: '30m' });

    const run = await world.backup();

    expectOutOfTime(run, world, 'Pending: backups of app-0000, app-0001,');
    expect(run.failure?.Cause).toContain('app-0009 and 2 more');
    const waitedOverHalfAnHour = world.clock.now().getTime() - Date.parse('2030-01-02T03:34:05.000Z');
    expect(waitedOverHalfAnHour).toBeGreaterThanOrEqual(0);
    expect(waitedOverHalfAnHour).toBeLessThanOrEqual(60_000);
    expect(await world.recoveryPoints()).toEqual([]);
  });

  it('while the backup of one table cannot be started', async () => {
    const world = new World().addTables(2).plan({ search: null, deadline: '30m' });
    const busy = new TandemError('NOT_READY', 'LimitExceededException');
    world.dynamo.faults.fail('backups.create', busy, { target: 'app-0001', times: Number.POSITIVE_INFINITY });

    expectOutOfTime(await world.backup(), world, 'Pending: backups of app-0001.');
    expect(world.lastAlert().done).toContain('table backups TO_START: 1 (app-0001), waiting: LimitExceededException');
  });

  it('while the snapshot runs', async () => {
    const world = new World({ search: { snapshot: day } }).addTables(1).addIndices().plan({ deadline: '30m' });

    expectOutOfTime(await world.backup(), world, 'Pending: 6 shards of snapshot tandem-backup-1');
  });

  it('while another snapshot is in the way', async () => {
    const world = new World({ search: { snapshot: day } }).addTables(1).addIndices().plan({ deadline: '30m' });
    await world.search.snapshots.register('cs-automated', { type: 's3', settings: {} });
    await world.search.startForeignSnapshot('cs-automated', 'hourly', ['app-orders']);

    expectOutOfTime(await world.backup(), world, 'Pending: the start of snapshot tandem-backup-1');
  });

  it('while another snapshot uses the repository that has to be written', async () => {
    const world = new World({ search: { snapshot: day } }).addIndices().plan({ tables: null, deadline: '30m' });
    const settings = { bucket: 'snapshots', base_path: 'app' };
    await world.search.snapshots.register('tandem', { type: 's3', settings });
    await world.search.startForeignSnapshot('tandem', 'hourly', ['app-orders']);

    expectOutOfTime(await world.backup(), world, 'Pending: the registration of repository tandem');
  });

  const away = new TandemError('SERVICE_UNAVAILABLE', 'HTTP 503 it said');
  const forever = { times: Number.POSITIVE_INFINITY };

  it.for<[step: string, fail: (world: World) => void]>([
    ['EnsureRepository', ({ search }) => search.faults.fail('snapshots.verify', away, forever)],
    ['StartIndexSnapshot', ({ search }) => search.faults.fail('snapshots.running', away, forever)],
    ['CheckIndexSnapshot', ({ search }) => search.faults.fail('snapshots.progress', away, forever)],
    ['StartTableBackups', ({ dynamo }) => dynamo.faults.fail('backups.list', away, forever)],
  ])('while %s fails in passing again and again, with the last reason', async ([step, fail]) => {
    const world = new World().addTables(1).addIndices().plan({ deadline: '1m' });
    fail(world);
    const start = world.clock.now().getTime();

    expectOutOfTime(await world.backup(), world, `Pending: ${step}, which failed last with: HTTP 503 it said`);

    // It is not tried again beyond the deadline.
    expect(world.clock.now().getTime() - start).toBeLessThanOrEqual(120_000);
  });
});

describe('a run that is carried on has its deadline anew', () => {
  it('and ends well', async () => {
    const world = new World({ dynamo: { creatingBackup: 3_000 } }).addTables(2).addIndices().plan({ deadline: '30m' });
    expectOutOfTime(await world.backup(), world, 'app-0000, app-0001');

    const again = await world.carryOn();

    expect(again.failure).toBeUndefined();
    expect(await world.recoveryPoints()).toHaveLength(1);
    expect(world.dynamo.everything().backups).toHaveLength(2);
  });
});

describe('a restore that is past its deadline fails, and names what was pending', () => {
  async function backedUp(durations: ConstructorParameters<typeof World>[0]): Promise<World> {
    const world = new World(durations).addTables(1).addIndices().plan({ deadline: '30m' });
    await world.backup();
    return world;
  }

  it('while tables are being restored', async () => {
    const world = await backedUp({ dynamo: { restoringTable: day } });

    expectOutOfTime(await world.restore(), world, 'Pending: tables app-0000');
    expect(world.lastAlert().done).toContain('tables RESTORING: 1 (app-0000)');
  });

  it('while indices are being recovered', async () => {
    const world = await backedUp({ search: { restore: day } });

    expectOutOfTime(await world.restore(), world, 'Pending: indices app-empty, app-orders, app-products');
  });

  it('while a snapshot that began meanwhile keeps the indices', async () => {
    const world = await backedUp({});
    const busy = new TandemError('NOT_READY', 'Cannot delete indices that are being snapshotted');
    world.search.faults.fail('indices.delete', busy, { times: Number.POSITIVE_INFINITY });

    expectOutOfTime(await world.restore(), world, 'Pending: the deletion of indices app-empty, app-orders');
  });
});
