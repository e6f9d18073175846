import { setTimeout } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { orders, products, sessions } from './shop.ts';

type Item = Record<string, AttributeValue>;

interface ApplicationTable {
  definition: CreateTableCommandInput & { TableName: string };
  timeToLive?: string;
  pointInTimeRecovery?: boolean;
  items: Item[];
}

const text = (value: string) => ({ S: value });
const number = (value: number) => ({ N: String(value) });
const key = (hash: string, range: string) => ({
  KeySchema: [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ],
});
const attributes = (...names: string[]) => names.map((name) => ({ AttributeName: name, AttributeType: 'S' as const }));
const everything = { Projection: { ProjectionType: 'ALL' as const } };

/** Two tables that a search domain is fed from, with what such tables have, and a plain one. */
export const applicationTables: ApplicationTable[] = [
  {
    definition: {
      TableName: 'shop-products',
      ...key('PK', 'SK'),
      AttributeDefinitions: attributes('PK', 'SK', 'GSI1_PK', 'GSI1_SK'),
      GlobalSecondaryIndexes: [{ IndexName: 'GSI1', ...key('GSI1_PK', 'GSI1_SK'), ...everything }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      DeletionProtectionEnabled: true,
      Tags: [
        { Key: 'application', Value: 'shop' },
        { Key: 'owner', Value: 'catalogue team' },
      ],
    },
    items: products.map((product) => ({
      PK: text(product.id),
      SK: text('product'),
      GSI1_PK: text(product.category),
      GSI1_SK: text(product.name),
      price: number(product.price),
      stock: number(product.stock),
    })),
  },
  {
    definition: {
      TableName: 'shop-orders',
      ...key('PK', 'SK'),
      AttributeDefinitions: attributes('PK', 'SK', 'GSI1_PK', 'GSI1_SK', 'GSI2_PK'),
      GlobalSecondaryIndexes: [
        { IndexName: 'GSI1', ...key('GSI1_PK', 'GSI1_SK'), ...everything },
        {
          IndexName: 'GSI2',
          KeySchema: [{ AttributeName: 'GSI2_PK', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      Tags: [{ Key: 'application', Value: 'shop' }],
    },
    pointInTimeRecovery: true,
    items: orders.map((order) => ({
      PK: text(order.id),
      SK: text('order'),
      GSI1_PK: text(order.customer),
      GSI1_SK: text(order.placedAt),
      GSI2_PK: text(order.placedAt.slice(0, 10)),
      total: number(order.total),
      lines: {
        L: order.lines.map((line) => ({ M: { product: text(line.product), quantity: number(line.quantity) } })),
      },
    })),
  },
  {
    definition: {
      TableName: 'shop-sessions',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: attributes('id'),
      BillingMode: 'PAY_PER_REQUEST',
      Tags: [{ Key: 'application', Value: 'shop' }],
    },
    timeToLive: 'expiresAt',
    items: sessions.map((session) => ({
      id: text(session.id),
      customer: text(session.customer),
      expiresAt: number(session.expiresAt),
      token: { B: new TextEncoder().encode(`token of ${session.id}`) },
    })),
  },
];

/** Makes the application's tables and fills them; answers how many items they hold. */
export async function makeTables(client: DynamoDBClient): Promise<number> {
  await Promise.all(applicationTables.map((table) => makeTable(client, table)));
  return applicationTables.reduce((sum, table) => sum + table.items.length, 0);
}

async function makeTable(client: DynamoDBClient, table: ApplicationTable): Promise<void> {
  const { TableName } = table.definition;
  await client.send(new CreateTableCommand(table.definition));
  await untilActive(client, TableName);
  for (let first = 0; first < table.items.length; first += 25) {
    const batch = table.items.slice(first, first + 25).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: batch } }));
  }
  if (table.timeToLive !== undefined) {
    const TimeToLiveSpecification = { AttributeName: table.timeToLive, Enabled: true };
    await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  }
  if (table.pointInTimeRecovery) await enablePointInTimeRecovery(client, TableName);
}

async function enablePointInTimeRecovery(client: DynamoDBClient, TableName: string): Promise<void> {
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  const command = new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification });
  for (;;) {
    try {
      await client.send(command);
      return;
    } catch (error) {
      // In the first seconds of a table, continuous backups are not available yet.
      if (!(error instanceof Error) || error.name !== 'ContinuousBackupsUnavailableException') throw error;
      await setTimeout(100);
    }
  }
}

async function untilActive(client: DynamoDBClient, TableName: string): Promise<void> {
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    if (Table?.TableStatus === 'ACTIVE') return;
    await setTimeout(50);
  }
}
