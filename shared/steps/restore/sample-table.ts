import type { ItemSample } from '../../contracts/ledger.ts';
import type { TableShape } from '../../contracts/table-settings.ts';
import { randomSegments, type Sides, sampleDifferences } from '../../core/item-samples.ts';
import { keyAttributes, keyOf } from '../../core/items.ts';
import type { Item, TableItems } from '../../ports/table-items.ts';

interface SampleJob {
  sides: Pick<Sides, 'restored' | 'live'>;
  /** How many there are, roughly. */
  items: number;
  shape: Pick<TableShape, 'keys'>;
  run: string;
  /** How many items. */
  wanted: number;
}

/**
 * Compares so many items of what was restored, picked at random, with the live table, attribute by attribute.
 */
export async function sampleTable(
  { sides: { restored, live }, items, shape, run, wanted }: SampleJob,
  port: Pick<TableItems, 'scan' | 'get'>,
): Promise<ItemSample> {
  const sampled: Item[] = [];
  for (const segment of randomSegments(restored, run, items)) {
    let after: string | undefined;
    do {
      const page = await port.scan(restored, { segment, after });
      sampled.push(...page.items);
      after = page.next;
    } while (after !== undefined && sampled.length < wanted);
    if (sampled.length >= wanted) break;
  }
  const keys = keyAttributes(shape);
  const compared = sampled.slice(0, wanted);
  const others = await port.get(
    live,
    compared.map((item) => keyOf(item, keys)),
  );
  return { compared: compared.length, differing: sampleDifferences(compared, others, keys) };
}
