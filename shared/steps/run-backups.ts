import type { BackupRun, TableBackupOfRun } from '../contracts/ledger/backup-run.ts';
import { clockMarginMilliseconds } from '../core/clock-margin.ts';
import { tableBackupName } from '../core/names.ts';
import type { TableBackup, TableBackups } from '../ports/table-backups.ts';
import { capturedTablesPart, type Ledger, tableBackupsPart } from './ledger.ts';

/**
 * Has the ledger forget the backups of tables that turned out to be gone, so that a run that is carried on makes them
 * again, with the settings that the tables have then.
 */
export async function forgetBackups(tables: string[], ledger: Ledger): Promise<void> {
  const backups = await ledger.get(tableBackupsPart);
  const toStart = tables.map((table): [string, TableBackupOfRun] => [table, { status: 'TO_START' }]);
  await ledger.write(tableBackupsPart, new Map([...backups.value, ...toStart]), backups);
  const captured = await ledger.get(capturedTablesPart);
  const kept = [...captured.value].filter(([table]) => !tables.includes(table));
  await ledger.write(capturedTablesPart, new Map(kept), captured);
}

/** The table backups that exist under the run's name: one paged listing for all tables, whatever their number. */
export async function backupsOfRun(backups: TableBackups, run: BackupRun): Promise<TableBackup[]> {
  const name = tableBackupName(run.run);
  const since = new Date(Date.parse(run.startedAt) - clockMarginMilliseconds);
  const found: TableBackup[] = [];
  for await (const page of backups.list({ since })) found.push(...page.filter((backup) => backup.name === name));
  return found;
}
