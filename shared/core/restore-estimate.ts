import type { IndexRecord } from '../contracts/manifest.ts';
import type { Proof, RestoreEstimate, RestorePlan } from '../contracts/restore-plan.ts';
import { countingCost, type Holdings, restoreCost, totalOf } from './cost.ts';
import { refillUsage } from './refill-usage.ts';
import { restoreDuration, statedAssumptions } from './restore-duration.ts';
import { restoreUsage } from './run-usage.ts';

const bytesPerGb = 1e9;

/** Bytes on disk of an index with its replicas, as many as the data nodes can hold. */
export function bytesWithReplicas(
  { bytes, replicas }: Pick<IndexRecord, 'bytes' | 'replicas'>,
  dataNodes: number,
): number {
  return bytes * (1 + Math.min(replicas, Math.max(0, dataNodes - 1)));
}

/**
 * What a restore is expected to cost and to take.
 *
 * @param indices those that are restored, as the recovery point knows them
 * @param safetyPoint whether what exists now is backed up before
 * @param proof what is read of the restored tables
 */
export function estimateRestore(
  { tables, indices, writeUnits }: Pick<RestorePlan, 'tables' | 'indices' | 'writeUnits'>,
  recorded: IndexRecord[],
  dataNodes: number,
  safetyPoint: boolean,
  proof?: Proof,
): RestoreEstimate {
  const refill = writeUnits === null ? undefined : { ...refillUsage({ tables }), writeUnitsPerSecond: writeUnits };
  const restoring = {
    refill,
    tableBytes: tables.flatMap(({ recorded }) => recorded?.bytes ?? []),
    indexBytes: sum(recorded.map((index) => bytesWithReplicas(index, dataNodes))),
    indices: indices.length,
    dataNodes,
    safetyPoint,
    countsItems: proof?.count ?? false,
  };
  const duration = restoreDuration(restoring);
  const usage = restoreUsage(tables.length, { tables: duration.tables.to, indices: duration.indices.to });
  const present = holdingsOf(
    tables.flatMap(({ current }) => current ?? []),
    indices.flatMap(({ current }) => current ?? []),
  );
  const restored = holdingsOf(
    tables.flatMap((table) => table.recorded ?? []),
    indices.flatMap((index) => index.recorded ?? []),
  );
  const cost = [
    ...restoreCost(restored, usage, safetyPoint ? present : undefined, refill),
    ...(proof?.count ? countingCost(restoring.tableBytes) : []),
  ];
  return { dollars: totalOf(cost), cost, ...duration, assumptions: statedAssumptions(restoring) };
}

type Sized = { bytes: number };

function holdingsOf(tables: Sized[], indices: Sized[]): Holdings {
  const gb = (parts: Sized[]) => sum(parts.map(({ bytes }) => bytes)) / bytesPerGb;
  return { tables: tables.length, tableGb: gb(tables), indices: indices.length, indexGb: gb(indices) };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
