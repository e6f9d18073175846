import { dynamodbCallRates } from '../../../shared/adapters/dynamodb-call-rates.ts';
import { pace } from '../../../shared/adapters/pace.ts';
import type { TableSettings } from '../../../shared/contracts/table-settings.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { TableBackup, TableBackups } from '../../../shared/ports/table-backups.ts';
import { bytesOf, type FakeAccount, type FakeBackup } from './dynamodb-account.ts';
import type { Faults } from './faults.ts';

export type TableBackupsOperation = `backups.${keyof TableBackups}`;

const pageSize = 100;
const restoresAtOnce = 50;

/** The backups of a fake account, called no faster than the real ones are. */
export function fakeTableBackups(
  account: FakeAccount,
  faults: Pick<Faults<TableBackupsOperation>, 'run'>,
): TableBackups {
  const createPace = pace(account.clock, dynamodbCallRates.CreateBackup);
  const listPace = pace(account.clock, dynamodbCallRates.ListBackups);
  const describePace = pace(account.clock, dynamodbCallRates.DescribeBackup);
  const restorePace = pace(account.clock, dynamodbCallRates.RestoreTableFromBackup);
  const restoreInTimePace = pace(account.clock, dynamodbCallRates.RestoreTableToPointInTime);

  function present(backup: FakeBackup): TableBackup {
    const { arn, name, table, tableId, createdAt, bytes } = backup;
    return {
      arn,
      name,
      table,
      tableId,
      createdAt,
      bytes,
      status: account.isCreating(backup) ? 'CREATING' : 'AVAILABLE',
    };
  }

  function create(name: string, backupName: string): TableBackup {
    const table = account.table(name);
    const status = table && account.statusOf(table);
    if (table === undefined || status === 'CREATING') throw new TandemError('TABLE_NOT_FOUND', `No table ${name}.`);
    if (status === 'DELETING') throw new TandemError('NOT_READY', `Table ${name} is being deleted.`);
    if (!account.canBeBackedUp(table)) throw new TandemError('NOT_READY', `Backups of ${name} are being enabled.`);
    if (!/^[a-zA-Z0-9_.-]{3,255}$/.test(backupName)) {
      throw new TandemError('PROVIDER_FAILURE', `"${backupName}" is no name for a backup.`);
    }
    const backup: FakeBackup = {
      arn: `${table.arn}/backup/${account.now()}-${account.nextId()}`,
      name: backupName,
      table: name,
      tableId: table.tableId,
      createdAt: account.clock.now(),
      availableAt: account.in('creatingBackup'),
      bytes: bytesOf(table.items),
      items: table.items,
      shape: table.shape,
      encryption: table.encryption,
    };
    account.backups.set(backup.arn, backup);
    return { ...present(backup), tableId: undefined };
  }

  function restore(backupArn: string, name: string, encryption: TableSettings['encryption']): string {
    const backup = account.backups.get(backupArn);
    if (account.table(name) !== undefined) throw new TandemError('TABLE_EXISTS', `Table ${name} exists.`);
    if (backup === undefined) throw new TandemError('BACKUP_NOT_FOUND', `There is no backup ${backupArn}.`);
    const running = account.restoring();
    if (account.isCreating(backup) || running.some((table) => table.restoredFrom === backupArn)) {
      throw new TandemError('NOT_READY', `Backup ${backupArn} is in use.`);
    }
    return begin(name, backupArn, backup, encryption);
  }

  function restoreToPointInTime(
    name: string,
    moment: Date,
    target: string,
    encryption: TableSettings['encryption'],
  ): string {
    const source = account.table(name);
    if (account.table(target) !== undefined) throw new TandemError('TABLE_EXISTS', `Table ${target} exists.`);
    if (source === undefined || ['CREATING', 'DELETING'].includes(account.statusOf(source))) {
      throw new TandemError('TABLE_NOT_FOUND', `There is no table ${name}.`);
    }
    const window = account.restorableWindow(source);
    if (window === undefined || moment < window.from || moment > window.to) {
      throw new TandemError('POINT_IN_TIME_OUT_OF_REACH', `${moment.toISOString()} cannot be had of ${name}.`);
    }
    return begin(target, source.arn, { ...source, items: account.itemsAt(source, moment) }, encryption);
  }

  function begin(
    name: string,
    restoredFrom: string,
    from: Pick<FakeBackup, 'shape' | 'items' | 'encryption'>,
    encryption: TableSettings['encryption'],
  ): string {
    const running = account.restoring();
    if (running.length >= restoresAtOnce) throw new TandemError('NOT_READY', `${restoresAtOnce} restores are running.`);
    const life = { activeAt: account.restoredAt(name), restoredFrom };
    const table = account.add({ name, shape: from.shape }, life);
    account.setItems(table, from.items);
    // Whether a restore keeps a key that is the account's own nobody has seen: here it does not.
    const kept = from.encryption?.keyArn === undefined ? from.encryption : undefined;
    table.encryption = encryption?.keyArn === undefined ? kept : encryption;
    return table.tableId;
  }

  return {
    async create(table, backupName) {
      await createPace();
      return faults.run('backups.create', table, () => create(table, backupName));
    },

    async *list({ since, table }) {
      const all = [...account.backups.values()].filter(
        (backup) => backup.createdAt >= since && (table === undefined || backup.table === table),
      );
      for (let start = 0; start === 0 || start < all.length; start += pageSize) {
        await listPace();
        yield faults.run('backups.list', table ?? '', () => all.slice(start, start + pageSize).map(present));
      }
    },

    async describe(arn) {
      await describePace();
      return faults.run('backups.describe', arn, () => {
        const backup = account.backups.get(arn);
        return backup && { ...present(backup), items: backup.items.size };
      });
    },

    async restore(backupArn, table, encryption) {
      await restorePace();
      return faults.run('backups.restore', table, () => restore(backupArn, table, encryption));
    },

    async restoreToPointInTime(source, moment, table, encryption) {
      await restoreInTimePace();
      return faults.run('backups.restoreToPointInTime', table, () =>
        restoreToPointInTime(source, moment, table, encryption),
      );
    },
  };
}
