import type { CallRates } from './call-rates.ts';

/**
 * Each below what AWS documents for an account and region: 50 CreateBackup, 5 ListBackups, 10 DescribeBackup,
 * 10 RestoreTableFromBackup, 10 DescribeContinuousBackups, 10 ListTagsOfResource and 5 TagResource. Of RestoreTableToPointInTime and
 * the calls for Contributor Insights and Kinesis destinations it documents none: they are kept as low as the others.
 */
export const dynamodbCallRates = {
  CreateBackup: 40,
  ListBackups: 4,
  DescribeBackup: 8,
  RestoreTableFromBackup: 8,
  RestoreTableToPointInTime: 8,
  DescribeContinuousBackups: 8,
  ListTagsOfResource: 8,
  TagResource: 4,
  ListContributorInsights: 8,
  DescribeKinesisStreamingDestination: 8,
  UpdateContributorInsights: 4,
  EnableKinesisStreamingDestination: 4,
} as const satisfies CallRates;
