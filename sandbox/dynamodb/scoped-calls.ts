import type { Attempt } from '../opensearch/authority.ts';
import type { Call } from './call.ts';

type Need = Pick<Attempt, 'action' | 'resource'>;

/** The service demands these on the table that it restores to, besides its own action. */
const restoreNeeds = ['BatchWriteItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'GetItem', 'Query', 'Scan'];

/**
 * What IAM must allow for a call that names its object by an ARN or as a target. The emulator looks for `TableName` alone
 * and holds such calls against `*`, so that a policy scoped as on AWS would not let them through.
 *
 * @returns undefined for every other call, whose permission is the emulator's to check
 */
export function needsOf({ operation, input }: Call, region: string, account: string): Need[] | undefined {
  const { ResourceArn, BackupArn, TargetTableName, TableName, SourceTableName } = input;
  if (TableName !== undefined) return undefined;
  const own = (resource: string): Need => ({ action: `dynamodb:${operation}`, resource });
  const arnOf = (table: string) => `arn:aws:dynamodb:${region}:${account}:table/${table}`;
  const source = SourceTableName && arnOf(SourceTableName);
  const objects = [ResourceArn, BackupArn, source].filter((arn) => arn !== undefined).map(own);
  if (TargetTableName === undefined) return objects.length > 0 ? objects : undefined;
  const target = arnOf(TargetTableName);
  return [
    ...objects,
    own(target),
    ...restoreNeeds.map((action) => ({ action: `dynamodb:${action}`, resource: target })),
  ];
}
