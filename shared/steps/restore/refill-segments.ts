import type { RefillSegment } from '../../contracts/ledger.ts';
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
import { TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { StepRun } from '../../ports/step-run.ts';
import type { TableItems } from '../../ports/table-items.ts';
import type { Tables } from '../../ports/tables.ts';
import { type Ledger, refillSegmentPart, tableRestoresPart } from '../ledger.ts';
import { refillPage, type Spend } from './refill-page.ts';
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
  const mayGoOn = () => step.millisecondsLeft() > reserveMilliseconds && !isPast(ports.clock.now(), state.deadlineAt);
  let pages = 0;
  for (const unit of unitsOfWorker(units, worker, workers.length)) {
    const unitsPerSecond = Math.min(writeUnits, unit.table.writeUnits ?? writeUnits) / workers.length;
    const spend = spendAt(unitsPerSecond, ports.clock);
    pages += await refillSegment(unit, phase, ledger, { items: ports.tableItems, spend, mayGoOn, assertSame });
  }
  step.info('refilled segments', { worker, phase, pages });
  return { worker, pages };
}

interface Means {
  items: TableItems;
  spend: Spend;
  mayGoOn: () => boolean;
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
  { items, spend, mayGoOn, assertSame }: Means,
): Promise<number> {
  const part = refillSegmentPart(unit.table.name, unit.segment.number);
  let entry = await ledger.read(part);
  let reached = entry?.value ?? untouched;
  let pages = 0;
  if (reached.phase === phase) await assertSame(unit.table);
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
