import type { BackupRun, CapturedTables, TableBackupOfRun, TableBackups } from '../../contracts/ledger/backup-run.ts';
import type { RunState } from '../../contracts/steps.ts';
import { assertWithinDeadline, few } from '../../core/deadline.ts';
import { tableBackupName } from '../../core/names.ts';
import { mayBeAskedFor, noteBackups } from '../../core/table-backups.ts';
import { firstWaitSeconds, nextWaitSeconds } from '../../core/waits.ts';
import { hasCode, isTransient, TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { StepRun } from '../../ports/step-run.ts';
import type { TableBackup, TableBackups as TableBackupsPort } from '../../ports/table-backups.ts';
import { type CapturePorts, captureTable } from '../capture-table.ts';
import { backupRunPart, capturedTablesPart, type Entry, type Ledger, openLedger, tableBackupsPart } from '../ledger.ts';
import { backupsOfRun } from '../run-backups.ts';

export interface StartTableBackupsPorts extends CapturePorts {
  openCatalog: OpenCatalog;
  backups: TableBackupsPort;
  clock: Clock;
}

/** The ledger is saved after so many tables, so that a killed step knows what it had asked for. */
const batchSize = 100;

/** What is left of the function's time when it stops starting more, in milliseconds. */
const reserveMilliseconds = 30_000;

/**
 * Starts the backups of all tables of the run, as many as the time allows, and captures what the backups do not hold.
 * What exists under the run's name already is found first and never asked for again.
 */
export async function startTableBackups(
  state: RunState,
  ports: StartTableBackupsPorts,
  step: StepRun,
): Promise<RunState> {
  const ledger = openLedger(ports.openCatalog(state.catalog), state.plan, state.run);
  const run = (await ledger.get(backupRunPart)).value;
  const started = await startBackups(run, ledger, ports, step);
  const captured = await captureTables(started, ledger, ports, step);
  const left = run.tables.filter((table) => started.get(table)?.status === 'TO_START' || !captured.has(table));
  if (left.length > 0) assertWithinDeadline(ports.clock.now(), state.deadlineAt, () => `backups of ${few(left)}`);
  step.metric('tablesToStart', 'Count', left.length);
  return {
    ...state,
    lastStep: 'StartTableBackups',
    progress: left.length > 0 ? 'TO_START' : 'RUNNING',
    waitSeconds: left.length > 0 ? nextWaitSeconds(state.waitSeconds ?? firstWaitSeconds) : firstWaitSeconds,
  };
}

async function startBackups(
  run: BackupRun,
  ledger: Ledger,
  ports: StartTableBackupsPorts,
  step: StepRun,
): Promise<TableBackups> {
  let entry = await ledger.read(tableBackupsPart);
  const known: TableBackups = entry?.value ?? new Map(run.tables.map((table) => [table, { status: 'TO_START' }]));
  let backups = noteBackups(known, await backupsOfRun(ports.backups, run));
  const toStart = [...backups.keys()].filter((table) => mayBeAskedFor(backups.get(table), ports.clock.now()));

  for (let first = 0; first < toStart.length && step.millisecondsLeft() > reserveMilliseconds; first += batchSize) {
    const batch = toStart.slice(first, first + batchSize);
    const askedAt = ports.clock.now().toISOString();
    const asked = batch.map((table): Answer => [table, { status: 'TO_START', askedAt }]);
    entry = await ledger.write(tableBackupsPart, new Map([...backups, ...asked]), entry);
    const answers = await Promise.allSettled(batch.map((table) => ask(table, run, askedAt, ports)));
    const answered = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    backups = new Map([...backups, ...answered]);
    entry = await ledger.write(tableBackupsPart, backups, entry);
    const refused = answers.find((answer) => answer.status === 'rejected');
    if (refused !== undefined) throw refused.reason;
  }
  await ledger.write(tableBackupsPart, backups, entry);
  return backups;
}

type Answer = [table: string, backup: TableBackupOfRun];

/** Asks for one backup. What can be asked for again later is left to start; what may have happened keeps its moment. */
async function ask(table: string, run: BackupRun, askedAt: string, ports: StartTableBackupsPorts): Promise<Answer> {
  try {
    const backup = await create(table, tableBackupName(run.run), ports);
    const createdAt = backup.createdAt.toISOString();
    return [table, { status: 'CREATING', backupArn: backup.arn, createdAt, bytes: backup.bytes }];
  } catch (error) {
    if (!isTransient(error)) throw error;
    const unknown = hasCode(error, 'OUTCOME_UNKNOWN') ? { askedAt } : {};
    return [table, { status: 'TO_START', waitingFor: error.message, ...unknown }];
  }
}

/** Of a table that is being made DynamoDB says, when its backup is asked for, that there is none. */
async function create(table: string, backupName: string, ports: StartTableBackupsPorts): Promise<TableBackup> {
  try {
    return await ports.backups.create(table, backupName);
  } catch (error) {
    const isBeingMade =
      hasCode(error, 'TABLE_NOT_FOUND') && (await ports.tables.describe(table))?.status === 'CREATING';
    throw isBeingMade ? new TandemError('NOT_READY', `Table ${table} is being made.`, { cause: error }) : error;
  }
}

/** Captures the tables whose backups were started: of one that is being made not everything can be read yet. */
async function captureTables(
  started: TableBackups,
  ledger: Ledger,
  ports: StartTableBackupsPorts,
  step: StepRun,
): Promise<CapturedTables> {
  let entry: Entry<CapturedTables> | undefined = await ledger.read(capturedTablesPart);
  let captured: CapturedTables = entry?.value ?? new Map();
  const missing = [...started].flatMap(([table, { status }]) =>
    status !== 'TO_START' && !captured.has(table) ? [table] : [],
  );
  for (let first = 0; first < missing.length && step.millisecondsLeft() > reserveMilliseconds; first += batchSize) {
    const batch = missing.slice(first, first + batchSize);
    const records = await Promise.all(batch.map(async (table) => [table, await captureTable(table, ports)] as const));
    captured = new Map([...captured, ...records]);
    entry = await ledger.write(capturedTablesPart, captured, entry);
  }
  return captured;
}
