import type { Pair } from '../contracts/ledger/restore-run.ts';
import type { Difference, Verification } from '../contracts/ledger/verification.ts';
import type { ItemFilter, PairOfPlan } from '../contracts/plan-file.ts';
import type { RestoreSource } from '../contracts/restore-source.ts';
import type { AttributeValue, Item } from '../ports/table-items.ts';
import { few } from './deadline.ts';
import { matchNames } from './selection.ts';
import { webinyPairs } from './webiny-pairs.ts';

/** The pairs of a recovery point: those that the plan names, and those of Webiny. */
export function pairsOf(
  named: PairOfPlan[],
  { tables, search }: Pick<RestoreSource, 'tables' | 'search'>,
): { pairs: Pair[]; remarks: string[] } {
  const names = { tables: tables.map(({ name }) => name), indices: (search?.indices ?? []).map(({ name }) => name) };
  const resolved = named.map(({ table, index, where }) => ({
    ...{ table, indices: matchNames([index], names.indices), ...(where && { where }) },
    index,
  }));
  const isThere = ({ table, indices }: Pair) => names.tables.includes(table) && indices.length > 0;
  const own = new Set(named.map(({ table }) => table));
  return {
    pairs: [
      ...resolved.filter(isThere).map(({ index: _, ...pair }) => pair),
      ...webinyPairs(names.tables, names.indices).filter(({ table }) => !own.has(table)),
    ],
    remarks: resolved
      .filter((pair) => !isThere(pair))
      .map(({ table, index }) => `the pair of table ${table} and index ${index} is not in the recovery point`),
  };
}

/** A filter as a text, under which what it takes is counted. */
export function filterText({ attribute, equals }: ItemFilter): string {
  return equals === undefined ? attribute : `${attribute} = ${JSON.stringify(equals)}`;
}

/** Which of the filters take an item, as texts. */
export function filtersOf(item: Item, filters: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return [...filters].flatMap(([attribute, wanted]) => {
    const value = item[attribute];
    if (value === undefined) return [];
    const plain = plainValue(value);
    const texts = [
      filterText({ attribute }),
      ...(plain === undefined ? [] : [filterText({ attribute, equals: plain })]),
    ];
    return texts.filter((text) => wanted.has(text));
  });
}

/** The texts of the filters on each attribute. */
export function filtersByAttribute(filters: ItemFilter[]): Map<string, Set<string>> {
  const byAttribute = Map.groupBy(filters, ({ attribute }) => attribute);
  return new Map([...byAttribute].map(([attribute, alike]) => [attribute, new Set(alike.map(filterText))]));
}

function plainValue(value: AttributeValue): ItemFilter['equals'] {
  if ('S' in value) return value.S;
  if ('N' in value) return Number(value.N);
  if ('BOOL' in value) return value.BOOL;
  return undefined;
}

type CountedPair = Verification['pairs'][number];

/** What the numbers of both sides say, and what they do not. */
export function judgePair(pair: CountedPair, skewSeconds: number): { differences: Difference[]; remarks: string[] } {
  const { items, documents, counted } = pair;
  const name = pairName(pair);
  if (items === null || documents === null) {
    const side = items === null ? `items of ${pair.table}` : `documents of ${few(pair.indices)}`;
    return { differences: [], remarks: [`pair ${name} is not compared: the ${side} cannot be counted`] };
  }
  if (items === documents) return { differences: [], remarks: [] };
  if (counted === 'STALE') {
    const remark = `pair ${name}: ${documents} documents, and ${items} items as DynamoDB had counted them hours before the backup: --count counts them`;
    return { differences: [], remarks: [remark] };
  }
  const remedy = `the two sides were saved up to ${Math.ceil(skewSeconds)} s apart, and what was written in between is in one of them alone; the index may also have lagged behind then: have the application index these items again`;
  const difference = {
    ...{ kind: 'pair' as const, name, what: 'documents' },
    ...{ expected: `${items}, as many as items counted`, found: String(documents), remedy },
  };
  return { differences: [difference], remarks: [] };
}

export function pairName({ table, indices, where }: Pair): string {
  return `${table}${where === undefined ? '' : ` (${filterText(where)})`} and ${few(indices)}`;
}
