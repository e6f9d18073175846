import type { Span } from '../contracts/restore-plan.ts';
import type { RefillUsage } from './refill-usage.ts';
import { restoreWindow } from './restore-window.ts';

/**
 * What a restore is expected to take, from sizes and quotas. Nobody promises any of it: AWS says that 95 % of table
 * restores end within an hour, small tables were seen to take 80 to 720 seconds, and neither says what a GB takes.
 */
const durationAssumptions = {
  /** Seconds in which a small table was seen to be restored. */
  smallTable: { from: 80, to: 720 },
  /** Bytes a second by which a larger table is taken to need longer. */
  tableRate: { from: 100e6, to: 25e6 },
  /** Seconds within which AWS says that 95 % of tables are back. */
  longestTable: 3_600,
  /** Seconds for deleting a table before, and for its settings afterwards. */
  aroundTable: { from: 30, to: 180 },
  /** Restores are asked for so many times a second, below the 10 that DynamoDB takes. */
  restoresPerSecond: 8,
  /** Items a second that all workers of a refill look at, on both sides. */
  refillRate: { from: 8_000, to: 1_000 },
  /** Bytes a second that a data node takes in, which is what indices.recovery.max_bytes_per_sec lets it by default, or a third of it. */
  indexRate: { from: 40e6, to: 13e6 },
  /** Seconds until indices are deleted, asked for and looked at. */
  aroundIndices: { from: 15, to: 120 },
  /** Seconds of looking at everything before, and of verifying it. */
  around: { from: 20, to: 120 },
  /** Describing the backup of a table, so many a second, is the slowest part of that. */
  describedPerSecond: 8,
  /** Seconds of a safety point: table backups, asked for 40 times a second, and a snapshot of what changed. */
  safetyPoint: { from: 30, to: 600 },
  backupsPerSecond: 40,
  /** Bytes a second of all tables together that a scan reads to count items, some segments at once. */
  countRate: { from: 100e6, to: 10e6 },
} as const;

/** What takes its time. */
export interface Restoring {
  /** The size of each table. */
  tableBytes: number[];
  /** With replicas. */
  indexBytes: number;
  indices: number;
  dataNodes: number;
  safetyPoint: boolean;
  /** Undefined where no table is refilled. */
  refill?: (Pick<RefillUsage, 'items' | 'writeUnits'> & { writeUnitsPerSecond: number }) | undefined;
  /** Whether the items of all tables are counted afterwards. */
  countsItems?: boolean;
}

type Bound = keyof Span;

/** Seconds of each side and of the whole. Both sides are restored at the same time. */
export function restoreDuration(restoring: Restoring): { seconds: Span; tables: Span; indices: Span } {
  const [tables, indices] = [bothBounds(restoring, tableSeconds), bothBounds(restoring, indexSeconds)];
  const seconds = bothBounds(
    restoring,
    (_, bound) => Math.max(tables[bound], indices[bound]) + aroundSeconds(restoring, bound),
  );
  return { seconds, tables, indices };
}

function bothBounds(restoring: Restoring, secondsOf: (restoring: Restoring, bound: Bound) => number): Span {
  return { from: Math.round(secondsOf(restoring, 'from')), to: Math.round(secondsOf(restoring, 'to')) };
}

/**
 * Plays the sliding window, the largest first: each table begins when its restore may be asked for and one of the places is
 * free. Tables are deleted ahead and get their settings back afterwards, which takes no place.
 */
function tableSeconds({ tableBytes, refill }: Restoring, bound: Bound): number {
  const freeAt = Array.from({ length: restoreWindow }, () => 0);
  let last = 0;
  for (const [position, bytes] of tableBytes.toSorted((one, other) => other - one).entries()) {
    const place = freeAt.indexOf(Math.min(...freeAt));
    const begin = Math.max(freeAt[place] ?? 0, position / durationAssumptions.restoresPerSecond);
    const end = begin + secondsOfTable(bytes, bound);
    freeAt[place] = end;
    last = Math.max(last, end);
  }
  const around = tableBytes.length === 0 ? 0 : durationAssumptions.aroundTable[bound];
  return last + around + refillSeconds(refill, bound);
}

/** The tables to compare with are restored first. It writes nothing at best, and everything at worst. */
function refillSeconds(refill: Restoring['refill'], bound: Bound): number {
  if (refill === undefined) return 0;
  const reading = refill.items / durationAssumptions.refillRate[bound];
  return reading + (bound === 'to' ? refill.writeUnits / refill.writeUnitsPerSecond : 0);
}

function secondsOfTable(bytes: number, bound: Bound): number {
  const { smallTable, tableRate, longestTable } = durationAssumptions;
  return Math.min(longestTable, smallTable[bound] + bytes / tableRate[bound]);
}

function indexSeconds({ indices, indexBytes, dataNodes }: Restoring, bound: Bound): number {
  if (indices === 0) return 0;
  const { indexRate, aroundIndices } = durationAssumptions;
  return aroundIndices[bound] + indexBytes / (indexRate[bound] * Math.max(1, dataNodes));
}

function aroundSeconds({ tableBytes, safetyPoint, countsItems }: Restoring, bound: Bound): number {
  const { around, describedPerSecond, safetyPoint: safety, backupsPerSecond, countRate } = durationAssumptions;
  const looking = around[bound] + tableBytes.length / describedPerSecond;
  const counting = tableBytes.reduce((sum, bytes) => sum + bytes, 0) / countRate[bound];
  const saving = safetyPoint ? safety[bound] + tableBytes.length / backupsPerSecond : 0;
  return looking + saving + (countsItems ? counting : 0);
}

/** What the estimate rests on, in sentences. */
export function statedAssumptions({
  tableBytes,
  indices,
  dataNodes,
  safetyPoint,
  refill,
  countsItems,
}: Restoring): string[] {
  const { smallTable, tableRate, restoresPerSecond, indexRate, refillRate, countRate } = durationAssumptions;
  const mb = (rate: number) => Math.round(rate / 1e6);
  return [
    'an estimate, no promise: prices of us-east-1, without taxes and discounts',
    ...(tableBytes.length === 0
      ? []
      : [
          `a table takes ${smallTable.from} to ${smallTable.to} s (seen with small ones) and a second more for every ${mb(tableRate.to)} to ${mb(tableRate.from)} MB, an hour at the most; ${restoreWindow} at a time, ${restoresPerSecond} begun a second`,
        ]),
    ...(indices === 0
      ? []
      : [
          `an index comes back at ${mb(indexRate.to)} to ${mb(indexRate.from)} MB a second for each data node (${dataNodes}), replicas included`,
        ]),
    ...(refill === undefined
      ? []
      : [
          `a refill looks at ${refillRate.to} to ${refillRate.from} items a second, and writes what differs, which nobody knows beforehand: nothing to everything, ${refill.writeUnitsPerSecond} write units a second at most; secondary indexes and replicas of a global table cost writes of their own`,
        ]),
    ...(countsItems
      ? [
          `items are counted at ${mb(countRate.to)} to ${mb(countRate.from)} MB a second, at the price of reads on demand; of a table with provisioned throughput it takes from that`,
        ]
      : []),
    ...(safetyPoint ? ['the safety point is kept for one month'] : []),
  ];
}
