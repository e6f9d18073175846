import type { RefillSegment } from '../../contracts/ledger.ts';
import { differing, keyOf, missing } from '../../core/items.ts';
import type { RefillUnit } from '../../core/refill.ts';
import type { TableItems } from '../../ports/table-items.ts';

/** Waits until so many more write units may be used. */
export type Spend = (units: number) => Promise<void>;

/**
 * Takes a segment of a refill one page further. Items that are equal cost no write. A page that is done twice writes
 * nothing the second time.
 *
 * @returns how far the segment is then
 */
export async function refillPage(
  unit: RefillUnit,
  reached: RefillSegment,
  items: TableItems,
  spend: Spend,
): Promise<RefillSegment> {
  const { phase, after: _, ...counts } = reached;
  if (phase === 'DONE') return reached;
  const { next, ...done } = await (phase === 'WRITE' ? writePage : deletePage)(unit, reached.after, items, spend);
  const sums = {
    items: counts.items + done.items,
    written: counts.written + done.written,
    deleted: counts.deleted + done.deleted,
    kept: counts.kept + done.kept,
  };
  if (next !== undefined) return { ...sums, phase, after: next };
  return { ...sums, phase: phase === 'WRITE' ? 'DELETE' : 'DONE' };
}

type Page = Omit<RefillSegment, 'phase' | 'after'> & { next: string | undefined };

/** Writes what the live table lacks, or has otherwise. */
async function writePage(
  { table, segment }: RefillUnit,
  after: string | undefined,
  items: TableItems,
  spend: Spend,
): Promise<Page> {
  const page = await items.scan(table.scratch, { segment, after });
  const present = await items.get(
    table.name,
    page.items.map((item) => keyOf(item, table.keys)),
  );
  const changed = differing(page.items, present, table.keys);
  await inSteps(changed, async (some) => {
    await spend(
      await items.write(
        table.name,
        some.map((item) => ({ put: item })),
      ),
    );
  });
  return { items: page.items.length, written: changed.length, deleted: 0, kept: 0, next: page.next };
}

/** Deletes what the backup does not have. */
async function deletePage(
  { table, segment }: RefillUnit,
  after: string | undefined,
  items: TableItems,
  spend: Spend,
): Promise<Page> {
  const page = await items.scan(table.name, { segment, after, attributes: table.keys });
  const backedUp = await items.get(table.scratch, page.items, table.keys);
  const strays = missing(page.items, backedUp);
  await inSteps(strays, async (some) => {
    await spend(
      await items.write(
        table.name,
        some.map((key) => ({ delete: key })),
      ),
    );
  });
  return { items: 0, written: 0, deleted: strays.length, kept: page.items.length - strays.length, next: page.next };
}

/** After so many writes their units are counted: a limit must not be overrun by a whole page. */
const writesAtOnce = 100;

async function inSteps<T>(all: T[], write: (some: T[]) => Promise<void>): Promise<void> {
  for (let first = 0; first < all.length; first += writesAtOnce) await write(all.slice(first, first + writesAtOnce));
}
