import type { ItemSample } from '../contracts/ledger/item-readings.ts';
import type { Difference } from '../contracts/ledger/verification.ts';
import type { TableToRestore } from '../contracts/restore-plan.ts';
import type { AttributeValue, Item } from '../ports/table-items.ts';
import { hashOf } from './hash.ts';
import { keyOf, textOf } from './items.ts';
import { scratchName } from './scratch-table.ts';

/** A sample is taken from so small parts of a table that each has only a few of its items. */
const itemsOfSegment = 5;
/** DynamoDB divides a table into a million at the most. */
const mostSegments = 1_000_000;

/**
 * Segments of a table in an order that nobody chose: where an item lies depends on the hash of its key. The same run asks
 * for the same ones each time.
 *
 * @param items that the table has, roughly
 */
export function* randomSegments(table: string, run: string, items: number): Generator<{ number: number; of: number }> {
  const of = Math.min(mostSegments, Math.max(1, Math.ceil(items / itemsOfSegment)));
  const seen = new Set<number>();
  for (let turn = 0; seen.size < of; turn += 1) {
    const number = Number.parseInt(hashOf({ table, run, turn }).slice(0, 12), 16) % of;
    if (seen.has(number)) continue;
    seen.add(number);
    yield { number, of };
  }
}

/**
 * The segments to look at for so many items: as many random ones, which have five times as many items between them, and
 * then the whole table. How many items it has is hours old, and it may have lost most of them since.
 */
export function* segmentsToSample(table: string, run: string, items: number, wanted: number) {
  let looked = 0;
  for (const segment of randomSegments(table, run, items)) {
    if (looked === wanted) {
      yield { number: 0, of: 1 };
      return;
    }
    yield segment;
    looked += 1;
  }
}

/** What is different of items that another table should have as well, attribute by attribute. */
export function sampleDifferences(sampled: Item[], others: Item[], keys: string[]): ItemSample['differing'] {
  const byKey = new Map(others.map((item) => [textOf(keyOf(item, keys)), item]));
  return sampled.flatMap((item) => {
    const key = keyOf(item, keys);
    const other = byKey.get(textOf(key));
    if (other === undefined) return [{ key: keyText(key), how: 'is missing' }];
    const names = [...new Set([...Object.keys(item), ...Object.keys(other)])].sort();
    const differing = names.filter((name) => attributeText(item[name]) !== attributeText(other[name]));
    return differing.length === 0 ? [] : [{ key: keyText(key), how: `differs in ${differing.join(', ')}` }];
  });
}

function attributeText(value: AttributeValue | undefined): string {
  return value === undefined ? 'none' : textOf({ value });
}

/** The values of items are nobody's business in a report; a key is told, or nobody could find the item. */
function keyText(key: Item): string {
  return Object.entries(key)
    .map(([name, value]) => `${name}=${'S' in value ? value.S : 'N' in value ? value.N : 'binary'}`)
    .join(', ');
}

/** Two tables of which a sample of items is compared. */
export interface Sides {
  /** Holds what the backup holds: items of it are picked. */
  restored: string;
  /** Where they are looked up. */
  live: string;
  /** Whether both are to hold the same; else the live one is as the application has it now. */
  areToBeEqual: boolean;
}

/** Undefined where there is one side alone: what a table replaced is gone, and its backup cannot be read. */
export function sidesOf({ name, target, action }: Restored, run: string): Sides | undefined {
  if (action === 'refill') return { restored: scratchName(name, run), live: name, areToBeEqual: true };
  return action === 'remove' || target === name ? undefined : { restored: target, live: name, areToBeEqual: false };
}

type Restored = Pick<TableToRestore, 'name' | 'target' | 'action'>;

/** So many items are told. */
const itemsTold = 5;

/** What a sample says of a table. */
export function judgeSample(
  { restored, live, areToBeEqual }: Sides,
  { compared, differing, notThere }: ItemSample,
): { differences: Difference[]; remarks: string[] } {
  if (notThere !== undefined) {
    return { differences: [], remarks: [`no items of ${restored} were compared with ${live}: ${notThere}`] };
  }
  if (compared === 0) return { differences: [], remarks: [`no items of ${live} were compared: ${restored} has none`] };
  const more = differing.length > itemsTold ? `; and ${differing.length - itemsTold} more` : '';
  const told = `${differing
    .slice(0, itemsTold)
    .map(({ key, how }) => `${key} ${how}`)
    .join('; ')}${more}`;
  if (!areToBeEqual) {
    const found = differing.length === 0 ? 'are the same there' : `differ there: ${told}`;
    const remark = `${restored}: ${compared} of its items were looked up in ${live}, as it is now: ${differing.length === 0 ? 'all' : differing.length} ${found}`;
    return { differences: [], remarks: [remark] };
  }
  if (differing.length === 0) return { differences: [], remarks: [] };
  const difference = { kind: 'table' as const, name: live, what: `${compared} sampled items`, found: told };
  return { differences: [{ ...difference, expected: 'as in the backup' }], remarks: [] };
}
