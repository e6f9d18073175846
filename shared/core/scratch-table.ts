import { hashOf } from './hash.ts';

/** Marks what Tandem makes for a while, and no backup takes along. */
const scratchMark = '-tandem-scratch-';
const longestTableName = 255;

/** The name of the table that a backup is restored to, to be compared with: the same whenever the run asks. */
export function scratchName(table: string, run: string): string {
  const suffix = `${scratchMark}${hashOf({ table, run }).slice(0, 8)}`;
  return `${table.slice(0, longestTableName - suffix.length)}${suffix}`;
}

export function isScratchName(table: string): boolean {
  return new RegExp(`${scratchMark}[0-9a-f]{8}$`).test(table);
}
