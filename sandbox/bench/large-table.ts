import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ScanCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { canonicalJson } from '../../shared/core/hash.ts';

/** One of the plan's tables in the sandbox. */
export const table = 'shop-ledger';
export const items = 200_000;

/** A hundredth of the items. */
export const changes = { altered: 1_600, missing: 200, added: 200 } as const;

const mostWritten = 25;
const writersAtOnce = 8;

const keyOf = (number: number) => ({ id: { S: `entry-${number}` } });
const itemOf = (number: number, text: string) => ({
  ...keyOf(number),
  amount: { N: String(number % 997) },
  text: { S: `${text} ${number} `.repeat(6) },
});

export async function makeLargeTable(client: DynamoDBClient): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: table,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  while ((await client.send(new DescribeTableCommand({ TableName: table }))).Table?.TableStatus !== 'ACTIVE') {
    await setTimeout(50);
  }
  const numbers = Array.from({ length: items }, (_, number) => number);
  await write(
    client,
    numbers.map((number) => ({ PutRequest: { Item: itemOf(number, 'as it was') } })),
  );
}

/** Alters and deletes items, spread over the whole table, and adds some. */
export async function changeItems(client: DynamoDBClient): Promise<void> {
  const { altered, missing, added } = changes;
  const spread = Math.floor(items / (altered + missing));
  const touched = Array.from({ length: altered + missing }, (_, position) => position * spread);
  await write(client, [
    ...touched.slice(0, altered).map((number) => ({ PutRequest: { Item: itemOf(number, 'changed') } })),
    ...touched.slice(altered).map((number) => ({ DeleteRequest: { Key: keyOf(number) } })),
    ...Array.from({ length: added }, (_, number) => ({ PutRequest: { Item: itemOf(items + number, 'added') } })),
  ]);
}

async function write(client: DynamoDBClient, requests: WriteRequest[]): Promise<void> {
  const writer = async (first: number) => {
    for (let start = first; start < requests.length; start += mostWritten * writersAtOnce) {
      const some = requests.slice(start, start + mostWritten);
      await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: some } }));
    }
  };
  await Promise.all(Array.from({ length: writersAtOnce }, (_, number) => writer(number * mostWritten)));
}

/** A hash of all that the table holds. */
export async function contentOf(client: DynamoDBClient): Promise<string> {
  const texts: string[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: table, ExclusiveStartKey }));
    texts.push(...(page.Items ?? []).map(canonicalJson));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  const hash = createHash('sha256');
  for (const text of texts.sort()) hash.update(text);
  return hash.digest('hex');
}
