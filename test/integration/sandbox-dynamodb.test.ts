import { randomUUID } from 'node:crypto';
import {
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ListTagsOfResourceCommand,
  ScanCommand,
  TagResourceCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { expect, inject, onTestFinished, test } from 'vitest';
import { startDynamoDbLayer } from '../../sandbox/dynamodb/layer.ts';
import { clientOf } from '../support/emulators.ts';
import { FakeClock } from '../support/fakes/clock.ts';
import { commandsOf } from '../support/sandbox-dynamodb/commands.ts';
import { singleTryClient } from '../support/sandbox-dynamodb/played-dynamodb.ts';

const minute = 60_000;
const hour = 3_600_000;

/** The layer with the durations of the real service, in virtual time, before the sandbox's own emulator. */
async function start() {
  const clock = new FakeClock(new Date().toISOString());
  const layer = await startDynamoDbLayer({ upstream: inject('miniStack'), clock, timeScale: 1 });
  const client = singleTryClient(layer.endpoint, 'test');
  onTestFinished(async () => {
    client.destroy();
    await layer.stop();
  });
  return { clock, layer, client, table: `layer-${randomUUID()}`, ...commandsOf(client) };
}

test('a table goes through backup, deletion and restore as on AWS, and comes back with its items alone', async () => {
  const { clock, client, table, createTable, describeTable, deleteTable, putItem, setTimeToLive, backUp, restore } =
    await start();
  const statusOf = async () => (await describeTable(table))?.TableStatus;

  const arn = (await createTable(table)).TableDescription?.TableArn ?? '';
  expect(await statusOf()).toBe('CREATING');
  clock.advance(minute);
  expect(await statusOf()).toBe('ACTIVE');
  await putItem(table);
  await setTimeToLive(table);
  await client.send(new TagResourceCommand({ ResourceArn: arn, Tags: [{ Key: 'team', Value: 'shop' }] }));

  const backup = await backUp(table);
  await expect(deleteTable(table)).rejects.toMatchObject({ name: 'ResourceInUseException' });
  clock.advance(minute);
  await deleteTable(table);
  expect(await statusOf()).toBe('DELETING');
  await expect(restore(backup, table)).rejects.toMatchObject({ name: 'TableAlreadyExistsException' });
  clock.advance(minute);
  await expect(statusOf()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });

  await restore(backup, table);
  expect(await describeTable(table)).toMatchObject({
    TableStatus: 'CREATING',
    RestoreSummary: { SourceBackupArn: backup, SourceTableArn: arn, RestoreInProgress: true },
  });
  await expect(putItem(table)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  clock.advance(hour);
  expect(await statusOf()).toBe('ACTIVE');
  expect((await client.send(new ScanCommand({ TableName: table }))).Items).toEqual([{ id: { S: '1' } }]);
  expect((await client.send(new ListTagsOfResourceCommand({ ResourceArn: arn }))).Tags).toEqual([]);
  const expiry = await client.send(new DescribeTimeToLiveCommand({ TableName: table }));
  expect(expiry.TimeToLiveDescription?.TimeToLiveStatus).toBe('DISABLED');
  await deleteTable(table);
});

test('a call without permission is refused before the layer makes anything of it', async () => {
  const { clock, layer, table, createTable, describeTable, deleteTable } = await start();
  const stranger = await clientOfStranger(layer.endpoint);
  await createTable(table);
  clock.advance(minute);
  await expect(commandsOf(stranger).deleteTable(table)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  expect((await describeTable(table))?.TableStatus).toBe('ACTIVE');
  await deleteTable(table);
  await expect(commandsOf(stranger).describeTable(table)).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

/** Somebody who may put items into tables and nothing else. */
async function clientOfStranger(endpoint: string): Promise<DynamoDBClient> {
  const iam = new IAMClient(clientOf(inject('miniStack')));
  const names = { UserName: `stranger-${randomUUID()}` };
  const policy = { ...names, PolicyName: 'put-items' };
  const Statement = [{ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: '*' }];
  await iam.send(new CreateUserCommand(names));
  await iam.send(
    new PutUserPolicyCommand({ ...policy, PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }),
  );
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand(names));
  const AccessKeyId = AccessKey?.AccessKeyId ?? '';
  const stranger = singleTryClient(endpoint, AccessKeyId, AccessKey?.SecretAccessKey);
  onTestFinished(async () => {
    stranger.destroy();
    await iam.send(new DeleteAccessKeyCommand({ ...names, AccessKeyId }));
    await iam.send(new DeleteUserPolicyCommand(policy));
    await iam.send(new DeleteUserCommand(names));
    iam.destroy();
  });
  return stranger;
}
