import { describe, expect, it } from 'vitest';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { CommandLine } from '../support/command-line.ts';
import { expectRestored, expectSuccess } from '../support/round-trip.ts';
import type { WorkflowRun } from '../support/workflow.ts';
import { World } from '../support/world.ts';

const confirmed = { confirmed: true };

async function idsOf(points: ReturnType<World['safetyPoints']>): Promise<string[]> {
  return (await points).map(({ recoveryPoint }) => recoveryPoint);
}

describe('the safety point of a restore', () => {
  it('holds what the restore deletes or replaces, and says what does not exist', async () => {
    const world = await new World().damaged();
    world.dynamo.addTable({ name: 'app-later' });
    world.search.addIndex('app-later');

    expectSuccess(await world.restore(confirmed, { name: 'undo' }));

    const [safety, ...others] = await world.safetyPoints();
    expect(others).toEqual([]);
    expect(safety).toMatchObject({
      recoveryPoint: 'undo-safety',
      plan: 'app',
      safetyOf: 'undo',
      absent: { tables: ['app-0002'], indices: ['app-orders'] },
    });
    expect(safety?.tables.map(({ name }) => name)).toEqual(['app-0000', 'app-0001']);
    expect(safety?.search?.indices.map(({ name }) => name)).toEqual(['app-empty', 'app-products']);
    expect(safety?.search?.snapshot.name).toBe('tandem-undo-safety');
  });

  it('is complete before anything is changed', async () => {
    const world = await new World().damaged();
    const { states } = await world.restore();

    const changing = states.findIndex((state) => ['RestoreTables', 'DeleteIndices'].includes(state));
    expect(states.indexOf('RecordSafetyPoint')).toBeLessThan(changing);
    expect(states.slice(changing)).not.toContain('RecordSafetyPoint');
  });

  it('holds what is asked for alone', async () => {
    const world = await new World().damaged();

    expectSuccess(await world.restore({ tables: ['app-0001'], ...confirmed }));

    expect(await world.safetyPoints()).toMatchObject([
      { tables: [{ name: 'app-0001' }], search: null, absent: { tables: [], indices: [] } },
    ]);
  });

  it('holds closed indices', async () => {
    const world = await new World().damaged();
    world.search.changeIndex('app-products', { closed: true });
    expectSuccess(await world.restore(confirmed, { name: 'forth' }));

    expectSuccess(await world.restore({ point: 'forth-safety', ...confirmed }));

    expect(await world.search.indices.describe(['app-products'])).toMatchObject([{ open: false }]);
  });

  it('is never the latest recovery point', async () => {
    const world = await new World().damaged();
    await world.restore();
    world.dynamo.write('app-0000', 'item', 'damaged again');

    expectSuccess(await world.restore());

    expectRestored(world);
    expect(await world.safetyPoints()).toHaveLength(2);
  });

  it('is as large in the history as any other backup', async () => {
    const world = new World().addTables(300).addIndices();
    await world.backup();

    const run = await world.restore();

    expectSuccess(run);
    expect(run.largestPayload).toBeLessThan(16_384);
  });
});

describe('a restore that failed before its safety point was complete', () => {
  function expectUntouched(run: WorkflowRun, world: World, before: unknown): void {
    expect(run.status).toBe('FAILED');
    expect(world.application()).toEqual(before);
    expect(world.alerts.published).toHaveLength(1);
    expect(world.lastAlert().undo).toBeUndefined();
  }

  it('has touched nothing, says how far the safety point is, and takes it on when it is carried on', async () => {
    const world = await new World().damaged();
    const before = world.application();
    const denied = new TandemError('ACCESS_DENIED', 'not authorized');
    world.dynamo.faults.fail('backups.create', denied, { target: 'app-0001' });

    expectUntouched(await world.restore(confirmed, { name: 'undo' }), world, before);
    expect(world.lastAlert().done).toEqual([
      'table backups CREATING: 1 (app-0000), for the safety point',
      'table backups TO_START: 1 (app-0001), for the safety point',
      'snapshot tandem-undo-safety: complete, 4 of 4 shards, for the safety point',
    ]);

    expectSuccess(await world.carryOn());
    expectRestored(world);
    expect(await idsOf(world.safetyPoints())).toEqual(['undo-safety']);
    expect(world.dynamo.faults.count('backups.create', 'app-0000')).toBe(2);
  });

  it('is started again where the parts would lie far apart', async () => {
    const world = await new World().damaged();
    const before = world.application();
    world.search.spoilNextSnapshot('PARTIAL', ['app-empty[0]: no space left']);

    const asked = { indices: ['app-*'], tables: ['*'], ...confirmed };
    expectUntouched(await world.restore(asked, { name: 'undo' }), world, before);
    expect(world.lastAlert().command.join(' ')).toMatch(
      /^tandem restore app --point=backup-1 --tables=\* --indices=app-\* --plan-hash=\w+$/,
    );

    expectSuccess(await world.carryOn());
    expectRestored(world);
    expect(await idsOf(world.safetyPoints())).not.toContain('undo-safety');
  });

  it('has the deadline of the plan', async () => {
    const world = new World({ search: { snapshot: 3_600 } }).addTables(1).addIndices();
    await world.backup();
    world.plan({ deadline: '30m' });
    const before = world.application();

    const run = await world.restore();

    expectUntouched(run, world, before);
    expect(run.failure).toMatchObject({
      Error: 'DeadlineExceededError',
      Cause: expect.stringContaining('shards of snapshot tandem-restore-2-safety'),
    });
  });
});

describe('a restore that has begun', () => {
  it('takes no other safety point when it is carried on: it would be of what is half-done', async () => {
    const world = await new World().damaged();
    await world.failedOnceBegun('table-restores');
    world.forgetCalls();

    const run = await world.carryOn();

    expectSuccess(run);
    expect(run.states).not.toContain('TakeSafetyPoint');
    expect(world.dynamo.faults.count('backups.create')).toBe(0);
    expect(await idsOf(world.safetyPoints())).toEqual(['undo-safety']);
  });
});

describe('a restore whose safety point is waived', () => {
  it('takes none, and says so in the plan, in the report and in the alert', async () => {
    const cli = new CommandLine(await new World().damaged());
    const words = ['restore', 'app', '--no-safety-point'];
    const look = await cli.run(...words, '--dry-run');
    cli.world.search.spoilNextRestore('app-orders', 'no space left');
    const failed = await cli.run(...words, '--yes', '--json');
    const alert = cli.world.alerts.published.at(-1)?.message;
    const carriedOn = await cli.run(...cli.world.lastAlert().command.slice(1));

    expect(look.stdout).toContain('takes no safety point: nothing can undo it');
    expect(failed.document).toMatchObject({ carryOn: expect.stringContaining('--run='), undo: null });
    expect(alert).toContain('It cannot be undone: no safety point was taken, as was asked for.');
    expect(cli.world.lastAlert().done).toContain('no safety point was taken, as was asked for');
    expect(cli.world.lastAlert().undo).toBeUndefined();
    expect(carriedOn).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('No safety point was taken: nothing undoes this restore.'),
    });
    expect(await cli.world.safetyPoints()).toEqual([]);
  });

  it('stays so where it is begun again', async () => {
    const world = await new World().damaged();
    world.dynamo.faults.fail('backups.describe', new TandemError('ACCESS_DENIED', 'not authorized'));
    await world.restore({ safetyPoint: false, ...confirmed });

    expect(world.lastAlert().command.join(' ')).toBe('tandem restore app --no-safety-point --yes');
  });

  it('has another plan, which has to be confirmed by itself', async () => {
    const cli = new CommandLine(await new World().damaged());
    const look = await cli.run('restore', 'app', '--dry-run', '--json');
    const planHash = Object.entries(Object(look.document)).find(([key]) => key === 'planHash')?.[1];

    const { code } = await cli.run('restore', 'app', '--no-safety-point', '--plan-hash', String(planHash));

    expect(code).toBe(3);
  });
});

describe('a safety point that cannot be taken is refused before anything is touched', () => {
  async function refused(spoil: (world: World) => Promise<void> | void): Promise<{ world: World; cause: string }> {
    const world = await new World().damaged();
    await spoil(world);
    const before = await world.everything();
    const { failure } = await world.restore();
    expect(failure?.Error).toBe('GuardRefusedError');
    expect(await world.everything()).toEqual(before);
    return { world, cause: failure?.Cause ?? '' };
  }

  it('where the repository is read-only', async () => {
    const { world, cause } = await refused(({ search }) =>
      search.snapshots.register('tandem', {
        type: 's3',
        settings: { bucket: 'snapshots', base_path: 'app', readonly: 'true' },
      }),
    );

    expect(cause).toContain('[SAFETY_POINT_IMPOSSIBLE]');
    expect(cause).toContain('repository tandem is registered with readonly "true"');
    expect(cause).toMatch(/`tandem setup`.*--no-safety-point/);
    expectSuccess(await world.restore({ safetyPoint: false, ...confirmed }));
    expectRestored(world);
  });

  it('where the repository of the plan is another one, and not registered', async () => {
    const repository = { name: 'elsewhere', bucket: 'snapshots', basePath: 'else' };
    const { cause } = await refused((world) => {
      world.plan({ search: { repository } });
    });

    expect(cause).toContain('repository elsewhere is not registered');
  });

  it('where an index has lost a primary shard', async () => {
    const { world, cause } = await refused(({ search }) => search.breakIndex('app-products', 'node left'));

    expect(cause).toContain('nothing can be saved of app-products');
    expectSuccess(await world.restore({ safetyPoint: false, ...confirmed }));
    expectRestored(world);
  });

  it('but not where no index would be deleted', async () => {
    const world = await new World().damaged();
    world.search.breakIndex('app-products', 'node left');

    expectSuccess(await world.restore({ indices: ['app-orders'], ...confirmed }));
  });
});

describe('tandem', () => {
  async function restored(): Promise<CommandLine> {
    const cli = new CommandLine(await new World().damaged());
    await cli.world.restore(confirmed, { name: 'undo' });
    return cli;
  }

  it('lists a safety point as what it is', async () => {
    const cli = await restored();

    const { document } = await cli.run('list', 'app', '--json');
    const { stdout } = await cli.run('list', 'app');

    expect(document).toEqual([
      expect.objectContaining({ recoveryPoint: 'undo-safety', state: 'COMPLETE', safetyOf: 'undo', tables: 2 }),
      expect.not.objectContaining({ safetyOf: expect.anything() }),
    ]);
    expect(stdout).toMatch(/│ undo-safety +│ app +│ COMPLETE, safety point +│/);
  });

  it('shows what a safety point found, and what it did not', async () => {
    const cli = await restored();

    const { stdout } = await cli.run('show', 'app', '--point', 'undo-safety');

    expect(stdout).toContain('safety point: what restore undo found');
    expect(stdout).toContain('not there then: table app-0002, index app-orders');
    expect((await cli.run('show', 'app')).stdout).toContain('Recovery point backup-1 ');
  });

  it('names the safety point of a restore, and shows what its undo removes', async () => {
    const cli = new CommandLine(await new World().damaged());
    const { document } = await cli.run('restore', 'app', '--yes', '--json');
    const [safety] = await cli.world.safetyPoints();
    const point = safety?.recoveryPoint ?? '';

    const { stdout } = await cli.run('restore', 'app', '--point', point, '--dry-run');

    expect(document).toMatchObject({ state: 'COMPLETE', safetyPoint: point });
    expect(stdout).toContain('  removes 1 table: 1 item, 14 B now\n  removes 1 index: 80 documents, 8.21 kB now\n');
  });

  it('tells both commands of a restore that failed half-way, for a person and for a script', async () => {
    const failing = async () => {
      const cli = new CommandLine(await new World().damaged());
      cli.world.search.spoilNextRestore('app-orders', 'no space left');
      return cli;
    };
    const forPerson = await (await failing()).run('restore', 'app', '--yes', '--stage', 'prod');
    const forScript = await (await failing()).run('restore', 'app', '--yes', '--json', '--stage', 'prod');

    expect(forPerson.stderr).toMatch(
      /The command: npx tandem restore app --run=(\S+) .*--stage=prod.*\nTo undo it: npx tandem restore app --point=\1-safety --yes --stage=prod /,
    );
    expect(forScript.document).toMatchObject({
      carryOn: expect.stringMatching(/^npx tandem restore app --run=\S+ --plan-hash=\w+ --stage=prod /),
      undo: expect.stringMatching(/^npx tandem restore app --point=\S+-safety --yes --stage=prod /),
    });
  });
});
