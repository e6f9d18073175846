import type { TableBackupOfRun, TableBackups } from '../contracts/ledger/backup-run.ts';
import type { TableBackup } from '../ports/table-backups.ts';

/**
 * For so long a backup that was asked for, without an answer, may still appear in ListBackups: it is looked up again,
 * and asked for again only afterwards. Keeps a killed, repeated or cut off step from making a second, billed backup.
 */
const unansweredSeconds = 30;

/** True where a table has no backup of the run and none can be under way. */
export function mayBeAskedFor(backup: TableBackupOfRun | undefined, now: Date): boolean {
  if (backup === undefined || backup.status !== 'TO_START') return false;
  return backup.askedAt === undefined || now.getTime() - Date.parse(backup.askedAt) >= unansweredSeconds * 1_000;
}

/** What the ledger knows, brought up to date with what DynamoDB lists under the run's name. */
export function noteBackups(known: TableBackups, listed: TableBackup[]): TableBackups {
  const noted: TableBackups = new Map(known);
  for (const backup of listed) {
    if (!noted.has(backup.table) || backup.status === 'DELETED') continue;
    const createdAt = backup.createdAt.toISOString();
    noted.set(backup.table, { status: backup.status, backupArn: backup.arn, createdAt, bytes: backup.bytes });
  }
  return noted;
}

/** The tables whose backup DynamoDB does not list any more though it had been made. */
export function vanishedBackups(known: TableBackups, listed: TableBackup[], now: Date): string[] {
  const there = new Set(listed.filter((backup) => backup.status !== 'DELETED').map((backup) => backup.arn));
  return [...known].flatMap(([table, backup]) => {
    if (backup.backupArn === undefined || backup.createdAt === undefined || there.has(backup.backupArn)) return [];
    const justMade = now.getTime() - Date.parse(backup.createdAt) < unansweredSeconds * 1_000;
    return justMade ? [] : [table];
  });
}
