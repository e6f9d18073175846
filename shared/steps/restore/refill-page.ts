import type { RefillSegment } from '../../contracts/ledger/refills.ts';
import { differing, keyOf, missing } from '../../core/items.ts';
import type { RefillUnit } from '../../core/refill.ts';
import type { ItemChange, TableItems } from '../../ports/table-items.ts';

/** How fast a page may be written. */
export interface Pace {
  /** Waits until so many more write units may be used, which so many writes took. */
  spend(units: number, writes: number): Promise<void>;
  /** After how many writes their units are counted: a limit must not be overrun by a whole page. */
  atOnce(): number;
  /** False once there is no time for another write. */
  mayGoOn(): boolean;
}

/**
 * Takes a segment of a refill one page further. Items that are equal cost no write. A page that is done twice writes
 * nothing the second time, and so one that there is no time to end is taken up again.
 *
 * @returns how far the segment is then
 */
export async function refillPage(
  unit: RefillUnit,
  reached: RefillSegment,
  items: TableItems,
  pace: Pace,
): Promise<RefillSegment> {
  const { phase, after: _, ...counts } = reached;
  if (phase === 'DONE') return reached;
  const { isCut, next, ...done } = await (phase === 'WRITE' ? writePage : deletePage)(unit, reached.after, items, pace);
  if (isCut) {
    return { ...reached, written: counts.written + done.written, deleted: counts.deleted + done.deleted };
  }
  const sums = {
    items: counts.items + done.items,
    written: counts.written + done.written,
    deleted: counts.deleted + done.deleted,
    kept: counts.kept + done.kept,
  };
  if (next !== undefined) return { ...sums, phase, after: next };
  return { ...sums, phase: phase === 'WRITE' ? 'DELETE' : 'DONE' };
}

interface Page extends Omit<RefillSegment, 'phase' | 'after'> {
  next: string | undefined;
  /** Whether it was left before its end. */
  isCut: boolean;
}

/** Writes what the live table lacks, or has otherwise. */
async function writePage(
  { table, segment }: RefillUnit,
  after: string | undefined,
  items: TableItems,
  pace: Pace,
): Promise<Page> {
  const page = await items.scan(table.scratch, { segment, after });
  const present = await items.get(
    table.name,
    page.items.map((item) => keyOf(item, table.keys)),
  );
  const changed = differing(page.items, present, table.keys).map((item) => ({ put: item }));
  const written = await write(table.name, changed, items, pace);
  return { items: page.items.length, written, deleted: 0, kept: 0, next: page.next, isCut: written < changed.length };
}

/** Deletes what the backup does not have. */
async function deletePage(
  { table, segment }: RefillUnit,
  after: string | undefined,
  items: TableItems,
  pace: Pace,
): Promise<Page> {
  const page = await items.scan(table.name, { segment, after, attributes: table.keys });
  const backedUp = await items.get(table.scratch, page.items, table.keys);
  const strays = missing(page.items, backedUp).map((key) => ({ delete: key }));
  const deleted = await write(table.name, strays, items, pace);
  const kept = page.items.length - strays.length;
  return { items: 0, written: 0, deleted, kept, next: page.next, isCut: deleted < strays.length };
}

/** @returns how many of them there was time for */
async function write(table: string, changes: ItemChange[], items: TableItems, { spend, atOnce, mayGoOn }: Pace) {
  let done = 0;
  while (done < changes.length && (done === 0 || mayGoOn())) {
    const some = changes.slice(done, done + atOnce());
    await spend(await items.write(table, some), some.length);
    done += some.length;
  }
  return done;
}
