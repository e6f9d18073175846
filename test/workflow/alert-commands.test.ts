import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { CommandLine } from '../support/command-line.ts';
import { expectRestored } from '../support/round-trip.ts';
import { temporaryFolder } from '../support/sandbox-processes/temporary-sandbox.ts';
import { catalog, World } from '../support/world.ts';

const denied = new TandemError('ACCESS_DENIED', 'not authorized');

/** Runs the command that the last alert names, word for word. */
async function runCommand(world: World, commandLine = new CommandLine(world)) {
  const [program, ...words] = world.lastAlert().command;
  expect(program).toBe('tandem');
  const { code, stderr } = await commandLine.run(...words);
  return { command: words.join(' '), code, stderr };
}

describe('the command of an alert', () => {
  it('carries on with a backup', async () => {
    const world = new World().addTables(2).addIndices();
    world.dynamo.faults.fail('backups.create', denied);
    await world.backup();

    expect(await runCommand(world)).toMatchObject({ command: 'backup app --run=backup-1', code: 0 });

    expect(await world.recoveryPoints()).toMatchObject([{ recoveryPoint: 'backup-1' }]);
    expect(world.dynamo.everything().backups).toHaveLength(2);
  });

  it('starts a backup again where going on would not be as good', async () => {
    const world = new World().addTables(2).addIndices();
    world.search.spoilNextSnapshot('PARTIAL', ['app-orders[1]: no space left']);
    await world.backup();

    expect(await runCommand(world)).toMatchObject({ command: 'backup app', code: 0 });

    expect((await world.recoveryPoints()).map((point) => point.recoveryPoint)).not.toContain('backup-1');
  });

  it('is no restore where a backup finds its recovery point damaged', async () => {
    const world = new World().addTables(2).addIndices();
    await world.backup({}, { name: 'before' });
    await world.buckets.open(catalog).create('recovery-points/app/nightly/manifest.json', '{}');
    expect((await world.backup({}, { name: 'nightly' })).failure?.Cause).toContain('[RECOVERY_POINT_CHANGED]');

    expect(world.lastAlert().command.join(' ')).toBe('tandem backup app --run=nightly');
  });

  it('carries on with a restore as it was confirmed', async () => {
    const world = await new World().damaged();
    world.search.spoilNextRestore('app-orders', 'no space left');
    const { failure } = await world.restore({ point: 'backup-1', confirmed: true }, { name: 'undo' });
    expect(failure?.Error).toBe('ProviderFailureError');

    expect(await runCommand(world)).toMatchObject({
      command: expect.stringMatching(/^restore app --run=undo --plan-hash=[0-9a-f]{64}$/),
      code: 0,
    });

    expectRestored(world);
  });

  it('begins a restore again that was refused, with all that it was given', async () => {
    const world = await new World().damaged();
    await world.search.startForeignSnapshot('tandem', 'somebody-s', ['app-empty']);
    const input = { point: 'backup-1', tables: ['app-000?', 'app-0001'], indices: ['app-*'], confirmed: true };
    expect((await world.restore(input)).failure?.Error).toBe('GuardRefusedError');
    await world.clock.sleep(60_000);

    expect(await runCommand(world)).toMatchObject({
      command: 'restore app --point=backup-1 --tables=app-000? --tables=app-0001 --indices=app-* --yes',
      code: 0,
    });

    expectRestored(world);
  });

  it('begins a restore again that is to be proven, by the hash of its plan', async () => {
    const world = await new World().damaged();
    const looked = await new CommandLine(world).run(
      'restore',
      'app',
      '--dry-run',
      '--count',
      '--sample',
      '9',
      '--json',
    );
    const { planHash } = JSON.parse(looked.stdout);
    await world.search.startForeignSnapshot('tandem', 'somebody-s', ['app-empty']);
    const { failure } = await world.restore({ count: true, sample: 9, planHash });
    expect(failure?.Error).toBe('GuardRefusedError');
    await world.clock.sleep(60_000);

    expect(await runCommand(world)).toMatchObject({
      command: expect.stringContaining(`restore app --count --sample=9 --plan-hash=${planHash}`),
      code: 0,
    });
  });

  it('keeps to the proof of a restore that has to look anew', async () => {
    const world = await new World().damaged();
    world.dynamo.faults.fail('backups.create', new TandemError('TABLE_NOT_FOUND', 'It is gone.'), { times: 9 });
    await world.restore({ count: true, confirmed: true });

    expect(world.lastAlert().command.join(' ')).toMatch(/ --count --plan-hash=/);
  });

  it('names tables so that none is taken for an option', async () => {
    const world = new World().plan({ tables: { include: ['*'] }, search: null });
    const before = { '--version': { item: 'old' }, '-orders': { item: 'of then' } };
    for (const [name, items] of Object.entries(before)) world.dynamo.addTable({ name }, items);
    await world.backup();
    for (const name of Object.keys(before)) world.dynamo.write(name, 'item', 'damaged');
    world.dynamo.faults.fail('tables.describe', denied);
    await world.restore({ tables: Object.keys(before), confirmed: true });

    expect(await runCommand(world)).toMatchObject({
      command: 'restore app --tables=--version --tables=-orders --yes',
      code: 0,
    });

    const after = world.application().tables.map(({ name, items }) => [name, Object.fromEntries(items)]);
    expect(Object.fromEntries(after)).toEqual(before);
  });

  it('begins a dry run again as a dry run', async () => {
    const world = await new World().damaged();
    world.dynamo.faults.fail('tables.describe', denied);
    const before = await world.everything();
    await world.restore({ dryRun: true, confirmed: true });

    expect(await runCommand(world)).toMatchObject({ command: 'restore app --dry-run', code: 0 });

    expect(await world.everything()).toEqual(before);
  });

  it('reaches the stage that the run is in', async () => {
    const world = await new World().damaged();
    const machines = ['prod', 'test'].flatMap((stage) => [`tandem-${stage}-backup`, `tandem-${stage}-restore`]);
    const commandLine = new CommandLine(world, machines);
    world.search.spoilNextRestore('app-orders', 'no space left');
    expect((await commandLine.run('restore', 'app', '--yes', '--stage', 'test')).code).toBe(4);

    expect(await runCommand(world, commandLine)).toMatchObject({
      command: expect.stringMatching(/^restore app --run=\S+ --plan-hash=\w+ --stage=test$/),
      code: 0,
    });
    expect(Object.keys(world.lastAlert().input)).toEqual(['plan', 'run', 'planHash']);
  });

  it('reaches the machine that the run is on, with its plan file', async () => {
    const world = await new World().damaged();
    const config = join(await temporaryFolder(), 'plans.yml');
    await writeFile(config, world.planFile ?? '');
    const commandLine = new CommandLine(world, []);
    world.search.spoilNextRestore('app-orders', 'no space left');
    expect((await commandLine.run('restore', 'app', '--yes', '--local', '--config', config)).code).toBe(4);

    expect(await runCommand(world, commandLine)).toMatchObject({
      command: expect.stringMatching(` --local --config=${config}$`),
      code: 0,
    });
  });

  describe('after the plan has changed', () => {
    it('shows what would be done now', async () => {
      const world = await new World().damaged();
      await world.restore({ dryRun: true }, { name: 'look' });
      world.search.removeIndex('app-products');
      await world.restore({ tables: ['app-*'], planHash: 'of-before' });

      expect(await runCommand(world)).toMatchObject({
        command: 'restore app --tables=app-* --dry-run',
        code: 0,
      });
    });

    it('shows what a dry run that was carried on would do now', async () => {
      const world = await new World().damaged();
      await world.restore({ dryRun: true, tables: ['app-*1'] }, { name: 'look' });
      world.dynamo.addTable({ name: 'app-0001' });
      await world.restore({ run: 'look', confirmed: true });

      expect(await runCommand(world)).toMatchObject({
        command: 'restore app --point=backup-1 --tables=app-*1 --dry-run',
        code: 0,
      });
    });

    it('goes on as it was confirmed where the restore has begun', async () => {
      const world = await new World().damaged();
      await world.failedOnceBegun('index-restore');
      await world.restore({ run: 'undo', planHash: 'of-another' });

      expect(await runCommand(world)).toMatchObject({ code: 0 });

      expectRestored(world);
    });
  });

  describe('after the recovery point was lost', () => {
    async function backedUpTwice(): Promise<World> {
      const world = new World().addTables(3).addIndices();
      await world.backup();
      await world.clock.sleep(60_000);
      await world.backup({}, { name: 'later' });
      return world;
    }

    it('shows what another one would bring back', async () => {
      const world = await backedUpTwice();
      await world.failedOnceBegun('index-restore');
      world.search.deleteSnapshot('tandem', 'tandem-later');
      await world.restore({ run: 'undo', confirmed: true });

      expect(await runCommand(world)).toMatchObject({ command: 'restore app --point=backup-1 --dry-run', code: 0 });
    });

    it('shows what another one would bring back before anything was begun, too', async () => {
      const world = await backedUpTwice();
      world.search.deleteSnapshot('tandem', 'tandem-later');
      await world.restore({ indices: ['app-orders'], confirmed: true });

      expect(await runCommand(world)).toMatchObject({
        command: 'restore app --point=backup-1 --indices=app-orders --dry-run',
        code: 0,
      });
    });

    it('goes on where there is no other', async () => {
      const world = await new World().damaged();
      await world.failedOnceBegun('index-restore');
      world.search.deleteSnapshot('tandem', 'tandem-backup-1');
      await world.restore({ run: 'undo', confirmed: true });

      expect(world.lastAlert().command.join(' ')).toBe('tandem restore app --run=undo --yes');
    });
  });

  it('goes on where what it restores from can be read again', async () => {
    const world = await new World().damaged();
    await world.failedOnceBegun('index-restore');
    world.search.configure({ engine: { distribution: 'opensearch', version: '3.7.9' } });
    const { failure } = await world.restore({ run: 'undo', confirmed: true });
    expect(failure?.Cause).toContain('[SOURCE_UNREADABLE]');
    world.search.configure({ engine: { distribution: 'opensearch', version: '3.8.0' } });

    expect(await runCommand(world)).toMatchObject({ command: 'restore app --run=undo --yes', code: 0 });

    expectRestored(world);
  });

  it('leaves out what the command line does not take beside a run', async () => {
    const world = await new World().damaged();
    await world.restore({ confirmed: true }, { name: 'undo', killAfterTasks: 3 });
    world.dynamo.faults.fail('backups.describe', denied);
    await world.restore({ run: 'undo', point: 'latest', confirmed: true });

    expect(await runCommand(world)).toMatchObject({ command: 'restore app --run=undo --yes', code: 0 });

    expectRestored(world);
  });
});
