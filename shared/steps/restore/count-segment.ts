import type { SegmentCount } from '../../contracts/ledger/item-readings.ts';
import type { TableToCount } from '../../core/item-counts.ts';
import { filtersByAttribute, filtersOf } from '../../core/pairs.ts';
import { hasCode } from '../../errors/tandem-error.ts';
import type { TableItems } from '../../ports/table-items.ts';

/** A part of a table, as far as it is counted. */
export interface SegmentJob {
  table: TableToCount;
  number: number;
  of: number;
  segment: SegmentCount;
}

/** Of 1 MB each, before the ledger is told how far it is. */
const pagesATurn = 20;

/** Counts a segment on for some pages. What it failed with is told, not thrown: what was counted until then is kept. */
export async function countSegment(
  { table, number, of, segment }: SegmentJob,
  items: Pick<TableItems, 'count' | 'scan'>,
): Promise<{ name: string; number: number; segment: SegmentCount; failure?: unknown }> {
  const { name } = table;
  let reached = segment;
  try {
    for (let page = 0; page < pagesATurn && !reached.done; page += 1) {
      reached = await countPage(table, { number, of }, reached, items);
    }
    return { name, number, segment: reached };
  } catch (error) {
    if (hasCode(error, 'TABLE_NOT_FOUND')) return { name, number, segment: { ...reached, done: true, gone: true } };
    return { name, number, segment: reached, failure: error };
  }
}

async function countPage(
  { target, filters }: TableToCount,
  segment: { number: number; of: number },
  { items, taken, after }: SegmentCount,
  port: Pick<TableItems, 'count' | 'scan'>,
): Promise<SegmentCount> {
  if (filters.length === 0) {
    const page = await port.count(target, { segment, after });
    return { items: items + page.items, taken, done: page.next === undefined, after: page.next };
  }
  const byAttribute = filtersByAttribute(filters);
  const page = await port.scan(target, { segment, after, attributes: [...byAttribute.keys()] });
  const more = new Map(taken);
  for (const filter of page.items.flatMap((item) => filtersOf(item, byAttribute))) {
    more.set(filter, (more.get(filter) ?? 0) + 1);
  }
  return { items: items + page.items.length, taken: more, done: page.next === undefined, after: page.next };
}
