import { describe, expect, it } from 'vitest';
import { isScratchName } from '../../shared/core/scratch-table.ts';
import { CommandLine } from '../support/command-line.ts';
import { expectSuccess } from '../support/round-trip.ts';
import { World } from '../support/world.ts';

const hour = 3_600_000;

/** Tables and indices that were backed up, changed for good an hour later, and damaged an hour after that. */
async function withHistory(world = new World().addTables(2).addIndices()): Promise<{ world: World; at: string }> {
  expectSuccess(await world.backup());
  await world.clock.sleep(hour);
  world.dynamo.write('app-0000', 'order', 'taken since');
  world.dynamo.addTable(
    { name: 'app-new', pointInTimeRecovery: { days: 35 }, tags: { made: 'since' } },
    { first: 'item of it' },
  );
  await world.clock.sleep(1_000);
  const at = new Date(Math.floor(world.clock.now().getTime() / 1_000) * 1_000).toISOString();
  await world.clock.sleep(hour);
  world.dynamo.write('app-0000', 'order', undefined);
  world.dynamo.write('app-0001', 'item', 'damaged');
  world.dynamo.write('app-new', 'first', 'damaged');
  world.search.changeIndex('app-orders', { documents: 3 });
  await world.clock.sleep(hour);
  world.forgetCalls();
  return { world, at };
}

function items(world: World, table: string): Record<string, string> {
  return Object.fromEntries(world.dynamo.items(table));
}

function tableNames(world: World): string[] {
  return world.dynamo.everything().tables.map(({ name }) => name);
}

function expectAsThen(world: World): void {
  expect(items(world, 'app-0000')).toEqual({ item: 'of table 0', order: 'taken since' });
  expect(items(world, 'app-0001')).toEqual({ item: 'of table 1' });
  expect(items(world, 'app-new')).toEqual({ first: 'item of it' });
  expect(world.application().indices.find(({ name }) => name === 'app-orders')?.documents).toBe(80);
}

describe('a restore to a point in time', () => {
  it('makes the live tables what they were then, with the indices of the recovery point before it', async () => {
    const { world, at } = await withHistory();
    const streams = [world.streamOf('app-0000'), world.streamOf('app-new')];

    expectSuccess(await world.restore({ at, confirmed: true }));

    expectAsThen(world);
    expect([world.streamOf('app-0000'), world.streamOf('app-new')]).toEqual(streams);
    expect(world.dynamo.faults.count('backups.restore')).toBe(0);
    expect(world.dynamo.faults.count('backups.restoreToPointInTime')).toBe(3);
    expect(tableNames(world).filter(isScratchName)).toEqual([]);
    expect(world.alerts.published).toEqual([]);
  });

  it('is undone', async () => {
    const { world, at } = await withHistory();
    const before = world.application();
    expectSuccess(await world.restore({ at, confirmed: true }, { name: 'forth' }));

    expectSuccess(await world.restore({ point: 'forth-safety', confirmed: true }));

    expect(world.application()).toEqual(before);
  });

  it('touches nothing where it is made beside, settings of then included', async () => {
    const { world, at } = await withHistory();
    const before = world.application().tables;
    world.dynamo.changeTable('app-0000', { tags: { application: 'another' } });

    expectSuccess(await world.restore({ at, tableStrategy: 'beside', settings: true, tables: ['*'], confirmed: true }));

    expect(items(world, 'app-0000-restored')).toEqual({ item: 'of table 0', order: 'taken since' });
    const tags = new Map(world.dynamo.everything().tables.map((table) => [table.name, table.tags]));
    expect(tags.get('app-0000-restored')).toEqual({ application: 'shop' });
    expect(tags.get('app-new-restored')).toEqual({ made: 'since' });
    expect(world.application().tables.filter(({ name }) => name === 'app-0001')).toEqual(
      before.filter(({ name }) => name === 'app-0001'),
    );
  });

  it('says how far apart tables and indices are: in the plan, in the report and in the alert', async () => {
    const { world, at } = await withHistory();
    const cli = new CommandLine(world);

    const plan = await cli.run('restore', 'app', '--at', at, '--dry-run');
    const planned = await cli.run('restore', 'app', '--at', at, '--dry-run', '--json');
    const done = await cli.run('restore', 'app', '--at', at, '--yes', '--json');

    expect(plan.stdout).toContain(`The restore of the tables of ${at} and the indices of recovery point backup-1 `);
    const [point] = await world.recoveryPoints();
    const seconds = (Date.parse(at) - Date.parse(point?.search?.snapshot.completedAt ?? '')) / 1_000;
    expect(seconds).toBeGreaterThan(3_600);
    const skew = `documents are ${seconds.toLocaleString('en')} seconds older than items`;
    expect(plan.stdout).toContain(skew);
    expect(planned.document).toMatchObject({
      source: { kind: 'pointInTime', at, recoveryPoint: point?.recoveryPoint, skewSeconds: seconds },
      plan: { strategies: { tables: 'refill' }, tables: [{ pointInTime: { at }, backupArn: null }, {}, {}] },
    });
    expect(done).toMatchObject({
      code: 0,
      document: { remarks: expect.arrayContaining([expect.stringContaining(skew)]) },
    });

    const ofTables = await cli.run('restore', 'app', '--at', at, '--tables', '*', '--dry-run');
    expect(ofTables.stdout).toContain(`The restore of the tables of ${at} (`);
    expect(ofTables.stdout).not.toContain('documents are');

    const { world: failing } = await withHistory();
    await failing.failedOnceBegun('table-restores', { at, confirmed: true });
    const [alert] = failing.alerts.published;
    expect(alert?.message).toContain(`the indices are ${seconds.toLocaleString('en')} seconds older than the tables`);
  });

  it.for(['table-restores', 'index-restore'] as const)(
    'is carried on, and undone, after a failure: %s',
    async (part) => {
      const { world, at } = await withHistory();
      await world.failedOnceBegun(part, { at, confirmed: true });
      expectSuccess(await world.carryOn());
      expectAsThen(world);

      const { world: another } = await withHistory();
      const before = another.application();
      await another.failedOnceBegun(part, { at, confirmed: true });
      expectSuccess(await another.undo());
      expect(another.application()).toEqual(before);
    },
  );

  it('makes no second table where the answer to a restore is lost', async () => {
    const { world, at } = await withHistory();
    world.dynamo.faults.fail('backups.restoreToPointInTime', new Error('socket hang up'), { when: 'after' });

    const run = await world.restore({ at, confirmed: true });

    if (run.failure !== undefined) expectSuccess(await world.carryOn());
    expectAsThen(world);
    expect(tableNames(world).filter(isScratchName)).toEqual([]);
  });

  it('is refused for all tables together that it cannot be had of, and touches nothing', async () => {
    const { world, at } = await withHistory();
    world.dynamo.changeTable('app-0000', { pointInTimeRecovery: undefined });
    world.dynamo.removeTable('app-0001');
    const before = await world.everything();

    const { failure } = await world.restore({ at, confirmed: true });

    expect(failure).toMatchObject({ Error: 'GuardRefusedError' });
    expect(failure?.Cause).toContain('[POINT_IN_TIME_OUT_OF_REACH]');
    expect(failure?.Cause).toContain(
      'table app-0000 has no point-in-time recovery; table app-0001 does not exist any more',
    );
    expect(await world.everything()).toEqual(before);

    expectSuccess(await world.restore({ at, exclude: ['app-0000', 'app-0001'], confirmed: true }));
    expect(items(world, 'app-new')).toEqual({ first: 'item of it' });
  });

  it.for([
    ['of the last five minutes', 0],
    ['before the window', -36 * 24 * hour],
  ] as const)('is refused for a moment %s', async ([, offset]) => {
    const { world } = await withHistory();
    const [point] = await world.recoveryPoints();
    const at = new Date(world.clock.now().getTime() + offset).toISOString();

    const { failure } = await world.restore({ at, point: point?.recoveryPoint, confirmed: true });

    expect(failure?.Cause).toContain('[POINT_IN_TIME_OUT_OF_REACH]');
    expect(failure?.Cause).toMatch(/table app-0000 can be from \S+ to \S+/);
  });

  it('leaves a table alone that was not there yet', async () => {
    const { world } = await withHistory();
    const [point] = await world.recoveryPoints();
    const at = new Date(Date.parse(point?.completedAt ?? '') + 60_000).toISOString();

    expectSuccess(await world.restore({ at, confirmed: true }));

    expect(items(world, 'app-0000')).toEqual({ item: 'of table 0' });
    expect(items(world, 'app-new')).toEqual({ first: 'damaged' });
  });

  it('needs no recovery point for tables alone', async () => {
    const world = new World().plan({ search: null }).addTables(1);
    await world.clock.sleep(hour);
    const at = world.clock.now().toISOString();
    await world.clock.sleep(1_000);
    world.dynamo.write('app-0000', 'item', 'damaged');
    await world.clock.sleep(hour);

    expectSuccess(await world.restore({ at, confirmed: true }));

    expect(items(world, 'app-0000')).toEqual({ item: 'of table 0' });
  });

  it('takes no indices from a recovery point of later', async () => {
    const world = new World().addTables(1).addIndices();
    await world.clock.sleep(hour);
    const at = world.clock.now().toISOString();
    await world.clock.sleep(hour);
    expectSuccess(await world.backup());

    const { failure } = await world.restore({ at, confirmed: true });

    expect(failure?.Cause).toContain('[RECOVERY_POINT_NOT_FOUND]');
    expect(failure?.Cause).toContain(`from before ${at}`);
    expectSuccess(await world.restore({ at, tables: ['*'], confirmed: true }));
  });

  it.for([
    [{ tableStrategy: 'replace' }, 'which cannot be replaced then'],
    [{ strategy: 'replace' }, 'which cannot be replaced then'],
    [{ toEndpoint: 'https://search-other.example.com' }, 'do not go together'],
    [{ at: '2030-01-02 03:04' }, 'must be a time with its zone'],
    [{ at: '2030-01-02T03:04:05' }, 'must be a time with its zone'],
  ] as const)('refuses what does not go with it: %o', async ([input, why]) => {
    const { world, at } = await withHistory();
    const before = await world.everything();

    const { failure } = await world.restore({ at, confirmed: true, ...input });

    expect(failure).toMatchObject({ Error: 'InvalidRequestError', Cause: expect.stringContaining(why) });
    expect(await world.everything()).toEqual(before);
  });
});
