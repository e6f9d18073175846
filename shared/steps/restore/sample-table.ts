import type { ItemSample } from '../../contracts/ledger/item-readings.ts';
import type { TableShape } from '../../contracts/table-settings.ts';
import { type Sides, sampleDifferences, segmentsToSample } from '../../core/item-samples.ts';
import { keyAttributes, keyOf, textOf } from '../../core/items.ts';
import { hasCode } from '../../errors/tandem-error.ts';
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
 * Compares so many items of what was restored, picked at random, with the live table, attribute by attribute. One that is
 * restored beside another may well be because that is gone.
 */
export async function sampleTable(job: SampleJob, port: Pick<TableItems, 'scan' | 'get'>): Promise<ItemSample> {
  try {
    return await compare(job, port);
  } catch (error) {
    if (!hasCode(error, 'TABLE_NOT_FOUND')) throw error;
    return { compared: 0, differing: [], notThere: error.message };
  }
}

async function compare(
  { sides: { restored, live }, items, shape, run, wanted }: SampleJob,
  port: Pick<TableItems, 'scan' | 'get'>,
): Promise<ItemSample> {
  const keys = keyAttributes(shape);
  const sampled = new Map<string, Item>();
  for (const segment of segmentsToSample(restored, run, items, wanted)) {
    let after: string | undefined;
    do {
      const page = await port.scan(restored, { segment, after });
      for (const item of page.items) sampled.set(textOf(keyOf(item, keys)), item);
      after = page.next;
    } while (after !== undefined && sampled.size < wanted);
    if (sampled.size >= wanted) break;
  }
  const compared = [...sampled.values()].slice(0, wanted);
  const others = await port.get(
    live,
    compared.map((item) => keyOf(item, keys)),
  );
  return { compared: compared.length, differing: sampleDifferences(compared, others, keys) };
}
