import { describe, expect, it } from 'vitest';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { expectSuccess } from '../support/round-trip.ts';
import { World } from '../support/world.ts';

async function backedUp(tables: number): Promise<World> {
  const world = new World().addTables(tables).plan({ search: null });
  await world.backup();
  world.forgetCalls();
  return world;
}

describe('a table under a key of the account', () => {
  it('is restored under that key', async () => {
    const world = new World().addTables(2).plan({ search: null });
    const encryption = { type: 'KMS', keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b' };
    world.dynamo.changeTable('app-0000', { encryption });
    await world.backup();

    expect((await world.restore()).failure).toBeUndefined();

    expect(world.dynamo.everything().tables.map((table) => table.encryption)).toEqual([encryption, undefined]);
  });
});

describe('a restore of which one table cannot be brought back', () => {
  const denied = new TandemError('ACCESS_DENIED', 'not authorized');

  it('brings the others in hand back before it fails', async () => {
    const world = await backedUp(3);
    world.dynamo.faults.fail('backups.restore', denied, { target: 'app-0001', times: 1_000 });

    const run = await world.restore();

    expect(run.failure).toMatchObject({
      Error: 'ProviderFailureError',
      Cause: expect.stringContaining('not authorized'),
    });
    const { tables } = world.dynamo.everything();
    expect(tables.map((table) => [table.name, table.deletionProtection])).toEqual([
      ['app-0000', true],
      ['app-0002', true],
    ]);
  });

  it('tells that failure where the others take too long', async () => {
    const world = new World({ dynamo: { restoringTable: 86_400 } }).addTables(2).plan({ search: null, deadline: '1h' });
    await world.backup();
    world.dynamo.faults.fail('backups.restore', denied, { target: 'app-0001', times: 1_000 });

    const run = await world.restore();

    expect(run.failure).toMatchObject({
      Error: 'DeadlineExceededError',
      Cause: expect.stringMatching(/Pending: tables app-0000, app-0001; .*not authorized/),
    });
    expect(world.lastAlert().done).toEqual([
      'the safety point restore-2-safety is complete',
      'tables RESTORING: 2 (app-0000, app-0001), failed: ProviderFailureError: not authorized',
      'the writers that were paused are as they were before',
    ]);
  });

  it.for([
    ['tables.delete', ['deletion protection switched off and not on again: app-0000']],
    ['tables.setDeletionProtection', []],
  ] as const)('tells whether deletion protection is off: %s is refused', async ([operation, told]) => {
    const world = await backedUp(1);
    world.dynamo.faults.fail(operation, denied, { times: 1_000 });

    await world.restore();

    expect(await world.dynamo.tables.describe('app-0000')).toMatchObject({ deletionProtection: told.length === 0 });
    expect(world.lastAlert().done.slice(2)).toEqual([...told, 'the writers that were paused are as they were before']);
  });

  it('touches no further table', async () => {
    const world = await backedUp(80);
    world.dynamo.faults.fail('backups.restore', denied, { times: 1_000 });

    await world.restore();

    // As many as are restored at a time, and those that are deleted ahead.
    expect(world.dynamo.faults.count('tables.delete')).toBe(60);
  });
});

describe('a restore of tables', () => {
  it('takes deletion protection off, and puts it back as the last of the settings', async () => {
    const world = await backedUp(1);
    expectSuccess(await world.restore());

    const written = world.dynamo.faults.calls
      .map(({ operation }) => operation)
      .filter((operation) => /^(tables\.(set|delete)|backups\.restore)/.test(operation));
    expect(written.slice(0, 3)).toEqual(['tables.setDeletionProtection', 'tables.delete', 'backups.restore']);
    expect(written.at(-1)).toBe('tables.setDeletionProtection');
    expect(await world.dynamo.tables.describe('app-0000')).toMatchObject({ deletionProtection: true });
  });

  it('of which the settings were off leaves them off', async () => {
    const world = new World().plan({ search: null });
    world.dynamo.addTable({ name: 'app-plain' }, { item: 'plain' });
    await world.backup();
    const before = world.application();
    world.forgetCalls();

    expectSuccess(await world.restore());

    expect(world.application()).toEqual(before);
    expect(world.dynamo.faults.calls.filter(({ operation }) => operation.startsWith('tables.set'))).toEqual([]);
  });

  it('never has more than 50 in hand, asks at most 8 a second, and slides on as they come back', async () => {
    const world = await backedUp(120);
    const restore = world.dynamo.backups.restore;
    const [inHand, asked]: [number[], number[]] = [[], []];
    world.dynamo.backups.restore = async (backupArn, table) => {
      const tableId = await restore(backupArn, table);
      const now = world.clock.now().getTime();
      inHand.push(world.dynamo.everything().tables.filter((one) => one.restoredFrom && one.activeAt > now).length);
      asked.push(now);
      return tableId;
    };

    const run = await world.restore();

    expectSuccess(run);
    expect(asked).toHaveLength(120);
    expect(Math.max(...inHand)).toBe(50);
    // DynamoDB had none to refuse.
    expect(world.dynamo.faults.count('backups.restore')).toBe(120);
    const busiest = asked.map((from) => asked.filter((at) => at >= from && at < from + 1_000).length);
    expect(Math.max(...busiest)).toBeLessThanOrEqual(8);
    expect(world.application().tables).toEqual(new World().addTables(120).application().tables);
  });

  it('takes the next in hand when one is back, not when all are', async () => {
    const world = await backedUp(52);
    const slowest = 3_600_000;
    const restore = world.dynamo.backups.restore;
    world.dynamo.backups.restore = async (backupArn, table) => {
      const tableId = await restore(backupArn, table);
      if (table === 'app-0000') world.dynamo.changeTable(table, { activeAt: world.clock.now().getTime() + slowest });
      return tableId;
    };
    const start = world.clock.now().getTime();

    expectSuccess(await world.restore());

    const created = world.dynamo.everything().tables.map((table) => table.createdAt.getTime() - start);
    expect(Math.max(...created)).toBeLessThan(slowest / 4);
    expect(world.clock.now().getTime() - start).toBeGreaterThan(slowest);
  });
});

describe('the pace of a restore', () => {
  it('follows quick moves closely, however slow the polls have become', async () => {
    const durations = { updatingTable: 3, deletingTable: 12, restoringTable: 90 };
    const world = new World({ dynamo: durations }).plan({ search: null });
    world.dynamo.addTable({ name: 'app-orders', stream: 'NEW_IMAGE', deletionProtection: true });
    await world.backup();
    const start = world.clock.now().getTime();

    expectSuccess(await world.restore());

    // Without a pause it would take 112 s: protection off, deletion, restore, stream, protection on.
    expect((world.clock.now().getTime() - start) / 1_000).toBeLessThan(150);
  });

  it('is not set back by each of many tables that come back one after another', async () => {
    const world = await backedUp(50);
    const restore = world.dynamo.backups.restore;
    world.dynamo.backups.restore = async (backupArn, table) => {
      const tableId = await restore(backupArn, table);
      const minutes = 5 + Number(table.slice(-2));
      world.dynamo.changeTable(table, { activeAt: world.clock.now().getTime() + minutes * 60_000 });
      return tableId;
    };

    const run = await world.restore();

    expectSuccess(run);
    // One a minute is the slowest pace: an hour has no more polls, though fifty times something moves.
    expect(run.states.filter((state) => state === 'RestoreTables').length).toBeLessThan(80);
  });
});

describe('what DynamoDB does not allow yet', () => {
  it.for(['TABLE_EXISTS', 'NOT_READY', 'THROTTLED'] as const)('is asked for again: %s', async (code) => {
    const world = await backedUp(2);
    world.dynamo.faults.fail('backups.restore', new TandemError(code, 'not now'), { times: 3 });

    expectSuccess(await world.restore());

    expect(world.application().tables).toEqual(new World().addTables(2).application().tables);
    expect(world.alerts.published).toEqual([]);
  });

  it.for(['tables.delete', 'tables.setTags', 'tables.setTimeToLive', 'tables.setPointInTimeRecovery'] as const)(
    'is asked for again: %s of a table that is in use',
    async (operation) => {
      const world = await backedUp(1);
      world.dynamo.faults.fail(operation, new TandemError('NOT_READY', 'in use'), { times: 2 });

      expectSuccess(await world.restore());
    },
  );

  it('is told in the alert where it lasts', async () => {
    const world = new World({ dynamo: { deletingTable: 86_400 } }).addTables(1).plan({ search: null, deadline: '10m' });
    await world.backup();

    await world.restore();

    expect(world.lastAlert().done.slice(1)).toEqual([
      'tables DELETING: 1 (app-0000)',
      'the writers that were paused are as they were before',
    ]);
  });
});

describe('a lost answer to the restore of a table', () => {
  const lost = new TandemError('OUTCOME_UNKNOWN', 'socket hang up');

  it.for<[when: 'before' | 'after', seconds: number]>([
    ['before', 90],
    ['after', 90],
    ['after', 0],
  ])(
    'is settled by what is there: cut off %s it was done, with a restore that takes %i s',
    async ([when, restoringTable]) => {
      const world = new World({ dynamo: { restoringTable } }).addTables(1).plan({ search: null });
      await world.backup();
      world.dynamo.faults.fail('backups.restore', lost, { when });

      expectSuccess(await world.restore());

      expect(world.application().tables).toEqual(new World().addTables(1).application().tables);
      expect(world.dynamo.faults.count('backups.restore')).toBe(when === 'before' ? 2 : 1);
    },
  );

  it.for<[what: string, milliseconds: number]>([
    ['tells whole seconds', 437],
    ['is behind', 120_000],
  ])('knows the restored table though the clock of DynamoDB %s', async ([, milliseconds]) => {
    const world = new World({ dynamo: { restoringTable: 0 } }).addTables(1).plan({ search: null });
    await world.backup();
    const { restore } = world.dynamo.backups;
    world.dynamo.backups.restore = async (...asked) => {
      await restore(...asked);
      world.dynamo.backups.restore = restore;
      const createdAt = new Date(world.clock.now().getTime() - milliseconds);
      world.dynamo.changeTable('app-0000', { createdAt });
      throw lost;
    };

    expectSuccess(await world.restore());
  });
});
