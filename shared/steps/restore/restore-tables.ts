import type { TableRestore, TableRestores } from '../../contracts/ledger.ts';
import type { TableRecord } from '../../contracts/manifest.ts';
import type { TableToRestore } from '../../contracts/restore-plan.ts';
import type { RestoreState } from '../../contracts/steps.ts';
import { assertWithinDeadline, few } from '../../core/deadline.ts';
import { nextTableMove, restoreWindow, statusFor, type TableMove } from '../../core/table-restore.ts';
import { firstWaitSeconds, nextWaitSeconds } from '../../core/waits.ts';
import { isTransient, TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { StepRun } from '../../ports/step-run.ts';
import type { TableBackups } from '../../ports/table-backups.ts';
import type { TableDescription, Tables } from '../../ports/tables.ts';
import { openLedger, restoreRunPart, tableRestoresPart } from '../ledger.ts';
import { findRecoveryPoint } from '../recovery-points.ts';
import { settleTable } from './settle-table.ts';

export interface RestoreTablesPorts {
  openCatalog: OpenCatalog;
  tables: Tables;
  backups: TableBackups;
  clock: Clock;
}

interface Job {
  table: TableToRestore;
  record: TableRecord;
  present: TableDescription | undefined;
  move: TableMove;
}

/**
 * Moves every table of the restore as far as it can go now, in a sliding window: unprotect, delete, wait until gone,
 * restore, wait until ACTIVE, put the settings back. Called again and again until all are done.
 *
 * @throws TandemError TABLE_FOREIGN, DEADLINE_EXCEEDED
 */
export async function restoreTables(
  state: RestoreState,
  ports: RestoreTablesPorts,
  step: StepRun,
): Promise<RestoreState> {
  const store = ports.openCatalog(state.catalog);
  const ledger = openLedger(store, state.plan, state.run);
  const { restorePlan } = (await ledger.get(restoreRunPart)).value;
  const manifest = await findRecoveryPoint(store, restorePlan.plan, restorePlan.recoveryPoint);
  const entry = await ledger.read(tableRestoresPart);
  const restores = entry?.value ?? allToStart(restorePlan.tables);

  const jobs = await lookAt(inWindow(restorePlan.tables, restores), manifest.tables, restores, ports.tables);
  const asked = {
    ...restores,
    ...Object.fromEntries(
      jobs.map((job) => [job.table.name, { status: statusFor(job.move, statusOf(restores, job)) }]),
    ),
  };
  const saved = await ledger.write(tableRestoresPart, asked, entry);
  const moved = await Promise.allSettled(
    jobs.map(async (job) => [job.table.name, await make(job, asked, ports)] as const),
  );
  const answered = moved.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  const reached: TableRestores = { ...asked, ...Object.fromEntries(answered) };
  await ledger.write(tableRestoresPart, reached, saved);
  const failed = moved.find((answer) => answer.status === 'rejected');
  if (failed !== undefined) throw failed.reason;

  const pending = Object.keys(reached).filter((table) => reached[table]?.status !== 'DONE');
  step.metric('tablesPending', 'Count', pending.length);
  step.info('moved tables', { pending: pending.length, of: restorePlan.tables.length });
  if (pending.length > 0) assertWithinDeadline(ports.clock.now(), state.deadlineAt, () => `tables ${few(pending)}`);
  const progressed = JSON.stringify(reached) !== JSON.stringify(restores);
  return {
    ...state,
    lastStep: 'RestoreTables',
    progress: pending.length > 0 ? 'RUNNING' : 'DONE',
    waitSeconds: progressed ? firstWaitSeconds : nextWaitSeconds(state.waitSeconds ?? firstWaitSeconds),
  };
}

function allToStart(tables: TableToRestore[]): TableRestores {
  return Object.fromEntries(tables.map((table) => [table.name, { status: 'TO_START' as const }]));
}

function statusOf(restores: TableRestores, { table }: Pick<Job, 'table'>): TableRestore['status'] {
  return restores[table.name]?.status ?? 'TO_START';
}

/** Those in hand already, then as many of the others as there is room for. */
function inWindow(tables: TableToRestore[], restores: TableRestores): TableToRestore[] {
  const open = tables.filter((table) => statusOf(restores, { table }) !== 'DONE');
  const inHand = open.filter((table) => statusOf(restores, { table }) !== 'TO_START');
  const waiting = open.filter((table) => statusOf(restores, { table }) === 'TO_START');
  return [...inHand, ...waiting].slice(0, restoreWindow);
}

async function lookAt(
  window: TableToRestore[],
  records: TableRecord[],
  restores: TableRestores,
  tables: Tables,
): Promise<Job[]> {
  const byName = new Map(records.map((record) => [record.name, record]));
  const jobs = await Promise.all(
    window.map(async (table) => {
      const record = byName.get(table.name);
      if (record === undefined) return [];
      const present = await tables.describe(table.name);
      return [{ table, record, present, move: nextTableMove(table, statusOf(restores, { table }), present) }];
    }),
  );
  return jobs.flat();
}

/** Makes one move. What DynamoDB does not allow yet leaves the table where it is, with the reason. */
async function make(job: Job, restores: TableRestores, ports: RestoreTablesPorts): Promise<TableRestore> {
  const status = statusOf(restores, job);
  try {
    return { status: (await perform(job, ports)) ? 'DONE' : status };
  } catch (error) {
    if (isTransient(error)) return { status, waitingFor: error.message };
    throw error;
  }
}

/** @returns true once the table is back with all its settings */
async function perform({ table, record, present, move }: Job, ports: RestoreTablesPorts): Promise<boolean> {
  switch (move) {
    case 'UNPROTECT':
      await ports.tables.setDeletionProtection(table.name, false);
      return false;
    case 'DELETE':
      await ports.tables.delete(table.name);
      return false;
    case 'RESTORE':
      await ports.backups.restore(table.backupArn, table.name);
      return false;
    case 'SETTLE':
      return present !== undefined && settleTable(record.settings, present, ports.tables);
    case 'FOREIGN': {
      const message = `Table ${table.name} exists now and is neither the one that the plan replaces nor the restored one.`;
      throw new TandemError('TABLE_FOREIGN', message);
    }
    case 'WAIT':
      return false;
  }
}
