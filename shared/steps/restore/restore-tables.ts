import type { TableRestores } from '../../contracts/ledger/restores.ts';
import type { TableFacts } from '../../contracts/manifest.ts';
import type { RestorePlan, TableToRestore } from '../../contracts/restore-plan.ts';
import type { RestoreState } from '../../contracts/steps.ts';
import type { EventSourceMapping } from '../../contracts/table-settings.ts';
import { assertWithinDeadline, isPast } from '../../core/deadline.ts';
import { recordUnder } from '../../core/record-under.ts';
import { isRefilled } from '../../core/refill.ts';
import {
  areAnyWaiting,
  askingAgain,
  countInHand,
  haveMoved,
  inWindow,
  inWords,
  isAnyUnderWay,
  pauseSeconds,
  pendingOf,
  restoreWindow,
  sinceWhen,
  toStart,
} from '../../core/restore-window.ts';
import { nextTableMove, placeOf, restoreBefore } from '../../core/table-restore.ts';
import { isBare } from '../../core/table-steps.ts';
import { firstWaitSeconds, nextWaitSeconds } from '../../core/waits.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { StepRun } from '../../ports/step-run.ts';
import type { StreamConsumers } from '../../ports/stream-consumers.ts';
import type { TableDescription } from '../../ports/tables.ts';
import { type Entry, type Ledger, tableRestoresPart } from '../ledger.ts';
import { Readings } from '../read-settings.ts';
import { readTriggers } from '../stream-triggers.ts';
import { type MoveTablePorts, moveTable, type TableJob } from './move-table.ts';
import { restoreOfRun } from './restore-of-run.ts';

export interface RestoreTablesPorts extends MoveTablePorts {
  openCatalog: OpenCatalog;
  clock: Clock;
}

/** So long after a move the next one is looked out for: only the restore of a table usually takes longer. In milliseconds. */
const patienceMilliseconds = 20_000;

/** What is left of the function's time when it stops looking again, in milliseconds: a round with 50 tables takes long. */
const reserveMilliseconds = 300_000;

/**
 * Moves every table of the restore as far as it can go now, in a sliding window: unprotect, delete, wait until gone,
 * restore, wait until ACTIVE, put the settings back; one that is to be removed only until it is gone. One that is to be
 * refilled gets its settings back itself, while its backup is restored under another name. Called again and again until
 * all are done.
 *
 * As long as tables move or wait for a place it looks again by itself, so that none stays free, and the waits between its
 * calls only grow: so their number depends on how long DynamoDB takes and not on how many tables there are. The history of
 * an execution is limited.
 *
 * @throws TandemError TABLE_FOREIGN, TABLE_CHANGED, TABLE_PROTECTED, DEADLINE_EXCEEDED
 */
export async function restoreTables(
  state: RestoreState,
  ports: RestoreTablesPorts,
  step: StepRun,
): Promise<RestoreState> {
  const { ledger, settled, source } = await restoreOfRun(state, ports.openCatalog);
  const { restorePlan } = settled;
  const entry = await ledger.read(tableRestoresPart);
  const begun = entry ?? (await ledger.write(tableRestoresPart, allToStart(restorePlan.tables), undefined));
  const isFirstCall = state.progress === undefined;
  const started = isFirstCall ? { ...begun, value: askingAgain(begun.value) } : begun;

  const moveOn = (from: Entry<TableRestores>) =>
    moveAll({ run: state.run, restorePlan, records: source.tables }, from, ledger, ports);
  const mayLookAgain = () =>
    step.millisecondsLeft() > reserveMilliseconds && !isPast(ports.clock.now(), state.deadlineAt);

  let { reached, failures } = await moveOn(started);
  let movedAt = haveMoved(started.value, reached.value) ? ports.clock.now().getTime() : Number.NEGATIVE_INFINITY;
  const mayMoveOn = () =>
    pendingOf(reached.value).length > 0 && (failures.length === 0 || isAnyUnderWay(reached.value));
  const isWorthALook = () => isRecent(movedAt, ports.clock) || areAnyWaiting(reached.value);
  while (mayMoveOn() && isWorthALook() && mayLookAgain()) {
    await ports.clock.sleep(pauseSeconds(countInHand(reached.value)) * 1_000);
    const before = reached;
    ({ reached, failures } = await moveOn(before));
    if (haveMoved(before.value, reached.value)) movedAt = ports.clock.now().getTime();
  }
  if (failures.length > 0 && !isAnyUnderWay(reached.value)) throw failures[0];

  const pending = pendingOf(reached.value);
  step.metric('tablesPending', 'Count', pending.length);
  step.info('moved tables', { pending: pending.length, of: restorePlan.tables.length });
  if (pending.length > 0)
    assertWithinDeadline(ports.clock.now(), state.deadlineAt, () => inWords(pending, reached.value));
  return {
    ...state,
    lastStep: 'RestoreTables',
    progress: pending.length > 0 ? 'RUNNING' : 'DONE',
    waitSeconds: state.waitSeconds === undefined ? firstWaitSeconds : nextWaitSeconds(state.waitSeconds),
  };
}

function allToStart(tables: TableToRestore[]): TableRestores {
  return new Map(tables.map((table) => [table.name, toStart]));
}

function isRecent(moment: number, clock: Clock): boolean {
  return clock.now().getTime() - moment < patienceMilliseconds;
}

/** What is restored, from what. */
interface Source {
  run: string;
  restorePlan: RestorePlan;
  records: TableFacts[];
}

/** Makes one move for each table in hand. What some of them failed with is told, not thrown: the others go on. */
async function moveAll(
  source: Source,
  entry: Entry<TableRestores>,
  ledger: Ledger,
  ports: RestoreTablesPorts,
): Promise<{ reached: Entry<TableRestores>; failures: unknown[] }> {
  const jobs = withinPlaces(await lookAt(source, entry.value, ports));
  if (jobs.every(onlyWaits)) return { reached: entry, failures: [] };
  const now = () => ports.clock.now().toISOString();
  const begun = new Map([...entry.value, ...jobs.map((job) => [job.table.name, job.asked] as const)]);
  const asked = sinceWhen(begun, entry.value, now());
  const saved = await ledger.write(tableRestoresPart, asked, entry);
  const moves = await Promise.all(jobs.map(async (job) => ({ job, ...(await moveTable(job, ports)) })));
  const reached = new Map([...asked, ...moves.map(({ job, restore }) => [job.table.name, restore] as const)]);
  const written = await ledger.write(tableRestoresPart, sinceWhen(reached, asked, now()), saved);
  return { reached: written, failures: moves.flatMap(({ failure }) => (failure === undefined ? [] : [failure])) };
}

/** True where nothing is done for a table, and nothing else is known of it than before: the ledger need not say so again. */
function onlyWaits({ move, before: { status, newTableId, waitingFor, failure }, asked }: TableJob): boolean {
  const isSame = asked.status === status && asked.newTableId === newTableId;
  return move === 'WAIT' && isSame && waitingFor === undefined && failure === undefined;
}

/** DynamoDB refuses a restore beyond those that it runs at once: a table that is gone is left until there is a place. */
function withinPlaces(jobs: TableJob[]): TableJob[] {
  let places = restoreWindow - jobs.filter(({ present }) => present?.status === 'CREATING').length;
  return jobs.filter(({ move }) => {
    if (move !== 'RESTORE') return true;
    places -= 1;
    return places >= 0;
  });
}

async function lookAt(
  { run, restorePlan, records }: Source,
  restores: TableRestores,
  { tables, streamConsumers, clock }: RestoreTablesPorts,
): Promise<TableJob[]> {
  const byName = new Map(records.map((record) => [record.name, record]));
  return Promise.all(
    inWindow(restorePlan.tables, restores).map(async (table) => {
      const recorded = byName.get(table.name);
      const record = recorded && recordUnder(recorded, table.target);
      const place = placeOf(table, run);
      const present = await tables.describe(place);
      const settled = isRefilled(table) ? await tables.describe(table.name) : present;
      const toSettle = isBare(table, restorePlan) ? 'NOTHING' : settled;
      const earlier = restores.get(table.name) ?? toStart;
      const oldTriggers = earlier.oldTriggers ?? (await triggersBefore(record, settled, streamConsumers));
      const before = { ...earlier, oldTriggers };
      const move = nextTableMove(table, before, present, settled);
      const asked = restoreBefore(move, table, before, present, clock.now());
      return { table, place, record, present, toSettle, move, before, asked };
    }),
  );
}

/**
 * The triggers of a table that was not touched yet: on the stream that it has, and on the one that it had when it was
 * backed up. Once it is deleted, its stream tells nothing any more.
 */
async function triggersBefore(
  record: TableFacts | undefined,
  present: TableDescription | undefined,
  consumers: StreamConsumers,
): Promise<EventSourceMapping[]> {
  const recorded = record?.settings.eventSourceMappings.map(({ streamArn }) => streamArn) ?? [];
  const streams = new Set([...recorded, ...(present?.stream === undefined ? [] : [present.stream.arn])]);
  const noted = new Readings();
  const found = await Promise.all([...streams].map((arn) => readTriggers(arn, consumers, noted)));
  const unseen = noted.notCaptured.find(({ setting }) => setting === 'eventSourceMappings');
  // Where the backup saw triggers there are triggers to be seen: without them the old ones would stay.
  if (unseen !== undefined && recorded.length > 0) throw new TandemError('SERVICE_NOT_OFFERED', unseen.why);
  return found.flat();
}
