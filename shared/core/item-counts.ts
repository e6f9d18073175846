import type { ItemReadings, SegmentCount } from '../contracts/ledger/item-readings.ts';
import type { Pair } from '../contracts/ledger/restore-run.ts';
import type { ItemFilter } from '../contracts/plan-file.ts';
import type { RestorePlan } from '../contracts/restore-plan.ts';
import { filterText } from './pairs.ts';

/** A scan reads 1 MB a call: some dozens of calls make a segment, and no table so many that the ledger grows large. */
const segmentBytes = 32 * 1024 * 1024;
const mostSegments = 64;

/** A restored table whose items are counted. */
export interface TableToCount {
  /** In the recovery point. */
  name: string;
  target: string;
  /** How many items of it are documents. */
  filters: ItemFilter[];
}

export function tablesToCount({ tables }: Pick<RestorePlan, 'tables'>, pairs: Pair[]): TableToCount[] {
  return tables
    .filter(({ action }) => action !== 'remove')
    .map(({ name, target }) => ({
      ...{ name, target },
      filters: pairs.flatMap(({ table, where }) => (table === name && where !== undefined ? [where] : [])),
    }));
}

/** The segments of each table that is counted, none of them begun. */
export function nothingCounted(
  { tables }: Pick<RestorePlan, 'tables'>,
  counted: TableToCount[],
): ItemReadings['counts'] {
  const bytes = new Map(tables.map(({ name, recorded }) => [name, recorded?.bytes ?? 0]));
  return new Map(
    counted.map(({ name }) => {
      const of = Math.min(mostSegments, Math.max(1, Math.ceil((bytes.get(name) ?? 0) / segmentBytes)));
      return [name, Array.from({ length: of }, () => ({ done: false, items: 0, taken: new Map() }))];
    }),
  );
}

/** How many items were counted; undefined where not all were, or there is no such table. */
export function countedItems(segments: SegmentCount[] | undefined, where?: ItemFilter): number | undefined {
  if (segments === undefined || segments.some(({ done, gone }) => !done || gone)) return undefined;
  const itemsOf = ({ items, taken }: SegmentCount) =>
    where === undefined ? items : (taken.get(filterText(where)) ?? 0);
  return segments.reduce((sum, segment) => sum + itemsOf(segment), 0);
}
