import type { RestorePlan, TableToRestore } from '../contracts/restore-plan.ts';
import { isRefilled } from './refill.ts';

/** What a refill takes of DynamoDB at most. */
export interface RefillUsage {
  /** Items that are read: those of the backup and of the live table, each with its counterpart. */
  items: number;
  readUnits: number;
  /** Where no item is as it was. Those of secondary indexes come on top. */
  writeUnits: number;
}

/** A strongly consistent read unit and a write unit, in bytes. */
const readUnit = 4_096;
const writeUnit = 1_024;

/**
 * What a refill reads, and what it writes where everything differs: nobody knows beforehand what does. Each side is scanned
 * once, and its items are looked up on the other side.
 */
export function refillUsage({ tables }: Pick<RestorePlan, 'tables'>): RefillUsage {
  const used = tables.filter(isRefilled).map(usageOfTable);
  return {
    items: sum(used.map(({ items }) => items)),
    readUnits: sum(used.map(({ readUnits }) => readUnits)),
    writeUnits: sum(used.map(({ writeUnits }) => writeUnits)),
  };
}

function usageOfTable({ recorded, current }: TableToRestore): RefillUsage {
  const [backup, live] = [recorded ?? empty, current ?? empty];
  const scanned = Math.ceil(backup.bytes / readUnit) + Math.ceil(live.bytes / readUnit);
  const lookedUp = backup.items * units(live, readUnit) + live.items * units(backup, readUnit);
  return {
    items: backup.items + live.items,
    readUnits: scanned + lookedUp,
    writeUnits: backup.items * units(backup, writeUnit) + live.items * units(live, writeUnit),
  };
}

interface Held {
  items: number;
  bytes: number;
}

const empty: Held = { items: 0, bytes: 0 };

/** Of an item of average size. */
function units({ items, bytes }: Held, unit: number): number {
  return items === 0 ? 1 : Math.max(1, Math.ceil(bytes / items / unit));
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
