import type { RefillSegment } from '../../contracts/ledger/refills.ts';
import type { RefillWork } from '../../contracts/steps.ts';
import { isPast } from '../../core/deadline.ts';
import {
  type RefillUnit,
  refillUnits,
  type TableToRefill,
  tablesToRefill,
  unitsOfWorker,
  untouched,
} from '../../core/refill.ts';
import { hasCode, TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { StepRun } from '../../ports/step-run.ts';
import type { TableItems } from '../../ports/table-items.ts';
import type { Tables } from '../../ports/tables.ts';
import { type Ledger, refillSegmentPart, tableRestoresPart } from '../ledger.ts';
import { patientItems } from './patient-items.ts';
import { type Pace, refillPage } from './refill-page.ts';
import { restoreOfRun } from './restore-of-run.ts';

export interface RefillSegmentsPorts {
  openCatalog: OpenCatalog;
  tableItems: TableItems;
  tables: Pick<Tables, 'describe'>;
  clock: Clock;
}

/** What is left of the function's time when it begins no other page, in milliseconds: one page takes a minute at worst. */
const reserveMilliseconds = 90_000;

/**
 * One worker of a refill: takes its segments page by page through the phase that all workers are in, as far as its time
 * allows, and carries on there when it is called again. The ledger is written after each page.
 *
 * @throws TandemError TABLE_CHANGED where a table is not the one any more that it was when it was settled
 */
export async function refillSegments(
  { state, worker }: RefillWork,
  ports: RefillSegmentsPorts,
  step: StepRun,
): Promise<{ worker: number; pages: number }> {
  const { ledger, settled, source } = await restoreOfRun(state, ports.openCatalog);
  const { restorePlan } = settled;
  const restores = (await ledger.get(tableRestoresPart)).value;
  const looked = new Set<string>();
  const assertSame = async (table: TableToRefill) => {
    if (looked.has(table.name)) return;
    await assertTable(table.name, table.tableId, ports.tables);
    await assertTable(table.scratch, restores.get(table.name)?.newTableId, ports.tables);
    looked.add(table.name);
  };
  const units = refillUnits(tablesToRefill(restorePlan, source.tables, state.run));
  const { phase, workers, writeUnits } = state.refill;
  const millisecondsLeft = () => step.millisecondsLeft() - reserveMilliseconds;
  const mayGoOn = () => millisecondsLeft() > 0 && !isPast(ports.clock.now(), state.deadlineAt);
  const items = patientItems(ports.tableItems, ports.clock, mayGoOn);
  let pages = 0;
  for (const unit of unitsOfWorker(units, worker, workers.length)) {
    const unitsPerSecond = Math.min(writeUnits, unit.table.writeUnits ?? writeUnits) / workers.length;
    const pace = paceOf(unitsPerSecond, ports.clock, { mayGoOn, millisecondsLeft });
    pages += await refillSegment(unit, phase, ledger, { items, pace, assertSame });
  }
  step.info('refilled segments', { worker, phase, pages });
  return { worker, pages };
}

interface Means {
  items: TableItems;
  pace: Pace;
  assertSame: (table: TableToRefill) => Promise<void>;
}

/** What is written, and above all deleted, is decided by the content of two tables: they have to be those two. */
async function assertTable(name: string, id: string | null | undefined, tables: Pick<Tables, 'describe'>) {
  if ((await tables.describe(name))?.tableId === id && id !== undefined) return;
  throw new TandemError('TABLE_CHANGED', `Table ${name} is not the one any more that it was when the refill began.`);
}

async function refillSegment(
  unit: RefillUnit,
  phase: RefillSegment['phase'],
  ledger: Ledger,
  { items, pace, assertSame }: Means,
): Promise<number> {
  const part = refillSegmentPart(unit.table.name, unit.segment.number);
  let entry = await ledger.read(part);
  let reached = entry?.value ?? untouched;
  let pages = 0;
  if (reached.phase === phase) await assertSame(unit.table);
  while (reached.phase === phase && pace.mayGoOn()) {
    const next = await refillPage(unit, reached, items, pace).catch(unlessThrottledForLong(pace));
    if (next === undefined) break;
    reached = next;
    entry = await ledger.write(part, reached, entry);
    pages += 1;
  }
  return pages;
}

/** A table that throttles to the end of the time of a function is gone on with by the next one. */
function unlessThrottledForLong({ mayGoOn }: Pace) {
  return (error: unknown): undefined => {
    if (!hasCode(error, 'THROTTLED') || mayGoOn()) throw error;
  };
}

/** So many seconds' worth of items are written at once, as the last ones were, and a hundred at most. */
const secondsAtOnce = 10;
const mostAtOnce = 100;

/**
 * Keeps to so many write units a second, by waiting after each write for as long as it took too much; but no longer than
 * there is time.
 */
function paceOf(
  unitsPerSecond: number,
  clock: Clock,
  { mayGoOn, millisecondsLeft }: Pick<Pace, 'mayGoOn'> & { millisecondsLeft: () => number },
): Pace {
  let freeAt = Number.NEGATIVE_INFINITY;
  let unitsPerWrite = 1;
  return {
    mayGoOn,
    atOnce: () => Math.max(1, Math.min(mostAtOnce, Math.floor((unitsPerSecond * secondsAtOnce) / unitsPerWrite))),
    async spend(units, writes) {
      unitsPerWrite = units / writes;
      const now = clock.now().getTime();
      freeAt = Math.max(freeAt, now) + (units / unitsPerSecond) * 1_000;
      const wait = Math.min(freeAt - now, millisecondsLeft());
      if (wait > 0) await clock.sleep(wait);
    },
  };
}
