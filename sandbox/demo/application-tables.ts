import { setTimeout } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  EnableKinesisStreamingDestinationCommand,
  PutResourcePolicyCommand,
  UpdateContinuousBackupsCommand,
  UpdateContributorInsightsCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { account } from '../account.ts';
import { orders, type Product, products, sessions } from './shop.ts';

type Item = Record<string, AttributeValue>;

interface ApplicationTable {
  definition: CreateTableCommandInput & { TableName: string };
  timeToLive?: string;
  pointInTimeRecovery?: boolean;
  /** The index that they are on for. */
  contributorInsights?: string;
  kinesisDestination?: string;
  /** The statement of the stream's resource policy, but for the stream itself. */
  streamPolicy?: object;
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

/** A product as an item of its table. */
export function itemOf(product: Product): { PK: AttributeValue; SK: AttributeValue } & Item {
  return {
    PK: text(product.id),
    SK: text('product'),
    GSI1_PK: text(product.category),
    GSI1_SK: text(product.name),
    price: number(product.price),
    stock: number(product.stock),
  };
}

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
      TableClass: 'STANDARD_INFREQUENT_ACCESS',
      OnDemandThroughput: { MaxReadRequestUnits: 4_000, MaxWriteRequestUnits: 1_000 },
      Tags: [
        { Key: 'application', Value: 'shop' },
        { Key: 'owner', Value: 'catalogue team' },
      ],
    },
    contributorInsights: 'GSI1',
    kinesisDestination: `arn:aws:kinesis:${account.region}:${account.id}:stream/shop-changes`,
    streamPolicy: { Effect: 'Allow', Principal: { AWS: account.id }, Action: 'dynamodb:DescribeStream' },
    items: products.map(itemOf),
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
  await makeFeeds(client, table);
}

/** What tells of the use and the changes of a table, and who may read it. */
async function makeFeeds(client: DynamoDBClient, { definition, ...table }: ApplicationTable): Promise<void> {
  const { TableName } = definition;
  const { contributorInsights: IndexName, kinesisDestination: StreamArn, streamPolicy } = table;
  if (IndexName !== undefined) {
    const insights = { TableName, IndexName, ContributorInsightsAction: 'ENABLE' as const };
    await client.send(new UpdateContributorInsightsCommand(insights));
  }
  if (StreamArn !== undefined) {
    await client.send(new EnableKinesisStreamingDestinationCommand({ TableName, StreamArn }));
  }
  if (streamPolicy !== undefined) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const Statement = [{ ...streamPolicy, Resource: Table?.LatestStreamArn }];
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    await client.send(new PutResourcePolicyCommand({ ResourceArn: Table?.LatestStreamArn, Policy }));
  }
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
