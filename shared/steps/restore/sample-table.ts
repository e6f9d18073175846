import type { ItemSample } from '../../contracts/ledger.ts';
import type { TableToRestore } from '../../contracts/restore-plan.ts';
import type { TableShape } from '../../contracts/table-settings.ts';
import { randomSegments, sampleDifferences } from '../../core/item-samples.ts';
import { keyAttributes, keyOf } from '../../core/items.ts';
import type { Item, TableItems } from '../../ports/table-items.ts';

interface SampleJob {
  table: Pick<TableToRestore, 'target' | 'recorded'>;
  /** The table that it is compared with. */
  other: string;
  shape: Pick<TableShape, 'keys'>;
  run: string;
  /** How many items. */
  wanted: number;
}

/**
 * Compares so many items of a restored table, picked at random, with another table, attribute by attribute.
 */
export async function sampleTable(
  { table: { target, recorded }, other, shape, run, wanted }: SampleJob,
  items: Pick<TableItems, 'scan' | 'get'>,
): Promise<ItemSample> {
  const sampled: Item[] = [];
  for (const segment of randomSegments(target, run, recorded?.items ?? 0)) {
    let after: string | undefined;
    do {
      const page = await items.scan(target, { segment, after });
      sampled.push(...page.items);
      after = page.next;
    } while (after !== undefined && sampled.length < wanted);
    if (sampled.length >= wanted) break;
  }
  const keys = keyAttributes(shape);
  const compared = sampled.slice(0, wanted);
  const others = await items.get(
    other,
    compared.map((item) => keyOf(item, keys)),
  );
  return { compared: compared.length, differing: sampleDifferences(compared, others, keys) };
}
