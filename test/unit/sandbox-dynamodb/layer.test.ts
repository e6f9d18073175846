import { createServer } from 'node:http';
import { ListBackupsCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { startDynamoDbLayer } from '../../../sandbox/dynamodb/layer.ts';
import { listenOnLoopback } from '../../../sandbox/loopback.ts';
import { FakeClock } from '../../support/fakes/clock.ts';
import { commandsOf } from '../../support/sandbox-dynamodb/commands.ts';
import { singleTryClient, startPlayedDynamoDb } from '../../support/sandbox-dynamodb/played-dynamodb.ts';

describe('what the layer does not know', () => {
  test.each(['DynamoDBStreams_20120810.GetRecords', 'DynamoDB_20120810.ExecuteStatement'])(
    'goes through as it is, in both directions: %s',
    async (target) => {
      const { layer, emulator } = await startPlayedDynamoDb();
      const response = await fetch(`${layer.endpoint}/some/path?a=b`, {
        method: 'POST',
        headers: { 'X-Amz-Target': target, Authorization: 'AWS4 anything', 'X-Other': 'kept' },
        body: '{ "odd" :  "spacing\\u00e9" }',
      });
      expect(response.status).toBe(418);
      expect(response.headers.get('x-made-by')).toBe('upstream');
      expect(await response.text()).toBe('{ "odd" :  "spacing\\u00e9" }');
      expect(emulator.requests).toHaveLength(1);
      expect(emulator.requests[0]).toMatchObject({
        method: 'POST',
        path: '/some/path?a=b',
        headers: { 'x-amz-target': target, authorization: 'AWS4 anything', 'x-other': 'kept' },
      });
    },
  );

  test('goes through where the input is no JSON: refusing that is for the emulator', async () => {
    const { layer, emulator } = await startPlayedDynamoDb();
    await fetch(layer.endpoint, {
      method: 'POST',
      headers: { 'X-Amz-Target': 'DynamoDB_20120810.DeleteItem' },
      body: '{',
    });
    expect(emulator.requests.map(({ body }) => body.toString())).toEqual(['{']);
  });
});

describe('the documented call rates', () => {
  test('are kept in every second, and a refused call does not count', async () => {
    const { client, clock } = await startPlayedDynamoDb({ timeScale: 0 });
    const list = () => client.send(new ListBackupsCommand({}));
    for (let call = 0; call < 5; call += 1) {
      await list();
      clock.advance(100);
    }
    await expect(list()).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } });
    clock.advance(500);
    await list();
    await expect(list()).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  test('count each operation by itself', async () => {
    const { client, clock } = await startPlayedDynamoDb({ timeScale: 0 });
    const { createTable, backUp } = commandsOf(client);
    await createTable('orders');
    for (let call = 0; call < 5; call += 1) await client.send(new ListBackupsCommand({}));
    for (let call = 0; call < 50; call += 1) await backUp('orders');
    await expect(backUp('orders')).rejects.toMatchObject({ name: 'ThrottlingException' });
    clock.advance(1_000);
    await backUp('orders');
  });
});

describe('the calls made', () => {
  test('are told with operation, caller, tables, backup and outcome, here and over HTTP, until forgotten', async () => {
    const { client, layer, clock } = await startPlayedDynamoDb();
    const { createTable, backUp, restore } = commandsOf(client);
    await createTable('orders');
    await expect(backUp('orders', 'too-early')).rejects.toThrow();
    await expect(restore('no-such-backup', 'copy')).rejects.toThrow();
    const at = clock.now().toISOString();
    const expected = [
      { operation: 'CreateTable', at, caller: 'test', tables: ['orders'], outcome: 'ok' },
      {
        operation: 'CreateBackup',
        at,
        caller: 'test',
        tables: ['orders'],
        backup: 'too-early',
        outcome: 'TableNotFoundException',
      },
      {
        operation: 'RestoreTableFromBackup',
        at,
        caller: 'test',
        tables: ['copy'],
        backup: 'no-such-backup',
        outcome: 'BackupNotFoundException',
      },
    ];
    expect(layer.log.calls).toEqual(expected);
    const overHttp = () => fetch(`${layer.endpoint}/_sandbox/calls`).then((response) => response.json());
    expect(await overHttp()).toEqual(expected);
    await fetch(`${layer.endpoint}/_sandbox/calls`, { method: 'DELETE' });
    expect(await overHttp()).toEqual([]);
    expect(layer.log.calls).toEqual([]);
  });
});

test('a page of ListTables holds the DELETING tables that belong on it, whatever its size', async () => {
  const { client, clock } = await startPlayedDynamoDb();
  const { createTable, deleteTable } = commandsOf(client);
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((letter) => `table-${letter}`);
  for (const name of names) await createTable(name);
  clock.advance(60_000);
  for (const name of ['table-a', 'table-d', 'table-e', 'table-g']) await deleteTable(name);
  for (const Limit of [1, 2, 3, 4, 7, 100]) {
    const listed: string[] = [];
    let ExclusiveStartTableName: string | undefined;
    do {
      const page = await client.send(new ListTablesCommand({ Limit, ExclusiveStartTableName }));
      expect(page.TableNames?.length).toBeLessThanOrEqual(Limit);
      listed.push(...(page.TableNames ?? []));
      ExclusiveStartTableName = page.LastEvaluatedTableName;
    } while (ExclusiveStartTableName !== undefined);
    expect(listed).toEqual(names);
  }
});

test('an emulator that is not there shows as a fault of the service, and in the calls made', async () => {
  const { client, layer, emulator } = await startPlayedDynamoDb();
  await emulator.stop();
  await expect(client.send(new ListTablesCommand({}))).rejects.toMatchObject({
    name: 'InternalServerError',
    $metadata: { httpStatusCode: 500 },
    message: expect.stringContaining(emulator.endpoint),
  });
  expect(layer.log.calls.map(({ outcome }) => outcome)).toEqual(['InternalServerError']);
});

test('stopping ends at once, with a connection that a client keeps open and a call that is never answered', async () => {
  const reached = Promise.withResolvers<void>();
  const given = Promise.withResolvers<void>();
  const silent = await listenOnLoopback(
    createServer((request) => {
      request.socket.on('close', given.resolve);
      reached.resolve();
    }),
  );
  const layer = await startDynamoDbLayer({ upstream: silent.endpoint, clock: new FakeClock(), timeScale: 1 });
  const client = singleTryClient(layer.endpoint, 'test');
  const broken = expect(client.send(new ListTablesCommand({}))).rejects.toThrow();
  await reached.promise;
  await layer.stop();
  await broken;
  await given.promise;
  await expect(fetch(layer.endpoint)).rejects.toThrow();
  client.destroy();
  await silent.stop();
});
