import type { Pair } from '../contracts/ledger/restore-run.ts';

/** The table from which Webiny's search is fed, whatever its prefix: an item is a document, and names its index. */
const searchTable = /(^|-)webiny-es-[0-9a-z]+$/;

/** `[prefix]<tenant>-headless-cms-<locale>-<model>`, without the locale from 6.0 on; of 5.x the others as well. */
const searchIndex = /-(headless-cms-.+|page-builder|form-builder)$/;

/**
 * The pairs of a Webiny application, by the names of its tables and indices. With several applications in a recovery
 * point an index may be of either: then there is none.
 */
export function webinyPairs(tables: string[], indices: string[]): Pair[] {
  const [table, ...others] = tables.filter((name) => searchTable.test(name));
  if (table === undefined || others.length > 0) return [];
  return indices
    .filter((name) => searchIndex.test(name))
    .map((name) => ({ table, indices: [name], where: { attribute: 'index', equals: name } }));
}
