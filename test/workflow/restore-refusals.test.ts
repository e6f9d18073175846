import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { CommandLine } from '../support/command-line.ts';
import { World } from '../support/world.ts';

/** Puts four things in the way of a restore, of tables and of indices. */
async function obstructed(world: World): Promise<World> {
  const [first] = world.dynamo.everything().backups;
  world.dynamo.deleteBackup(first?.arn ?? '');
  world.dynamo.changeTable('app-0001', { globalTable: true });
  world.search.deleteSnapshot('tandem', 'tandem-backup-1');
  world.search.changeIndex('app-products', { readOnly: true });
  return world;
}

const codes = ['BACKUP_NOT_FOUND', 'SNAPSHOT_NOT_FOUND', 'GLOBAL_TABLE', 'INDEX_PROTECTED'];

describe('all that is in the way of a restore', () => {
  it('is reported together, before anything is touched', async () => {
    const world = await obstructed(await new World().damaged());
    const before = await world.everything();

    const { failure } = await world.restore();

    expect(failure).toMatchObject({
      Error: 'GuardRefusedError',
      Cause: expect.stringContaining('[RESTORE_REFUSED] PlanRestore: 4 things are in the way:'),
    });
    for (const code of codes) expect(failure?.Cause).toContain(`- [${code}] `);
    expect(await world.everything()).toEqual(before);
  });

  it('stands in the alert, each with its remedy, and leads to another recovery point', async () => {
    const world = new World().addTables(3).addIndices();
    await world.backup({}, { name: 'earlier' });
    await world.backup({}, { name: 'backup-1' });
    await obstructed(world);
    world.dynamo.changeTable('app-0001', { globalTable: true });

    await world.restore({ point: 'backup-1', confirmed: true });

    const { message } = world.alerts.published.at(-1) ?? { message: '' };
    expect(message).toContain('Why: 3 things are in the way: (GuardRefusedError, RESTORE_REFUSED)');
    expect(message).toContain('- [SNAPSHOT_NOT_FOUND] Snapshot tandem-backup-1 is gone from repository tandem.');
    expect(message).toContain('What to do: If the index is to be replaced, take the block off it');
    expect(world.lastAlert().input).toMatchObject({ point: 'earlier', dryRun: true });
  });

  it('counts the confirmation in', async () => {
    const world = await new World().damaged();
    world.dynamo.changeTable('app-0001', { globalTable: true });

    const { failure } = await world.restore({});

    expect(failure?.Cause).toContain('2 things are in the way');
    expect(failure?.Cause).toContain('[GLOBAL_TABLE]');
    expect(failure?.Cause).toContain('[NOT_CONFIRMED]');
  });

  it('is told a person and a script, each with its code and remedy', async () => {
    const cli = new CommandLine(await obstructed(await new World().damaged()));

    const told = await cli.run('restore', 'app', '--dry-run');
    const { code, document } = await cli.run('restore', 'app', '--yes', '--json');

    expect(told.code).toBe(3);
    expect(told.stderr).toContain('error in PlanRestore [RESTORE_REFUSED]: 4 things are in the way:\n- [');
    for (const one of codes) expect(told.stderr).toContain(`- [${one}] `);
    expect(told.stderr.match(/What to do:/g)).toHaveLength(5);
    expect(code).toBe(3);
    const { error } = z
      .object({ error: z.object({ problems: z.array(z.object({ code: z.string(), remedy: z.string() })) }) })
      .parse(document);
    expect(error.problems.map((problem) => problem.code).toSorted()).toEqual(codes.toSorted());
    for (const { remedy } of error.problems) expect(remedy).toMatch(/\.$/);
  });

  it('is told a script in the same way where it is one thing', async () => {
    const cli = new CommandLine(await new World().damaged());
    cli.world.dynamo.changeTable('app-0001', { globalTable: true });

    const { document } = await cli.run('restore', 'app', '--yes', '--json');

    expect(document).toMatchObject({
      carryOn: null,
      error: { code: 'GLOBAL_TABLE', problems: [{ code: 'GLOBAL_TABLE', message: 'Global tables: app-0001.' }] },
    });
  });

  it('names every table whose backup is gone, however many', async () => {
    const cli = new CommandLine(new World().addTables(120).addIndices());
    await cli.world.backup();
    for (const { arn } of cli.world.dynamo.everything().backups) cli.world.dynamo.deleteBackup(arn);

    const { stderr } = await cli.run('restore', 'app', '--dry-run');

    for (const { name } of cli.world.dynamo.everything().tables) expect(stderr).toContain(`${name} (arn:`);
    expect(stderr).toContain('[BACKUP_NOT_FOUND]');
  });

  it('offers no command that goes on where what it was settled to do has changed as well', async () => {
    const cli = new CommandLine(await new World().damaged());
    await cli.world.restore({ dryRun: true }, { name: 'look' });
    cli.world.dynamo.changeTable('app-0001', { globalTable: true });
    cli.world.dynamo.removeTable('app-0000');

    const { document } = await cli.run('restore', 'app', '--run', 'look', '--yes', '--json');

    expect(document).toMatchObject({
      carryOn: null,
      error: { code: 'RESTORE_REFUSED', problems: [{ code: 'GLOBAL_TABLE' }, { code: 'PLAN_CHANGED' }] },
    });
  });
});

describe('what a guard may not read', () => {
  it.for<[what: string, remark: string, refuse: (world: World) => void]>([
    [
      'the shards of the domain',
      'how many shards the domain takes could not be seen: no permissions',
      ({ search }) =>
        search.faults.fail('cluster.shardsPerNode', new TandemError('SEARCH_UNAUTHORIZED', 'no permissions')),
    ],
    [
      'its disks',
      'how much room the disks have could not be seen: not offered',
      ({ search }) => search.faults.fail('cluster.disks', new TandemError('SEARCH_NOT_OFFERED', 'not offered')),
    ],
    [
      'the other tables of the account',
      'how many tables of the account are being changed could not be seen: denied',
      ({ dynamo }) => {
        dynamo.addTable({ name: 'other' });
        dynamo.faults.fail('tables.describe', new TandemError('ACCESS_DENIED', 'denied'), { target: 'other' });
      },
    ],
    [
      'what the tables trigger',
      'what writes from the streams of tables could not be seen: unknown operation',
      ({ readings }) => {
        const error = new TandemError('SERVICE_NOT_OFFERED', 'unknown operation');
        readings.faults.fail('streamConsumers.list', error, { times: 2 });
      },
    ],
  ])('is a remark of the plan: %s', async ([, remark, refuse]) => {
    const world = await new World().damaged();
    refuse(world);

    const { output } = await world.restore({ dryRun: true });

    expect(output).toMatchObject({ outline: { remarks: [remark] } });
  });

  it('is in the way where the restore itself rests on it', async () => {
    const world = await new World().damaged();
    world.dynamo.faults.fail('backups.describe', new TandemError('ACCESS_DENIED', 'not authorized: DescribeBackup'));
    world.dynamo.changeTable('app-0001', { globalTable: true });

    const { failure } = await world.restore();

    expect(failure?.Cause).toContain('- [ACCESS_DENIED] not authorized: DescribeBackup');
    expect(failure?.Cause).toContain('- [GLOBAL_TABLE]');
  });

  it('is asked for again where that may help', async () => {
    const world = await new World().damaged();
    world.search.faults.fail('cluster.disks', new TandemError('SERVICE_UNAVAILABLE', '503'), { times: 2 });

    const { output } = await world.restore({ dryRun: true });

    expect(output).toMatchObject({ outline: { remarks: [] } });
    expect(world.search.faults.count('cluster.disks')).toBe(3);
  });
});

describe('a plan that is not any more what it was', () => {
  it('is refused with what has changed', async () => {
    const cli = new CommandLine(await new World().damaged());
    const planned = await cli.run('restore', 'app', '--dry-run', '--json');
    const { planHash, plan } = z
      .object({
        planHash: z.string(),
        plan: z.object({ tables: z.array(z.object({ currentId: z.string().nullable() })) }),
      })
      .parse(planned.document);
    cli.world.dynamo.removeTable('app-0000');
    cli.world.dynamo.addTable({ name: 'app-later' });
    cli.world.search.addIndex('app-orders');

    const { code, stderr } = await cli.run('restore', 'app', '--plan-hash', planHash);

    expect(code).toBe(3);
    const [headline = '', ...changes] = stderr.slice(stderr.indexOf('error in')).split('\n');
    expect(headline).toMatch(
      new RegExp(`^error in PlanRestore \\[PLAN_CHANGED\\]: .*${planHash}.* would be [0-9a-f]{64} now`),
    );
    expect(changes.slice(0, 3)).toEqual([
      `  table app-0000: was to be replaced (id ${plan.tables[0]?.currentId}), does not exist now`,
      expect.stringMatching(/^ {2}index app-orders: was to be created, exists now \(id .+\), and is to be replaced/),
      '  table app-later: was not there beside the plan, is there now and would be kept',
    ]);
  });

  it('is refused with the hash of the present plan where nobody knows the one that is given', async () => {
    const world = await new World().damaged();
    const { output } = await world.restore({ dryRun: true });
    const { planHash } = z.object({ planHash: z.string() }).parse(output);

    for (const unknown of ['0'.repeat(64), '../../recovery-points/app/backup-1/manifest']) {
      const { failure } = await world.restore({ planHash: unknown });

      expect(failure?.Cause).toContain('[PLAN_CHANGED]');
      expect(failure?.Cause).toContain(`it would be ${planHash} now`);
    }
  });
});
