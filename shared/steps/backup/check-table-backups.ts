import type { TableBackups } from '../../contracts/ledger/backup-run.ts';
import type { RunState } from '../../contracts/steps.ts';
import { assertWithinDeadline, few } from '../../core/deadline.ts';
import { noteBackups, vanishedBackups } from '../../core/table-backups.ts';
import { firstWaitSeconds, nextWaitSeconds } from '../../core/waits.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { StepRun } from '../../ports/step-run.ts';
import type { TableBackups as TableBackupsPort } from '../../ports/table-backups.ts';
import { backupRunPart, openLedger, tableBackupsPart } from '../ledger.ts';
import { backupsOfRun, forgetBackups } from '../run-backups.ts';

export interface CheckTableBackupsPorts {
  openCatalog: OpenCatalog;
  backups: TableBackupsPort;
  clock: Clock;
}

/**
 * Looks at all table backups of the run with one paged listing, 100 a call.
 *
 * @throws TandemError BACKUP_VANISHED, DEADLINE_EXCEEDED
 */
export async function checkTableBackups(
  state: RunState,
  ports: CheckTableBackupsPorts,
  step: StepRun,
): Promise<RunState> {
  const ledger = openLedger(ports.openCatalog(state.catalog), state.plan, state.run);
  const run = (await ledger.get(backupRunPart)).value;
  const entry = await ledger.get(tableBackupsPart);
  const listed = await backupsOfRun(ports.backups, run);
  const vanished = vanishedBackups(entry.value, listed, ports.clock.now());
  if (vanished.length > 0) {
    await forgetBackups(vanished, ledger);
    throw new TandemError('BACKUP_VANISHED', `The backups of ${few(vanished)} were deleted during the run.`);
  }
  const backups = noteBackups(entry.value, listed);
  await ledger.write(tableBackupsPart, backups, entry);

  const pending = [...backups].flatMap(([table, { status }]) => (status === 'AVAILABLE' ? [] : [table]));
  step.metric('tablesPending', 'Count', pending.length);
  step.info('looked at table backups', { pending: pending.length, of: run.tables.length });
  if (pending.length > 0) {
    assertWithinDeadline(ports.clock.now(), state.deadlineAt, () => `backups of ${few(pending)}`);
  }
  return {
    ...state,
    lastStep: 'CheckTableBackups',
    progress: progressOf(backups),
    waitSeconds: nextWaitSeconds(state.waitSeconds ?? firstWaitSeconds),
  };
}

/** A backup that an earlier delivery found gone, and could not say so, is to be started again. */
function progressOf(backups: TableBackups): RunState['progress'] {
  const statuses = new Set([...backups.values()].map((backup) => backup.status));
  if (statuses.has('TO_START')) return 'TO_START';
  return statuses.has('CREATING') ? 'RUNNING' : 'DONE';
}
