import {
  BatchWriteItemCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  TagResourceCommand,
  TransactWriteItemsCommand,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, onTestFinished, test } from 'vitest';
import { commandsOf } from '../../support/sandbox-dynamodb/commands.ts';
import { keyWithoutPermission } from '../../support/sandbox-dynamodb/instant-dynamodb.ts';
import { singleTryClient, startPlayedDynamoDb } from '../../support/sandbox-dynamodb/played-dynamodb.ts';

const minute = 60_000;
const hour = 3_600_000;
const Item = { id: { S: '1' } };

async function start(options?: { timeScale: number }) {
  const played = await startPlayedDynamoDb(options);
  const emulator = singleTryClient(played.emulator.endpoint, 'test');
  onTestFinished(() => emulator.destroy());
  return { ...played, ...commandsOf(played.client), behind: commandsOf(emulator) };
}

test('the tags of a table that does not exist are not found, and refused where a policy refuses', async () => {
  const { client, layer } = await start();
  const ResourceArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/nothing';
  const tagsOf = (who: DynamoDBClient) => who.send(new ListTagsOfResourceCommand({ ResourceArn }));
  const stranger = singleTryClient(layer.endpoint, keyWithoutPermission);
  onTestFinished(() => stranger.destroy());
  await expect(tagsOf(client)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(tagsOf(stranger)).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

describe('a table that is made', () => {
  test('is CREATING, then ACTIVE', async () => {
    const { createTable, describeTable, clock } = await start();
    expect((await createTable('orders')).TableDescription?.TableStatus).toBe('CREATING');
    expect((await describeTable('orders'))?.TableStatus).toBe('CREATING');
    clock.advance(minute);
    expect((await describeTable('orders'))?.TableStatus).toBe('ACTIVE');
  });

  test('is in use for DeleteTable while CREATING, and not found by any call that needs a whole table', async () => {
    const { createTable, deleteTable, putItem, updateTable, setTimeToLive, client, clock } = await start();
    const table = (await createTable('orders')).TableDescription?.TableArn ?? '';
    const needWholeTable = [
      () => putItem('orders'),
      () => putItem(table),
      () => updateTable('orders'),
      () => setTimeToLive('orders'),
      () => client.send(new BatchWriteItemCommand({ RequestItems: { orders: [{ PutRequest: { Item } }] } })),
      () => client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName: 'orders', Item } }] })),
      () => client.send(new TagResourceCommand({ ResourceArn: table, Tags: [{ Key: 'a', Value: 'b' }] })),
    ];
    await expect(deleteTable('orders')).rejects.toMatchObject({ name: 'ResourceInUseException' });
    for (const call of needWholeTable) {
      await expect(call()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    }
    clock.advance(minute);
    await putItem('orders');
    await updateTable('orders');
  });

  test('can have no point-in-time recovery while CREATING nor in the first seconds after', async () => {
    const { createTable, client, clock } = await start();
    const recover = () =>
      client.send(
        new UpdateContinuousBackupsCommand({
          TableName: 'orders',
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        }),
      );
    await createTable('orders');
    await expect(recover()).rejects.toMatchObject({ name: 'TableNotFoundException' });
    clock.advance(11_000);
    await expect(recover()).rejects.toMatchObject({ name: 'ContinuousBackupsUnavailableException' });
    clock.advance(minute);
    await recover();
  });
});

describe('a table that is changed', () => {
  test('is UPDATING for a short while, in which it can be neither changed nor deleted', async () => {
    const { createTable, updateTable, deleteTable, putItem, describeTable, clock } = await start();
    await createTable('orders');
    clock.advance(minute);
    expect((await updateTable('orders')).TableDescription?.TableStatus).toBe('UPDATING');
    expect((await describeTable('orders'))?.TableStatus).toBe('UPDATING');
    await putItem('orders');
    await expect(updateTable('orders')).rejects.toMatchObject({ name: 'ResourceInUseException' });
    await expect(deleteTable('orders')).rejects.toMatchObject({ name: 'ResourceInUseException' });
    clock.advance(minute);
    expect((await describeTable('orders'))?.TableStatus).toBe('ACTIVE');
    await deleteTable('orders');
  });

  test('takes a time to live once in an hour, and says ENABLING meanwhile', async () => {
    const { createTable, setTimeToLive, client, clock } = await start();
    const status = async () => {
      const answer = await client.send(new DescribeTimeToLiveCommand({ TableName: 'orders' }));
      return answer.TimeToLiveDescription?.TimeToLiveStatus;
    };
    await createTable('orders');
    clock.advance(minute);
    expect(await status()).toBe('DISABLED');
    await setTimeToLive('orders');
    expect(await status()).toBe('ENABLING');
    await expect(setTimeToLive('orders')).rejects.toMatchObject({ name: 'ValidationException' });
    clock.advance(hour);
    expect(await status()).toBe('ENABLED');
    await setTimeToLive('orders');
  });
});

describe('a table that is deleted', () => {
  test('is DELETING and keeps its name, then gone', async () => {
    const { createTable, describeTable, deleteTable, putItem, client, clock } = await start();
    const names = async () => (await client.send(new ListTablesCommand({}))).TableNames;
    await createTable('orders');
    clock.advance(minute);
    expect((await deleteTable('orders')).TableDescription?.TableStatus).toBe('DELETING');
    expect((await describeTable('orders'))?.TableStatus).toBe('DELETING');
    expect(await names()).toEqual(['orders']);
    await expect(createTable('orders')).rejects.toMatchObject({ name: 'ResourceInUseException' });
    await expect(putItem('orders')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    clock.advance(minute);
    await expect(describeTable('orders')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await names()).toEqual([]);
    await createTable('orders');
  });

  test('may be deleted again while DELETING, and not found any more after', async () => {
    const { createTable, deleteTable, clock } = await start();
    await createTable('orders');
    clock.advance(minute);
    await deleteTable('orders');
    expect((await deleteTable('orders')).TableDescription?.TableStatus).toBe('DELETING');
    clock.advance(minute);
    await expect(deleteTable('orders')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('stays where the caller may not delete it, and is not told of where the caller may not see it', async () => {
    const { createTable, describeTable, deleteTable, layer, clock } = await start();
    const stranger = singleTryClient(layer.endpoint, keyWithoutPermission);
    await createTable('orders');
    clock.advance(minute);
    await expect(commandsOf(stranger).deleteTable('orders')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect((await describeTable('orders'))?.TableStatus).toBe('ACTIVE');
    await deleteTable('orders');
    await expect(commandsOf(stranger).describeTable('orders')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    stranger.destroy();
  });

  test('leaves nothing of its settings to a table made later under its name', async () => {
    const { createTable, setTimeToLive, deleteTable, clock } = await start();
    await createTable('orders');
    clock.advance(minute);
    await setTimeToLive('orders');
    await deleteTable('orders');
    clock.advance(minute);
    await createTable('orders');
    clock.advance(minute);
    await expect(setTimeToLive('orders')).resolves.toBeDefined();
  });
});

describe('a table that something changes behind the layer, as CloudFormation does', () => {
  test('is as the emulator says when it is made again', async () => {
    const { createTable, deleteTable, updateTable, describeTable, behind, clock } = await start();
    await createTable('orders');
    clock.advance(minute);
    await deleteTable('orders');
    clock.advance(minute);
    await behind.createTable('orders');
    expect((await describeTable('orders'))?.TableStatus).toBe('ACTIVE');
    await updateTable('orders');
    expect((await describeTable('orders'))?.TableStatus).toBe('UPDATING');
  });

  test('starts anew when it was deleted', async () => {
    const { createTable, setTimeToLive, behind, clock } = await start();
    await createTable('orders');
    clock.advance(minute);
    await setTimeToLive('orders');
    await behind.deleteTable('orders');
    await createTable('orders');
    clock.advance(minute);
    await expect(setTimeToLive('orders')).resolves.toBeDefined();
  });
});

test('no more than 500 tables are made, changed or deleted at a time', async () => {
  const { createTable, clock } = await start();
  for (let table = 0; table < 500; table += 1) await createTable(`table-${table}`);
  await expect(createTable('one-more')).rejects.toMatchObject({ name: 'LimitExceededException' });
  clock.advance(minute);
  await createTable('one-more');
});

test('at a time scale of 0 nothing takes time and nothing is refused', async () => {
  const { createTable, describeTable, putItem, updateTable, setTimeToLive, deleteTable, backUp, restore } = await start(
    { timeScale: 0 },
  );
  await createTable('orders');
  expect((await describeTable('orders'))?.TableStatus).toBe('ACTIVE');
  await putItem('orders');
  await updateTable('orders');
  await updateTable('orders');
  await setTimeToLive('orders');
  await setTimeToLive('orders');
  const backup = await backUp('orders');
  await deleteTable('orders');
  await expect(describeTable('orders')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await restore(backup, 'orders');
  expect((await describeTable('orders'))?.TableStatus).toBe('ACTIVE');
});

test('a time scale of 0.01 makes everything a hundred times as fast', async () => {
  const { createTable, describeTable, clock } = await start({ timeScale: 0.01 });
  await createTable('orders');
  clock.advance(90);
  expect((await describeTable('orders'))?.TableStatus).toBe('CREATING');
  clock.advance(20);
  expect((await describeTable('orders'))?.TableStatus).toBe('ACTIVE');
});
