import type { BackupRun } from '../contracts/ledger.ts';
import { tableBackupName } from '../core/names.ts';
import type { TableBackup, TableBackups } from '../ports/table-backups.ts';
import { capturedTablesPart, type Ledger, tableBackupsPart } from './ledger.ts';

/** DynamoDB's clock and the one of the execution may differ by so much. */
const clockMarginMilliseconds = 5 * 60_000;

/**
 * Has the ledger forget the backups of tables that turned out to be gone, so that a run that is carried on makes them
 * again, with the settings that the tables have then.
 */
export async function forgetBackups(tables: string[], ledger: Ledger): Promise<void> {
  const backups = await ledger.get(tableBackupsPart);
  const toStart = tables.map((table) => [table, { status: 'TO_START' as const }]);
  await ledger.write(tableBackupsPart, { ...backups.value, ...Object.fromEntries(toStart) }, backups);
  const captured = await ledger.get(capturedTablesPart);
  const kept = Object.entries(captured.value).filter(([table]) => !tables.includes(table));
  await ledger.write(capturedTablesPart, Object.fromEntries(kept), captured);
}

/** The table backups that exist under the run's name: one paged listing for all tables, whatever their number. */
export async function backupsOfRun(backups: TableBackups, run: BackupRun): Promise<TableBackup[]> {
  const name = tableBackupName(run.run);
  const since = new Date(Date.parse(run.startedAt) - clockMarginMilliseconds);
  const found: TableBackup[] = [];
  for await (const page of backups.list({ since })) found.push(...page.filter((backup) => backup.name === name));
  return found;
}
