import { describe, expect, it } from 'vitest';
import { few } from '../../shared/core/deadline.ts';
import { CommandLine } from '../support/command-line.ts';
import { expectSuccess } from '../support/round-trip.ts';
import { World } from '../support/world.ts';

const beside = { tableStrategy: 'beside', tables: ['*'], confirmed: true };
const names = ['app-0000', 'app-0001', 'app-0002'];

function tableOf(world: World, name: string) {
  return world.application().tables.find((table) => table.name === name);
}

describe('tables that are restored beside', () => {
  it('come under other names, with the items of the backup, and touch nothing', async () => {
    const world = await new World().damaged();
    const before = world.application();

    expectSuccess(await world.restore(beside));

    const { tables } = world.application();
    const made = names.map((name) => `${name}-restored`);
    expect(tables.filter(({ name }) => !made.includes(name))).toEqual(before.tables);
    expect(made.map((name) => Object.fromEntries(world.dynamo.items(name)))).toEqual(
      names.map((_, number) => ({ item: `of table ${number}` })),
    );
    expect(await world.safetyPoints()).toEqual([]);
    expect(world.alerts.published).toEqual([]);
  });

  it('get none of their settings and no trigger where nobody asks for them', async () => {
    const world = await new World().damaged();

    expectSuccess(await world.restore(beside));

    expect(tableOf(world, 'app-0000-restored')).toMatchObject({
      tags: {},
      stream: undefined,
      triggers: [],
      deletionProtection: false,
    });
  });

  it('get all of their settings on request, as those of their new names, and no trigger still', async () => {
    const world = await new World().damaged();
    world.dynamo.changeTable('app-0000', {
      resourcePolicy: '{"Resource":["arn:aws:dynamodb:eu-west-1:111122223333:table/app-0000"]}',
    });
    await world.backup();

    expectSuccess(await world.restore({ ...beside, tables: ['app-0000'], settings: true }));

    const { name: _, triggers, resourcePolicy, items: __, ...settings } = tableOf(world, 'app-0000-restored') ?? {};
    expect(tableOf(world, 'app-0000')).toMatchObject(settings);
    expect(triggers).toEqual([]);
    expect(resourcePolicy).toBe('{"Resource":["arn:aws:dynamodb:eu-west-1:111122223333:table/app-0000-restored"]}');
  });

  it('get the suffix that is asked for', async () => {
    const world = await new World().damaged();

    expectSuccess(await world.restore({ ...beside, suffix: 'of-monday' }));

    expect(world.application().tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['app-0001-of-monday']));
  });

  it('are refused where a table has such a name already', async () => {
    const world = await new World().damaged();
    world.dynamo.addTable({ name: 'app-0001-restored' });

    const { failure } = await world.restore(beside);

    expect(failure?.Cause).toContain('[TARGET_IN_USE]');
    expect(failure?.Cause).toContain('app-0001-restored');
    expect(world.dynamo.faults.count('backups.restore')).toBe(0);
  });

  it('are restored of a global table, too, and of one that is busy or backed up', async () => {
    const world = await new World().damaged();
    world.dynamo.changeTable('app-0000', { globalTable: true, updatedAt: Number.POSITIVE_INFINITY });

    expectSuccess(await world.restore(beside));
  });

  it('leave nothing to undo but what they are, which the answer and the alert say', async () => {
    const world = await new World().damaged();
    const breakDown = { task: 'RestoreTables', skip: 1, error: 'Runtime.ExitError', times: 1 };

    const { failure } = await world.restore(beside, { breakDown });
    expect(failure).toBeDefined();
    const message = world.alerts.published.at(-1)?.message;
    expect(message).toContain('Nothing that existed was touched.');
    expect(message).toContain(few(names.map((name) => `${name}-restored`)));
    expect(message).not.toContain('as was asked for');

    expectSuccess(await world.carryOn());
    const { stdout } = await new CommandLine(world).run(
      ...['restore', 'app', '--local', '--table-strategy=beside', '--suffix=again', '--tables=*', '--yes'],
    );
    expect(stdout).toContain(
      'Nothing that existed was touched. To undo this restore, delete what it made: app-0000-again',
    );
  });

  it('that differ from the backup are told', async () => {
    const world = await new World().damaged();
    const { describe: look } = world.dynamo.tables;
    world.dynamo.tables.describe = async (name) => {
      const table = await look(name);
      return table && name === 'app-0001-restored' && table.status === 'ACTIVE'
        ? { ...table, shape: { ...table.shape, billingMode: 'PROVISIONED' } }
        : table;
    };

    const { failure } = await world.restore(beside);

    expect(failure?.Cause).toContain('table app-0001-restored: billing mode: PROVISIONED, not PAY_PER_REQUEST');
  });
});

it.for([
  [{ suffix: 'x' }, '--suffix'],
  [{ settings: true }, '--settings'],
  [{ writeUnits: 5, tableStrategy: 'beside' }, '--write-units'],
] as const)('an option that goes with another strategy is refused: %o', async ([input, option]) => {
  const world = await new World().damaged();

  const { failure } = await world.restore({ ...input, confirmed: true });

  expect(failure?.Error).toBe('InvalidRequestError');
  expect(failure?.Cause).toContain(option);
});
