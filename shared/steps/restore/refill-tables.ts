import type { RefillSegment } from '../../contracts/ledger.ts';
import type { RefillWork } from '../../contracts/steps.ts';
import { isPast } from '../../core/deadline.ts';
import { type RefillUnit, refillUnits, type TableToRefill, unitsOfWorker, untouched } from '../../core/refill.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { StepRun } from '../../ports/step-run.ts';
import type { TableItems } from '../../ports/table-items.ts';
import { type Ledger, openLedger, refillSegmentPart } from '../ledger.ts';
import { refillPage, type Spend } from './refill-page.ts';

export interface RefillTablesPorts {
  openCatalog: OpenCatalog;
  items: TableItems;
  clock: Clock;
}

/** What is left of the function's time when it begins no other page, in milliseconds: one page takes a minute at worst. */
const reserveMilliseconds = 90_000;

/** What one worker of a refill did. */
export interface RefillWorkDone {
  worker: number;
  pages: number;
}

/**
 * One worker of a refill: takes its segments page by page through the phase that all workers are in, as far as its time
 * allows, and carries on there when it is called again. The ledger is written after each page.
 *
 * @param work.tables what is refilled, as the run settled it
 */
export async function refillTables(
  { state, worker }: RefillWork,
  tables: TableToRefill[],
  ports: RefillTablesPorts,
  step: StepRun,
): Promise<RefillWorkDone> {
  const ledger = openLedger(ports.openCatalog(state.catalog), state.plan, state.run);
  const spend = spendAt(state.refill.writeUnits / state.refill.workers.length, ports.clock);
  const mayGoOn = () => step.millisecondsLeft() > reserveMilliseconds && !isPast(ports.clock.now(), state.deadlineAt);
  let pages = 0;
  for (const unit of unitsOfWorker(refillUnits(tables), worker, state.refill.workers.length)) {
    pages += await refillSegment(unit, state.refill.phase, ledger, { items: ports.items, spend, mayGoOn });
  }
  return { worker, pages };
}

interface Means {
  items: TableItems;
  spend: Spend;
  mayGoOn: () => boolean;
}

async function refillSegment(
  unit: RefillUnit,
  phase: RefillSegment['phase'],
  ledger: Ledger,
  { items, spend, mayGoOn }: Means,
): Promise<number> {
  const part = refillSegmentPart(unit.table.name, unit.segment.number);
  let entry = await ledger.read(part);
  let reached = entry?.value ?? untouched;
  let pages = 0;
  while (reached.phase === phase && mayGoOn()) {
    reached = await refillPage(unit, reached, items, spend);
    entry = await ledger.write(part, reached, entry);
    pages += 1;
  }
  return pages;
}

/** Keeps to so many write units a second, by waiting after each write for as long as it took too much. */
function spendAt(unitsPerSecond: number, clock: Clock): Spend {
  let freeAt = Number.NEGATIVE_INFINITY;
  return async (units) => {
    const now = clock.now().getTime();
    freeAt = Math.max(freeAt, now) + (units / unitsPerSecond) * 1_000;
    if (freeAt > now) await clock.sleep(freeAt - now);
  };
}
