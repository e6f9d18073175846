import { describe, expect, test } from 'vitest';
import type { TableBackupOfRun, TableBackups } from '../../../shared/contracts/ledger/backup-run.ts';
import { mayBeAskedFor, noteBackups, vanishedBackups } from '../../../shared/core/table-backups.ts';
import type { TableBackup } from '../../../shared/ports/table-backups.ts';

const now = new Date('2026-11-22T02:01:00.000Z');
const secondsAgo = (seconds: number) => new Date(now.getTime() - seconds * 1_000);

function listed(backup: Partial<TableBackup> = {}): TableBackup {
  return {
    arn: 'arn:orders/backup/01',
    name: 'tandem-app-20261122-020000',
    table: 'orders',
    tableId: 'id',
    status: 'CREATING',
    createdAt: secondsAgo(60),
    bytes: 300,
    ...backup,
  };
}

describe('a backup may be asked for', () => {
  const askedAt = (seconds: number) => secondsAgo(seconds).toISOString();

  test.for([
    ['never asked for', { status: 'TO_START' }, true],
    ['without an answer for long', { status: 'TO_START', askedAt: askedAt(30) }, true],
    ['without an answer for a moment: it may still appear', { status: 'TO_START', askedAt: askedAt(29) }, false],
    ['that is being made', { status: 'CREATING' }, false],
    ['that is made', { status: 'AVAILABLE' }, false],
    ['of a table that is not of the run', undefined, false],
  ] as const)('%s', ([, backup, may]) => {
    expect(mayBeAskedFor(backup, now)).toBe(may);
  });
});

describe('what DynamoDB lists', () => {
  const known: TableBackups = new Map([
    ['orders', { status: 'TO_START', askedAt: now.toISOString() }],
    ['users', { status: 'TO_START' }],
  ]);

  test('goes into the ledger: an answer that was lost is found', () => {
    const createdAt = secondsAgo(60).toISOString();
    expect([...noteBackups(known, [listed()])]).toEqual([
      ['orders', { status: 'CREATING', backupArn: 'arn:orders/backup/01', createdAt, bytes: 300 }],
      ['users', { status: 'TO_START' }],
    ]);
    expect(noteBackups(known, [listed({ status: 'AVAILABLE' })]).get('orders')?.status).toBe('AVAILABLE');
  });

  test('leaves the ledger as it was where it was given', () => {
    noteBackups(known, [listed()]);
    expect(known.get('orders')?.status).toBe('TO_START');
  });

  test('counts for nothing of other tables and of deleted backups', () => {
    expect(noteBackups(known, [listed({ table: 'other' }), listed({ status: 'DELETED' })])).toEqual(known);
  });
});

describe('a backup has vanished', () => {
  const known = (backup: TableBackupOfRun): TableBackups => new Map([['orders', backup]]);
  const made = (seconds: number) =>
    known({ status: 'AVAILABLE', backupArn: 'arn:orders/backup/01', createdAt: secondsAgo(seconds).toISOString() });

  test('where it was made and is not listed any more', () => {
    expect(vanishedBackups(made(30), [], now)).toEqual(['orders']);
    expect(vanishedBackups(made(30), [listed({ status: 'DELETED' })], now)).toEqual(['orders']);
    expect(vanishedBackups(made(30), [listed({ arn: 'arn:orders/backup/02' })], now)).toEqual(['orders']);
  });

  test('not where it is listed, was only just made, or was never made', () => {
    expect(vanishedBackups(made(30), [listed()], now)).toEqual([]);
    expect(vanishedBackups(made(29), [], now)).toEqual([]);
    expect(vanishedBackups(known({ status: 'TO_START', askedAt: now.toISOString() }), [], now)).toEqual([]);
  });
});
