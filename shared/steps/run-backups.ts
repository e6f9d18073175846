import type { BackupRun } from '../contracts/ledger.ts';
import { tableBackupName } from '../core/names.ts';
import type { TableBackup, TableBackups } from '../ports/table-backups.ts';

/** DynamoDB's clock and the one of the execution may differ by so much. */
const clockMarginMilliseconds = 5 * 60_000;

/** The table backups that exist under the run's name: one paged listing for all tables, whatever their number. */
export async function backupsOfRun(backups: TableBackups, run: BackupRun): Promise<TableBackup[]> {
  const name = tableBackupName(run.run);
  const since = new Date(Date.parse(run.startedAt) - clockMarginMilliseconds);
  const found: TableBackup[] = [];
  for await (const page of backups.list({ since })) found.push(...page.filter((backup) => backup.name === name));
  return found;
}
