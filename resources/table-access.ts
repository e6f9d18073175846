import type { Plan } from '../shared/contracts/plan-file.ts';
import { accessPolicies, type Statement } from './access-policy.ts';
import { ownArn } from './arn.ts';

/** What the two workflows may do to the tables of the plans. */
export function tableAccess(plans: Plan[]) {
  const patterns = tablePatterns(plans);
  return {
    ...accessPolicies('BackupTables', 'BackupRole', patterns, backup),
    ...accessPolicies('RestoreTables', 'RestoreRole', patterns, restore),
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
  'dynamodb:GetResourcePolicy',
  'dynamodb:ListTagsOfResource',
];

/** None of these can be scoped to a table. */
const list = ['dynamodb:ListTables', 'dynamodb:ListBackups', 'lambda:ListEventSourceMappings'];

/** What a table's own backup does not hold; a restore captures it for its safety point. */
const capture: Statement[] = [
  {
    Action: [
      ...list,
      'application-autoscaling:DescribeScalableTargets',
      'application-autoscaling:DescribeScalingPolicies',
    ],
    Resource: '*',
  },
  // The id of a mapping says nothing of the table that it belongs to.
  { Action: ['lambda:ListTags'], Resource: [ownArn('lambda', 'event-source-mapping:*')] },
];

function backup(patterns: string[]): Statement[] {
  return [...capture, { Action: [...readSettings, 'dynamodb:CreateBackup'], Resource: tables(patterns) }];
}

function restore(patterns: string[]): Statement[] {
  return [
    ...capture,
    {
      Action: [
        ...readSettings,
        'dynamodb:CreateBackup',
        'dynamodb:DeleteTable',
        'dynamodb:UpdateTable',
        'dynamodb:UpdateTimeToLive',
        'dynamodb:UpdateContinuousBackups',
        'dynamodb:TagResource',
        'dynamodb:RestoreTableFromBackup',
        // DynamoDB demands the right to read and write the table that a backup is restored to.
        'dynamodb:BatchWriteItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:Scan',
        'dynamodb:UpdateItem',
      ],
      Resource: tables(patterns),
    },
    { Action: ['dynamodb:DescribeBackup', 'dynamodb:RestoreTableFromBackup'], Resource: backups(patterns) },
  ];
}

const tables = (patterns: string[]) => patterns.map((pattern) => ownArn('dynamodb', `table/${pattern}`));
const backups = (patterns: string[]) => patterns.map((pattern) => ownArn('dynamodb', `table/${pattern}/backup/*`));
