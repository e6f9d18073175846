import type { RefillSegment } from '../contracts/ledger.ts';
import { hashOf } from './hash.ts';

/** A table that is made equal to its backup in place, as far as it takes to divide the work. */
export interface TableToRefill {
  name: string;
  /** Where the backup was restored to, to be compared with. */
  scratch: string;
  keys: string[];
  /** Of the backup. */
  bytes: number;
}

/** A part of a refill that one worker does at a time. */
export interface RefillUnit {
  table: TableToRefill;
  segment: { number: number; of: number };
}

/** A scan reads 1 MB a call: a few calls make a segment, and no table so many that their ledger costs more than they do. */
const segmentBytes = 4 * 1024 * 1024;
const mostSegments = 64;

/** As many functions at once, whatever there is to refill: reads and writes of one table come from all of them. */
export const mostWorkers = 8;

/** The segments of all tables, in an order that never changes. */
export function refillUnits(tables: TableToRefill[]): RefillUnit[] {
  return tables.flatMap((table) => {
    const of = Math.min(mostSegments, Math.max(1, Math.ceil(table.bytes / segmentBytes)));
    return Array.from({ length: of }, (_, number) => ({ table, segment: { number, of } }));
  });
}

/** The workers of a refill, by number; none where there is nothing to refill. */
export function refillWorkers(units: RefillUnit[]): number[] {
  return Array.from({ length: Math.min(mostWorkers, units.length) }, (_, worker) => worker);
}

/** What a worker does: each unit is that of one worker, so that no two write the ledger of one segment. */
export function unitsOfWorker(units: RefillUnit[], worker: number, workers: number): RefillUnit[] {
  return units.filter((_, position) => position % workers === worker);
}

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

export const untouched: RefillSegment = { phase: 'WRITE', items: 0, written: 0, deleted: 0, kept: 0 };

/** What was done to one table, or is still to be done. */
export interface RefillProgress {
  done: boolean;
  /** In the backup. */
  items: number;
  written: number;
  deleted: number;
  /** In the live table, and in the backup too: as many as the backup has, once it is done. */
  kept: number;
}

export function progressOf(segments: RefillSegment[]): RefillProgress {
  const sum = (count: (segment: RefillSegment) => number) => segments.reduce((all, one) => all + count(one), 0);
  return {
    done: segments.every(({ phase }) => phase === 'DONE'),
    items: sum(({ items }) => items),
    written: sum(({ written }) => written),
    deleted: sum(({ deleted }) => deleted),
    kept: sum(({ kept }) => kept),
  };
}
