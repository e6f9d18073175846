import { describe, expect, it } from 'vitest';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { CommandLine } from '../support/command-line.ts';
import { expectRestored } from '../support/round-trip.ts';
import { World } from '../support/world.ts';

const denied = new TandemError('ACCESS_DENIED', 'not authorized');

/** Runs the command that the last alert names, word for word. */
async function runCommand(world: World) {
  const [program, ...words] = world.lastAlert().command;
  expect(program).toBe('tandem');
  const { code, stderr } = await new CommandLine(world).run(...words);
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

  it('leaves out what the command line does not take beside a run', async () => {
    const world = await new World().damaged();
    await world.restore({ confirmed: true }, { name: 'undo', killAfterTasks: 3 });
    world.dynamo.faults.fail('backups.describe', denied);
    await world.restore({ run: 'undo', point: 'latest', confirmed: true });

    expect(await runCommand(world)).toMatchObject({ command: 'restore app --run=undo --yes', code: 0 });

    expectRestored(world);
  });
});
