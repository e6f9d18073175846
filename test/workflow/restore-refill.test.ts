import { describe, expect, it } from 'vitest';
import { isScratchName } from '../../shared/core/scratch-table.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { CommandLine } from '../support/command-line.ts';
import { expectRestored, expectSuccess } from '../support/round-trip.ts';
import { catalog, World } from '../support/world.ts';

const refill = { tableStrategy: 'refill', confirmed: true };

/** Which tables there are, by their ids. */
function idsOf(world: World): Record<string, string> {
  return Object.fromEntries(world.dynamo.everything().tables.map(({ name, tableId }) => [name, tableId]));
}

function scratchTables(world: World): string[] {
  return Object.keys(idsOf(world)).filter(isScratchName);
}

describe('a table that is refilled', () => {
  it('gets the items of its backup and stays what it is, with its stream and triggers', async () => {
    const world = await new World().damaged();
    const [before, stream] = [idsOf(world), world.streamOf('app-0001')];

    expectSuccess(await world.restore(refill));

    expectRestored(world);
    expect(idsOf(world)).toMatchObject(before);
    expect(world.streamOf('app-0001')).toBe(stream);
    expect(world.dynamo.faults.count('tables.delete', 'app-0000')).toBe(0);
    expect(world.dynamo.faults.count('tables.setDeletionProtection', 'app-0001')).toBe(0);
    expect(scratchTables(world)).toEqual([]);
    expect(world.alerts.published).toEqual([]);
  });

  it('costs no write for what is as it was', async () => {
    const world = new World().addTables(1);
    for (let number = 0; number < 120; number += 1) world.dynamo.write('app-0000', `key-${number}`, 'as it was');
    world.plan({ search: null });
    await world.backup();
    for (const key of ['key-7', 'key-70']) world.dynamo.write('app-0000', key, 'changed');
    world.dynamo.write('app-0000', 'key-77', undefined);
    world.dynamo.write('app-0000', 'stray', 'came later');
    const written: number[] = [];
    const { write } = world.dynamo.tableItems;
    world.dynamo.tableItems.write = async (table, changes) => {
      written.push(changes.length);
      return write(table, changes);
    };

    expectSuccess(await world.restore(refill));

    expect(written.reduce((sum, count) => sum + count, 0)).toBe(4);
    expect(world.dynamo.items('app-0000').size).toBe(121);
    expect(world.dynamo.items('app-0000').get('key-77')).toBe('as it was');
  });

  it('may be a global table', async () => {
    const world = await new World().damaged();
    for (const name of ['app-0000', 'app-0001']) world.dynamo.changeTable(name, { globalTable: true });

    expectSuccess(await world.restore(refill));

    expect([...world.dynamo.items('app-0001')]).toEqual([['item', 'of table 1']]);
  });

  it('gets the settings back that it has lost, and keeps the protection that it got', async () => {
    const world = new World().addTables(2).addIndices();
    world.dynamo.changeTable('app-0001', { deletionProtection: false });
    await world.backup();
    const before = world.application();
    world.dynamo.changeTable('app-0000', { tags: {}, timeToLive: undefined, resourcePolicy: undefined });
    world.dynamo.changeTable('app-0001', { deletionProtection: true });

    expectSuccess(await world.restore(refill));

    const [first, second] = world.application().tables;
    expect(first).toEqual(before.tables[0]);
    expect(second?.deletionProtection).toBe(true);
  });

  it('keeps what it got since, with what that triggers, and tells it', async () => {
    const world = new World().plan({ search: null });
    world.dynamo.addTable({ name: 'app-0000', tags: { team: 'shop' } }, { item: '1' });
    await world.backup();
    const timeToLive = { attribute: 'expiresAt' };
    world.dynamo.changeTable('app-0000', { tags: { team: 'other', cost: '7' }, timeToLive });
    world.dynamo.changeTable('app-0000', { tableClass: 'STANDARD_INFREQUENT_ACCESS' });
    await world.dynamo.tables.setStream('app-0000', 'NEW_IMAGE');
    await world.clock.sleep(60_000);
    world.addTrigger('app-0000');

    expectSuccess(await world.restore(refill, { name: 'again' }));

    const [table] = world.application().tables;
    expect(table).toMatchObject({ tags: { team: 'shop', cost: '7' }, timeToLive, stream: 'NEW_IMAGE' });
    expect(table?.triggers).toMatchObject([{ on: true }]);
    const verification = await world.buckets.open(catalog).get('ledgers/app/again/verification.json');
    expect(JSON.parse(verification?.body ?? '').remarks).toEqual([
      'Table app-0000 keeps what it got since the backup: tag cost, stream, time to live, table class.',
    ]);
  });

  it('gets a trigger again that it has lost, switched on', async () => {
    const world = new World().plan({ search: null }).addTables(1);
    await world.backup();
    const before = world.application();
    world.triggers.length = 0;

    const { stdout } = await new CommandLine(world).run('restore', '--dry-run', '--table-strategy', 'refill');
    expectSuccess(await world.restore(refill));

    expect(stdout).toContain('makes 1 trigger again that tables in place have lost');
    expect(world.application()).toEqual(before);
  });

  it('is waited for until its last setting is back', async () => {
    const world = new World().plan({ search: null });
    world.dynamo.addTable({ name: 'app-0000', deletionProtection: true }, { item: '1' });
    await world.backup();
    world.dynamo.changeTable('app-0000', { deletionProtection: false });

    expectSuccess(await world.restore(refill));

    expect(world.application().tables).toMatchObject([{ deletionProtection: true }]);
  });

  it('is not refilled where its key is another one now', async () => {
    const world = await new World().damaged();
    const [table] = world.dynamo.everything().tables;
    if (table === undefined) throw new Error('There is no table.');
    world.dynamo.changeTable('app-0000', { shape: { ...table.shape, attributes: { pk: 'N' } } });

    const { failure } = await world.restore(refill);

    expect(failure?.Cause).toContain('[KEYS_DIFFER]');
    expect(failure?.Cause).toContain('table app-0000 has pk (HASH, N), and had pk (HASH, S)');
    expect(await world.safetyPoints()).toEqual([]);
  });

  it('that somebody writes to meanwhile is told, and in order once it is carried on', async () => {
    const world = await new World().damaged();
    const { scan } = world.dynamo.tableItems;
    let isDisturbed = false;
    world.dynamo.tableItems.scan = async (table, options) => {
      // What is deleted now was compared already.
      if (table === 'app-0001' && !isDisturbed) world.dynamo.write('app-0001', 'item', undefined);
      isDisturbed ||= table === 'app-0001';
      return scan(table, options);
    };

    const { failure } = await world.restore(refill);

    expect(failure?.Error).toBe('VerificationFailedError');
    expect(failure?.Cause).toContain('table app-0001: items: 0 of them, not the 1 of the backup');
    expect(failure?.Cause).toContain('stop who writes, then carry on');
    expect(scratchTables(world)).toHaveLength(2);
    expect(world.alerts.published.at(-1)?.message).toContain(`kept to compare with`);

    expectSuccess(await world.carryOn());
    expectRestored(world);
  });

  it('that was made anew since the plan is left alone', async () => {
    const world = await new World().damaged();
    const breakDown = { task: 'RestoreTables', skip: 1, error: 'Runtime.ExitError', times: 1 };
    await world.restore(refill, { breakDown });
    world.dynamo.removeTable('app-0001');
    world.dynamo.addTable({ name: 'app-0001' }, { theirs: 'kept' });

    const { failure } = await world.carryOn();

    expect(failure?.Cause).toContain('[TABLE_CHANGED]');
    expect([...world.dynamo.items('app-0001')]).toEqual([['theirs', 'kept']]);
  });

  it.for([
    ['the table', 'app-0001'],
    ['what it is compared with', undefined],
  ] as const)('is left alone where %s is made anew meanwhile', async ([, table]) => {
    const world = await new World().damagedTables();
    const breakDown = { task: 'RefillSegments', error: 'Runtime.ExitError', times: 1 };
    await world.restore(refill, { breakDown });
    const name = table ?? scratchTables(world).at(-1) ?? '';
    world.dynamo.removeTable(name);
    world.dynamo.addTable({ name }, { theirs: 'kept' });
    const before = [...world.dynamo.items('app-0001')];

    const { failure } = await world.carryOn();

    expect(failure?.Cause).toContain(`[TABLE_CHANGED] RefillSegments: Table ${name} is not the one`);
    expect([...world.dynamo.items('app-0001')]).toEqual(before);
  });

  it('is refilled by several workers at once, and nothing is deleted before everything is written', async () => {
    const world = new World().plan({ search: null }).addTables(1);
    const large = 'x'.repeat(400_000);
    for (let number = 0; number < 60; number += 1) world.dynamo.write('app-0000', `key-${number}`, large);
    await world.backup();
    for (let number = 0; number < 60; number += 1) {
      world.dynamo.write('app-0000', `key-${number}`, undefined);
      world.dynamo.write('app-0000', `stray-${number}`, large);
    }

    const run = await world.restore(refill);

    expectSuccess(run);
    expect(run.states.filter((state) => state === 'RefillSegments').length).toBeGreaterThan(8);
    expect([...world.dynamo.items('app-0000').keys()].filter((key) => key.startsWith('key'))).toHaveLength(60);
    expect(world.dynamo.items('app-0000').size).toBe(61);
  });

  it('takes no more write units a second than it may', async () => {
    const world = new World().plan({ search: null, strategies: { tables: 'refill', writeUnits: 40 } });
    world.addTables(1);
    for (let number = 0; number < 1_000; number += 1) world.dynamo.write('app-0000', `key-${number}`, 'as it was');
    await world.backup();
    for (let number = 0; number < 1_000; number += 1) world.dynamo.write('app-0000', `key-${number}`, 'changed');
    const times: number[] = [];
    const { write } = world.dynamo.tableItems;
    world.dynamo.tableItems.write = async (table, changes) => {
      times.push(world.clock.now().getTime());
      return write(table, changes);
    };

    expectSuccess(await world.restore({ confirmed: true }));

    const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000;
    expect(1_000 / seconds).toBeLessThanOrEqual(45);
  });

  it('takes its time where a table throttles, both to refill and to count', async () => {
    const world = new World().plan({ search: null }).addTables(1);
    for (let number = 0; number < 200; number += 1) world.dynamo.write('app-0000', `key-${number}`, 'as it was');
    await world.backup();
    for (let number = 0; number < 200; number += 1) world.dynamo.write('app-0000', `key-${number}`, 'changed');
    const { faults } = world.dynamo;
    for (const operation of ['items.scan', 'items.get', 'items.write', 'items.count'] as const) {
      faults.fail(operation, new TandemError('THROTTLED', 'There are no units left.'), { skip: 2, times: 100 });
    }

    expectSuccess(await world.restore({ ...refill, count: true }));

    expect(new Set(world.dynamo.items('app-0000').values())).toEqual(new Set(['as it was', 'of table 0']));
  });

  it('is refilled within the time of a function by however few units it has', async () => {
    const world = new World().plan({ search: null });
    const shape = { billingMode: 'PROVISIONED', throughput: { readUnits: 1, writeUnits: 1 } } as const;
    world.dynamo.addTable({ name: 'app-0000', shape });
    for (let number = 0; number < 20; number += 1) world.dynamo.write('app-0000', `key-${number}`, 'as it was');
    await world.backup();
    for (let number = 0; number < 20; number += 1) world.dynamo.write('app-0000', `key-${number}`, 'changed');
    const waits: number[] = [];
    const sleep = world.clock.sleep.bind(world.clock);
    world.clock.sleep = async (milliseconds) => {
      waits.push(milliseconds);
      await sleep(milliseconds);
    };
    // Large items, each of 400 units.
    const { write } = world.dynamo.tableItems;
    world.dynamo.tableItems.write = async (table, changes) => 400 * (await write(table, changes));

    expectSuccess(await world.restore({ ...refill, point: 'backup-1' }, { taskSeconds: 900 }));

    expect(Math.max(...waits)).toBeLessThan(900_000);
    expect(new Set(world.dynamo.items('app-0000').values())).toEqual(new Set(['as it was']));
  });
});

describe('scratch tables', () => {
  it('are in no backup, whatever its globs say', async () => {
    const world = await new World().damaged();
    world.dynamo.addTable({ name: 'app-0000-tandem-scratch-0123abcd' });

    expectSuccess(await world.backup());

    const [newest] = await world.recoveryPoints();
    expect(newest?.tables.map(({ name }) => name)).toEqual(['app-0000', 'app-0001']);
  });
});
