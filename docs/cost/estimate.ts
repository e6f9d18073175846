import { dynamodbCallRates } from '../../shared/adapters/dynamodb-call-rates.ts';
import { type Holdings, keptAtMost, monthlyCost, type RunUsage, restoreCost, totalOf } from '../../shared/core/cost.ts';
import { restoreWindow } from '../../shared/core/restore-window.ts';
import { readDeployment } from './deployment.ts';
import type { CostOptions } from './options.ts';
import { type Rehearsal, rehearse } from './rehearsal.ts';

/** A cold start, and a few calls. */
export const secondsPerTask = 3;

/** The backup of a table is asked for, and then its settings are read, each as fast as DynamoDB allows. */
export const secondsPerTable =
  1 / dynamodbCallRates.CreateBackup +
  1 / Math.min(dynamodbCallRates.DescribeContinuousBackups, dynamodbCallRates.ListTagsOfResource);

/** For which Lambda is busy with restoring one window of tables: it looks again and again as long as tables move. */
export const secondsPerWindow = 300;

/** Requests to the catalog bucket, of each kind: so many from every task, and one a second from those that take long. */
export const requestsPerTask = 3;

/** What is kept after a year in which nothing was pruned. */
const nightsAYear = 365;

/** What the backups of a month cost, and what one restore. */
export async function estimate({ tables, gb, indices, indexGb, polls, restorePolls, retention }: CostOptions) {
  const parts = { hasTables: tables > 0, hasSearch: indices > 0 };
  const holdings: Holdings = {
    tables,
    tableGb: parts.hasTables ? gb : 0,
    indices,
    indexGb: parts.hasSearch ? indexGb : 0,
  };
  const { memoryGb, ...standing } = await readDeployment();
  const windows = Math.ceil(tables / restoreWindow);

  const [tablePolls, snapshotPolls] = polls;
  const night = await rehearse('backup', {
    ...parts,
    looks: { CheckTableBackups: tablePolls, CheckIndexSnapshot: snapshotPolls },
  });
  const [restoreTablePolls, recoveryPolls] = restorePolls ?? [10 + 2 * windows, 10];
  const restore = await rehearse('restore', {
    ...parts,
    looks: {
      // The safety point is a backup of all that is there.
      CheckTableBackups: tablePolls,
      CheckIndexSnapshot: snapshotPolls,
      RestoreTables: restoreTablePolls,
      CheckIndexRecovery: recoveryPolls,
    },
  });
  const backupUsage = usageOf(night, tables * secondsPerTable, memoryGb);
  const restoreUsage = usageOf(restore, tables * secondsPerTable + windows * secondsPerWindow, memoryGb);

  const kept = keptAtMost(retention);
  const month = monthlyCost(holdings, kept, backupUsage, standing);
  const unpruned = monthlyCost(holdings, nightsAYear, backupUsage, standing);
  const restored = restoreCost(holdings, restoreUsage);
  return {
    region: 'us-east-1',
    currency: 'USD',
    holdings,
    retention: { ...retention, kept },
    backup: backupUsage,
    month: { lines: month, total: totalOf(month) },
    unprunedAfterAYear: { kept: nightsAYear, total: totalOf(unpruned) },
    restore: { ...restoreUsage, lines: restored, total: totalOf(restored) },
  };
}

export type Estimate = Awaited<ReturnType<typeof estimate>>;

/** @param seconds for which Lambda is busy beyond what every task takes */
function usageOf({ states, tasks }: Rehearsal, seconds: number, memoryGb: number): RunUsage {
  const requests = tasks * requestsPerTask + seconds;
  return {
    transitions: states.length,
    tasks,
    seconds: tasks * secondsPerTask + seconds,
    memoryGb,
    writes: requests,
    reads: requests,
  };
}
