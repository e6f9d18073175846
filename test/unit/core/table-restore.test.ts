import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TableRestore } from '../../../shared/contracts/ledger/restores.ts';
import type { TableToRestore } from '../../../shared/contracts/restore-plan.ts';
import { nextTableMove, restoreBefore, type TableMove } from '../../../shared/core/table-restore.ts';
import type { TableDescription } from '../../../shared/ports/tables.ts';
import { shapeOf } from '../../support/table-spec.ts';

const second = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 2, 0, seconds));

/** So long before second 10 as clocks may differ, and some milliseconds more or less. */
const margin = (milliseconds: number) => new Date(second(10).getTime() - 5 * 60_000 + milliseconds);

const replaced: TableToRestore = {
  name: 'orders',
  target: 'orders',
  strategy: 'replace',
  action: 'replace',
  currentId: 'old',
  backupArn: 'arn:backup',
  deletionProtected: false,
  settings: { back: [], not: [] },
  triggers: [],
  current: null,
  recorded: { items: 0, bytes: 0, at: '2026-11-22T02:00:00.000Z' },
};
const replacedProtected: TableToRestore = { ...replaced, deletionProtected: true };
const created: TableToRestore = { ...replaced, action: 'create', currentId: null };

function table(part: Partial<TableDescription>): TableDescription {
  return {
    name: 'orders',
    arn: 'arn:orders',
    tableId: 'old',
    status: 'ACTIVE',
    createdAt: second(0),
    items: 3,
    bytes: 300,
    shape: shapeOf({ name: 'orders' }),
    deletionProtection: false,
    stream: undefined,
    tableClass: 'STANDARD',
    encryption: undefined,
    restoredFrom: undefined,
    replicas: [],
    warmThroughput: [],
    isChanging: false,
    ...part,
  };
}

interface Case {
  planned: TableToRestore;
  restore: TableRestore;
  present: TableDescription;
  move: TableMove;
}

/** Every plan, with all that the ledger can know of the restored table, and every table that can be there then. */
const cases: Case[] = [replaced, replacedProtected, created].flatMap((planned) =>
  [{}, { newTableId: 'new' }, { askedAt: second(10).toISOString() }].flatMap((known) =>
    ['old', 'new', 'another'].flatMap((tableId) =>
      (['CREATING', 'UPDATING', 'DELETING', 'ACTIVE', 'OTHER'] as const).flatMap((status) =>
        [true, false].flatMap((deletionProtection) =>
          [undefined, 'arn:backup', 'arn:other'].flatMap((restoredFrom) =>
            [margin(-1), margin(0), second(10)].map((createdAt) => {
              const present = table({ tableId, status, deletionProtection, restoredFrom, createdAt });
              const restore: TableRestore = { status: 'TO_START', ...known };
              return { planned, restore, present, move: nextTableMove(planned, restore, present) };
            }),
          ),
        ),
      ),
    ),
  ),
);

const isGoing = ({ present }: Case) => present.status === 'DELETING';
const isAtRest = ({ present }: Case) => present.status === 'ACTIVE' || present.status === 'OTHER';
const isConfirmed = ({ planned, present }: Case) => present.tableId === planned.currentId;
const isProtected = ({ present }: Case) => present.deletionProtection;
const isKnownAsNew = ({ restore, present }: Case) => present.tableId === restore.newTableId;
/** With an answer that was lost: what is restored from our backup, or was made since it was asked for. */
const mayBeNew = ({ restore, present }: Case) =>
  restore.askedAt !== undefined &&
  (present.restoredFrom === 'arn:backup' || (present.restoredFrom === undefined && present.createdAt >= margin(0)));
const isRestored = (one: Case) => !isConfirmed(one) && (isKnownAsNew(one) || mayBeNew(one));

/** The move is made in all the cases for which the condition holds, and in no other. */
function expectExactly(move: TableMove, condition: (one: Case) => boolean): void {
  expect(cases.some(condition)).toBe(true);
  expect(cases.filter((one) => (one.move === move) !== condition(one))).toEqual([]);
}

describe('of all cases in which a table is there', () => {
  test('the one that was confirmed to be replaced is deleted, unprotected and at rest, and no other', () => {
    expectExactly('DELETE', (one) => isConfirmed(one) && isAtRest(one) && !isProtected(one));
  });

  test('its protection comes off where the plan said that it has one', () => {
    const saidSo = ({ planned }: Case) => planned.deletionProtected;
    expectExactly('UNPROTECT', (one) => isConfirmed(one) && isAtRest(one) && isProtected(one) && saidSo(one));
    expectExactly('PROTECTED', (one) => isConfirmed(one) && isAtRest(one) && isProtected(one) && !saidSo(one));
  });

  test('none is restored: the name has to be free', () => {
    expect(cases.filter(({ move }) => move === 'RESTORE')).toEqual([]);
  });

  test('one that was neither confirmed nor made by this run is foreign, unless it is on its way out', () => {
    expectExactly('FOREIGN', (one) => !isConfirmed(one) && !isRestored(one) && !isGoing(one));
  });

  test('the restored one is settled as soon as it is active', () => {
    expectExactly('SETTLE', (one) => isRestored(one) && one.present.status === 'ACTIVE');
  });

  test('one on its way out, one being changed and one being restored are waited for', () => {
    expectExactly(
      'WAIT',
      (one) =>
        isGoing(one) || (isConfirmed(one) && !isAtRest(one)) || (isRestored(one) && one.present.status !== 'ACTIVE'),
    );
  });
});

test.for(['TO_START', 'DELETING', 'RESTORING', 'SETTLING', 'DONE'] as const)(
  'a table that is not there is restored, whatever the ledger says: %s',
  (status) => {
    expect(nextTableMove(replaced, { status }, undefined)).toBe('RESTORE');
    expect(nextTableMove(created, { status }, undefined)).toBe('RESTORE');
  },
);

describe('before the move, the ledger', () => {
  const now = second(20);

  test('forgets nothing and says that the table is being deleted', () => {
    expect(restoreBefore('UNPROTECT', replaced, { status: 'TO_START' }, table({}), now)).toEqual({
      status: 'DELETING',
    });
    expect(restoreBefore('DELETE', replaced, { status: 'TO_START' }, table({}), now)).toEqual({ status: 'DELETING' });
    expect(restoreBefore('DELETE', replacedProtected, { status: 'DELETING' }, table({}), now)).toEqual({
      status: 'DELETING',
      unprotected: true,
    });
  });

  test('says since when a restore may have been asked for', () => {
    const first = restoreBefore('RESTORE', replaced, { status: 'DELETING', unprotected: true }, undefined, now);
    expect(first).toEqual({ status: 'RESTORING', askedAt: now.toISOString() });
    expect(restoreBefore('RESTORE', replaced, first, undefined, second(30))).toEqual(first);
  });

  test('takes note of the restored table while DynamoDB tells where it comes from', () => {
    const asked: TableRestore = { status: 'RESTORING', askedAt: second(10).toISOString() };
    const present = table({ tableId: 'new', status: 'CREATING', restoredFrom: 'arn:backup' });
    expect(restoreBefore('WAIT', replaced, asked, present, now)).toEqual({ status: 'RESTORING', newTableId: 'new' });
    expect(restoreBefore('WAIT', replaced, asked, table({ tableId: 'new', status: 'CREATING' }), now)).toEqual(asked);
    // One that tells it for ever, of the table that is replaced.
    const old = table({ status: 'DELETING', restoredFrom: 'arn:backup' });
    expect(restoreBefore('WAIT', replaced, { status: 'DELETING' }, old, now)).toEqual({ status: 'DELETING' });
  });

  test('names the table that is settled', () => {
    const asked: TableRestore = { status: 'RESTORING', askedAt: second(10).toISOString() };
    const settling = { status: 'SETTLING', newTableId: 'new' };
    expect(restoreBefore('SETTLE', replaced, asked, table({ tableId: 'new' }), now)).toEqual(settling);
  });

  test.for(['FOREIGN', 'PROTECTED'] as const)('stays as it is where the run ends: %s', (move) => {
    expect(restoreBefore(move, replaced, { status: 'TO_START' }, table({}), now)).toEqual({ status: 'TO_START' });
  });
});

/** One table as DynamoDB has it; each delivery of the step finds it a little further. */
class OneTable {
  present: TableDescription | undefined;
  restores = 0;

  constructor(present: TableDescription | undefined) {
    this.present = present;
  }

  /** @returns the id of the table that a restore makes */
  make(move: TableMove, now: Date): string | undefined {
    if (move === 'UNPROTECT' && this.present) this.present = { ...this.present, deletionProtection: false };
    if (move === 'DELETE' && this.present) this.present = { ...this.present, status: 'DELETING' };
    if (move !== 'RESTORE') return undefined;
    this.restores += 1;
    const tableId = `new-${this.restores}`;
    this.present = table({ tableId, status: 'CREATING', restoredFrom: 'arn:backup', createdAt: now });
    return tableId;
  }

  /** Does what takes time. */
  pass(): void {
    if (this.present?.status === 'DELETING') this.present = undefined;
    else if (this.present?.status === 'CREATING') {
      this.present = { ...this.present, status: 'ACTIVE', restoredFrom: undefined };
    }
  }
}

test('a step that is killed anywhere, any number of times, ends with the one restored table', () => {
  const kill = fc.constantFrom('nowhere', 'before the ledger', 'before the call', 'after the call');
  const start = fc.constantFrom(
    { planned: created, present: undefined },
    { planned: replaced, present: table({}) },
    { planned: replacedProtected, present: table({ deletionProtection: true }) },
  );
  fc.assert(
    fc.property(start, fc.array(fc.tuple(kill, fc.boolean()), { maxLength: 20 }), ({ planned, present }, kills) => {
      const dynamo = new OneTable(present);
      let ledger: TableRestore = { status: 'TO_START' };
      let seconds = 0;
      const deliver = ([killed, timePasses]: [string, boolean]): TableMove => {
        seconds += 1;
        const move = nextTableMove(planned, ledger, dynamo.present);
        if (killed === 'before the ledger') return move;
        ledger = restoreBefore(move, planned, ledger, dynamo.present, second(seconds));
        if (killed === 'before the call') return move;
        const newTableId = dynamo.make(move, second(seconds));
        if (killed === 'nowhere' && newTableId !== undefined) ledger = { status: ledger.status, newTableId };
        if (timePasses) dynamo.pass();
        return move;
      };
      const troubled = kills.map(deliver);
      const untroubled = Array.from({ length: 6 }, () => deliver(['nowhere', true]));
      expect([...troubled, ...untroubled]).not.toContain('FOREIGN');
      expect(untroubled.at(-1)).toBe('SETTLE');
      expect([dynamo.restores, dynamo.present?.tableId]).toEqual([1, 'new-1']);
    }),
    { numRuns: 1_000 },
  );
});
