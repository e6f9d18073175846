import type { PlanFile } from '../shared/contracts/plan-file.ts';
import { accessPolicy, workflowRoles } from './access-policy.ts';
import { ownArn } from './arn.ts';
import { keyUse } from './encryption.ts';

/** What the roles may do with keys. */
export function keyAccess({ plans, kmsKey }: PlanFile) {
  const hasTables = Object.values(plans).some(({ tables }) => tables !== undefined);
  return { ...(hasTables && keysOfTables()), ...(kmsKey !== undefined && keyOfDeployment(kmsKey)) };
}

/** The catalog and the topic are encrypted with the key, and so is the queue of what the Scheduler gave up. */
function keyOfDeployment(kmsKey: string) {
  return {
    WorkflowKey: accessPolicy(workflowRoles, [keyUse(kmsKey, ['s3', 'sns'])]),
    ScheduleKey: accessPolicy('ScheduleRole', [keyUse(kmsKey, ['sqs'])]),
  };
}

/**
 * What a restore may have DynamoDB do with the keys of tables, and nothing by itself. For a table under a key of the
 * account DynamoDB calls KMS with the permissions of whoever restores the table, and asks for all of these; which key that
 * is stands in the backup and is known only when the restore runs. A backup needs none of them: DynamoDB takes it with the
 * grants that it was given when the table was made.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
function keysOfTables() {
  const statement = {
    Action: [
      'kms:Decrypt',
      'kms:Encrypt',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:DescribeKey',
      'kms:CreateGrant',
    ],
    Resource: [ownArn('kms', 'key/*')],
    Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Sub': `dynamodb.\${AWS::Region}.amazonaws.com` } } },
  };
  return { RestoreKeys: accessPolicy('RestoreRole', [statement]) };
}
