/**
 * Calls a second that Tandem makes at most, each below what AWS documents for an account and region: 50 CreateBackup,
 * 5 ListBackups, 10 DescribeBackup, 10 RestoreTableFromBackup, 10 DescribeContinuousBackups, 10 ListTagsOfResource and
 * 5 TagResource.
 */
export const callRates = {
  createBackup: 40,
  listBackups: 4,
  describeBackup: 8,
  restoreTable: 8,
  describeContinuousBackups: 8,
  listTags: 8,
  tag: 4,
} as const;
