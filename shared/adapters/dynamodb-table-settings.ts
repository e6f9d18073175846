import {
  DescribeContinuousBackupsCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  GetResourcePolicyCommand,
  ListTagsOfResourceCommand,
  type PointInTimeRecoveryDescription,
} from '@aws-sdk/client-dynamodb';
import type { TableSettings } from '../contracts/table-settings.ts';
import { hasCode } from '../errors/tandem-error.ts';
import type { OwnSettings, RestorableWindow, TableDescription } from '../ports/tables.ts';
import { ask, undefinedOn } from './aws-call.ts';

const missing = { ResourceNotFoundException: 'TABLE_NOT_FOUND', TableNotFoundException: 'TABLE_NOT_FOUND' } as const;

/** Tags that begin with `aws:` are AWS's to set (CloudFormation's, for example); nobody else can put them back. */
export function ownTags(tags: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('aws:')));
}

/** Reads the settings of a table that DescribeTable leaves out. Each throws TABLE_NOT_FOUND. */
export function dynamodbTableSettings(client: DynamoDBClient) {
  async function tags(arn: string): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    let NextToken: string | undefined;
    do {
      const page = await ask(
        client,
        `ListTagsOfResource ${arn}`,
        () => client.send(new ListTagsOfResourceCommand({ ResourceArn: arn, NextToken })),
        missing,
      );
      for (const { Key, Value } of page.Tags ?? []) if (Key !== undefined) found[Key] = Value ?? '';
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return found;
  }

  async function timeToLive(name: string): Promise<TableSettings['timeToLive']> {
    const { TimeToLiveDescription: state } = await ask(
      client,
      `DescribeTimeToLive ${name}`,
      () => client.send(new DescribeTimeToLiveCommand({ TableName: name })),
      missing,
    );
    const on = state?.TimeToLiveStatus === 'ENABLED' || state?.TimeToLiveStatus === 'ENABLING';
    return on && state.AttributeName !== undefined ? { attribute: state.AttributeName } : undefined;
  }

  /** Undefined where it is off. */
  async function recoveryOf(name: string): Promise<PointInTimeRecoveryDescription | undefined> {
    const { ContinuousBackupsDescription: state } = await ask(
      client,
      `DescribeContinuousBackups ${name}`,
      () => client.send(new DescribeContinuousBackupsCommand({ TableName: name })),
      missing,
    );
    const recovery = state?.PointInTimeRecoveryDescription;
    return recovery?.PointInTimeRecoveryStatus === 'ENABLED' ? recovery : undefined;
  }

  async function pointInTimeRecovery(name: string): Promise<TableSettings['pointInTimeRecovery']> {
    const recovery = await recoveryOf(name);
    return recovery && { days: recovery.RecoveryPeriodInDays };
  }

  /** In the first moments after it was switched on DynamoDB tells no window yet. */
  async function restorableWindow(name: string): Promise<RestorableWindow | undefined> {
    const recovery = await recoveryOf(name);
    const { EarliestRestorableDateTime: from, LatestRestorableDateTime: to } = recovery ?? {};
    return from && to && { from, to };
  }

  async function resourcePolicy(arn: string): Promise<string | undefined> {
    const command = new GetResourcePolicyCommand({ ResourceArn: arn });
    const call = () => client.send(command).catch(undefinedOn('PolicyNotFoundException'));
    const answer = await ask(client, `GetResourcePolicy ${arn}`, call, missing);
    return answer?.Policy;
  }

  /** The stream of a table that is there has none where it is not found: moto knows the policies of tables alone. */
  async function streamPolicy(arn: string): Promise<string | undefined> {
    return resourcePolicy(arn).catch((error: unknown) => {
      if (hasCode(error, 'TABLE_NOT_FOUND')) return undefined;
      throw error;
    });
  }

  async function all(table: TableDescription): Promise<OwnSettings> {
    const notCaptured: OwnSettings['notCaptured'] = [];
    const where = async <T>(setting: string, reading: Promise<T>): Promise<T | undefined> => {
      try {
        return await reading;
      } catch (error) {
        if (!hasCode(error, 'SERVICE_NOT_OFFERED')) throw error;
        notCaptured.push({ setting, why: error.message });
        return undefined;
      }
    };
    const [tagged, expiring, recovery, policy, policyOfStream] = await Promise.all([
      where('tags', tags(table.arn)),
      where('timeToLive', timeToLive(table.name)),
      where('pointInTimeRecovery', pointInTimeRecovery(table.name)),
      where('resourcePolicy', resourcePolicy(table.arn)),
      table.stream && where('streamPolicy', streamPolicy(table.stream.arn)),
    ]);
    return {
      tags: ownTags(tagged ?? {}),
      ...(expiring && { timeToLive: expiring }),
      ...(recovery && { pointInTimeRecovery: recovery }),
      ...(policy && { resourcePolicy: policy }),
      ...(policyOfStream && { streamPolicy: policyOfStream }),
      notCaptured,
    };
  }

  return { tags, timeToLive, pointInTimeRecovery, restorableWindow, resourcePolicy, all };
}
