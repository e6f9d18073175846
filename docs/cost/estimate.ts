import { dynamodbCallRates } from '../../shared/adapters/dynamodb-call-rates.ts';
import { type Holdings, keptAtMost, monthlyCost, restoreCost, totalOf } from '../../shared/core/cost.ts';
import { restoreWindow } from '../../shared/core/restore-window.ts';
import { secondsPerWindow, usageOf } from '../../shared/core/run-usage.ts';
import { readDeployment } from './deployment.ts';
import type { CostOptions } from './options.ts';
import { type Rehearsal, rehearse } from './rehearsal.ts';

/** The backup of a table is asked for, and then its settings are read, each as fast as DynamoDB allows. */
export const secondsPerTable =
  1 / dynamodbCallRates.CreateBackup +
  1 / Math.min(dynamodbCallRates.DescribeContinuousBackups, dynamodbCallRates.ListTagsOfResource);

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
  const backupUsage = usageOf(counted(night), tables * secondsPerTable, memoryGb);
  const restoreSeconds = tables * secondsPerTable + windows * secondsPerWindow;
  const restoreUsage = usageOf(counted(restore), restoreSeconds, memoryGb);

  const kept = keptAtMost(retention);
  const month = monthlyCost(holdings, kept, backupUsage, standing);
  const unpruned = monthlyCost(holdings, nightsAYear, backupUsage, standing);
  const restored = restoreCost(holdings, restoreUsage, holdings);
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

function counted({ states, tasks }: Rehearsal) {
  return { transitions: states.length, tasks };
}
