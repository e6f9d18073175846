import type { Plan } from '../shared/contracts/plan-file.ts';
import { accessPolicies, accessPolicy, type Statement } from './access-policy.ts';
import { ownArn } from './arn.ts';

/** What the two workflows may do to the tables of the plans. */
export function tableAccess(plans: Plan[]) {
  const patterns = tablePatterns(plans);
  if (patterns.length === 0) return {};
  return {
    ...accessPolicies('BackupTables', 'BackupRole', patterns, backup),
    ...accessPolicies('RestoreTables', 'RestoreRole', patterns, restore),
    BackupAroundTables: accessPolicy('BackupRole', backupAround),
    RestoreAroundTables: accessPolicy('RestoreRole', [...restoreAround, ...restoreUnderOtherNames(patterns)]),
  };
}

/**
 * The names and globs of all plans: `*` and `?` mean the same in IAM. A plan that selects by tags takes all tables:
 * which those are is known only when it runs, and on a restore the table that bore the tags may be gone.
 */
function tablePatterns(plans: Plan[]): string[] {
  const selections = plans.flatMap(({ tables }) => tables ?? []);
  if (selections.some(({ tags }) => tags !== undefined)) return ['*'];
  return [...new Set(selections.flatMap(({ include }) => include))];
}

const readSettings = [
  'dynamodb:DescribeTable',
  'dynamodb:DescribeTimeToLive',
  'dynamodb:DescribeContinuousBackups',
  'dynamodb:DescribeKinesisStreamingDestination',
  'dynamodb:GetResourcePolicy',
  'dynamodb:ListTagsOfResource',
];

/** None of these can be scoped to a table. */
const list = [
  'dynamodb:ListTables',
  'dynamodb:ListBackups',
  'dynamodb:ListContributorInsights',
  'lambda:ListEventSourceMappings',
  'application-autoscaling:DescribeScalableTargets',
  'application-autoscaling:DescribeScalingPolicies',
  'application-autoscaling:DescribeScheduledActions',
];

/** The id of a mapping says nothing of the table that it belongs to. */
const mappings = [ownArn('lambda', 'event-source-mapping:*')];

/** DynamoDB demands these of whoever asks for the Kinesis data stream of a table; which one it is shows only then. */
const describeKinesis: Statement = {
  Action: ['kinesis:DescribeStream', 'kinesis:DescribeStreamSummary'],
  Resource: [ownArn('kinesis', 'stream/*')],
};

/** What a backup does with what belongs to tables and does not bear their names. */
const backupAround: Statement[] = [
  { Action: list, Resource: '*' },
  { Action: ['lambda:ListTags'], Resource: mappings },
  describeKinesis,
];

const restoreAround: Statement[] = [
  // Tables of others count against the limits of the account as well.
  { Action: ['dynamodb:DescribeTable'], Resource: [ownArn('dynamodb', 'table/*')] },
  {
    Action: [
      ...list,
      'lambda:CreateEventSourceMapping',
      'kinesis:ListStreams',
      'pipes:ListPipes',
      'cloudformation:ListExports',
      'cloudformation:ListImports',
    ],
    Resource: '*',
  },
  {
    Action: [
      'lambda:ListTags',
      'lambda:TagResource',
      'lambda:UpdateEventSourceMapping',
      'lambda:DeleteEventSourceMapping',
    ],
    Resource: mappings,
  },
  {
    Action: [
      'application-autoscaling:RegisterScalableTarget',
      'application-autoscaling:PutScalingPolicy',
      'application-autoscaling:PutScheduledAction',
    ],
    Resource: [ownArn('application-autoscaling', 'scalable-target/*')],
    Condition: { StringEquals: { 'application-autoscaling:service-namespace': 'dynamodb' } },
  },
  {
    Action: ['cloudwatch:PutMetricAlarm', 'cloudwatch:DescribeAlarms', 'cloudwatch:DeleteAlarms'],
    Resource: [ownArn('cloudwatch', 'alarm:TargetTracking-table/*')],
  },
  describeKinesis,
  { Action: ['kinesis:PutRecords'], Resource: [ownArn('kinesis', 'stream/*')] },
];

function backup(patterns: string[]): Statement[] {
  return [
    { Action: [...readSettings, 'dynamodb:CreateBackup'], Resource: tables(patterns) },
    { Action: ['dynamodb:GetResourcePolicy'], Resource: partsOfTables(patterns) },
  ];
}

const restoreBackup = [
  'dynamodb:RestoreTableFromBackup',
  // Of the source as of the target.
  'dynamodb:RestoreTableToPointInTime',
  // DynamoDB demands the right to read and write the table that a backup is restored to.
  'dynamodb:BatchWriteItem',
  'dynamodb:DeleteItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:Scan',
  'dynamodb:UpdateItem',
];

const restoreSettings = [
  ...readSettings,
  'dynamodb:UpdateTable',
  'dynamodb:UpdateTimeToLive',
  'dynamodb:UpdateContinuousBackups',
  'dynamodb:UpdateContributorInsights',
  'dynamodb:EnableKinesisStreamingDestination',
  'dynamodb:PutResourcePolicy',
  'dynamodb:TagResource',
];

function restore(patterns: string[]): Statement[] {
  return [
    {
      Action: [
        ...restoreSettings,
        ...restoreBackup,
        'dynamodb:CreateBackup',
        'dynamodb:DeleteTable',
        'dynamodb:BatchGetItem',
      ],
      Resource: tables(patterns),
    },
    {
      Action: [
        'dynamodb:DescribeBackup',
        'dynamodb:RestoreTableFromBackup',
        'dynamodb:UpdateContributorInsights',
        'dynamodb:GetResourcePolicy',
        'dynamodb:PutResourcePolicy',
      ],
      Resource: partsOfTables(patterns),
    },
  ];
}

/**
 * The tables that others are refilled from, which are deleted again, and those that are restored beside others, which are
 * not. A glob that ends in `*` has them already. For tables by their names they are not named one by one: a role has
 * room for so many names alone.
 */
function restoreUnderOtherNames(patterns: string[]): Statement[] {
  if (patterns.every((pattern) => pattern.endsWith('*'))) return [];
  return [
    {
      Action: [...restoreBackup, 'dynamodb:DeleteTable', 'dynamodb:BatchGetItem'],
      Resource: tables(['*-tandem-scratch-*']),
    },
    { Action: [...restoreSettings, ...restoreBackup], Resource: tables(['*-restored*']) },
  ];
}

const tables = (patterns: string[]) => patterns.map((pattern) => ownArn('dynamodb', `table/${pattern}`));

/** Backups, indexes and streams of tables: named once for all three, because policies are short. */
const partsOfTables = (patterns: string[]) => patterns.map((pattern) => ownArn('dynamodb', `table/${pattern}/*`));
