import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteBackupCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { callRates } from '../../shared/adapters/call-rates.ts';
import { dynamodbCallRates } from '../../shared/adapters/dynamodb-call-rates.ts';
import { dynamodbContributorInsights } from '../../shared/adapters/dynamodb-contributor-insights.ts';
import { dynamodbKinesisDestinations } from '../../shared/adapters/dynamodb-kinesis-destinations.ts';
import { dynamodbTableBackups } from '../../shared/adapters/dynamodb-table-backups.ts';
import { dynamodbTableItems } from '../../shared/adapters/dynamodb-table-items.ts';
import { dynamodbTables } from '../../shared/adapters/dynamodb-tables.ts';
import type { SecondaryIndex, TableShape } from '../../shared/contracts/table-settings.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { clientOf } from './emulators.ts';
import { shapeOf, type TableSpec } from './table-spec.ts';

/** Tandem's adapters on an emulator of DynamoDB, and what a test does there beside them. */
export function dynamodbOfEmulator(endpoint: string, clock: Clock, options: object = {}) {
  const atCallRates = callRates(clock, dynamodbCallRates);
  const connect = (own: object) => atCallRates(new DynamoDBClient({ ...clientOf(endpoint), ...options, ...own }));
  const client = connect({});
  return {
    tables: dynamodbTables(client),
    backups: dynamodbTableBackups(connect),
    contributorInsights: dynamodbContributorInsights(client),
    kinesisDestinations: dynamodbKinesisDestinations(client),
    tableItems: dynamodbTableItems(client, clock),

    async createTable(spec: TableSpec): Promise<void> {
      await client.send(new CreateTableCommand(inputOf(spec)));
    },
    async write(table: string, key: string, value: string): Promise<void> {
      await client.send(new PutItemCommand({ TableName: table, Item: { pk: { S: key }, value: { S: value } } }));
    },
    async items(table: string): Promise<Record<string, string>> {
      const { Items = [] } = await client.send(new ScanCommand({ TableName: table }));
      return Object.fromEntries(Items.map((item) => [item.pk?.S ?? '', item.value?.S ?? '']));
    },
    async deleteBackup(arn: string): Promise<void> {
      await client.send(new DeleteBackupCommand({ BackupArn: arn }));
    },
  };
}

function inputOf(spec: TableSpec): CreateTableCommandInput {
  const shape = shapeOf(spec);
  return {
    TableName: spec.name,
    KeySchema: keysOf(shape.keys),
    AttributeDefinitions: Object.entries(shape.attributes).map(([AttributeName, type]) => ({
      AttributeName,
      AttributeType: type === 'N' ? 'N' : 'S',
    })),
    BillingMode: shape.billingMode,
    ProvisionedThroughput: throughputOf(shape.throughput),
    GlobalSecondaryIndexes: indexesOf(shape.globalIndexes),
    LocalSecondaryIndexes: indexesOf(shape.localIndexes),
    StreamSpecification: spec.stream && { StreamEnabled: true, StreamViewType: spec.stream },
    DeletionProtectionEnabled: spec.deletionProtection,
    TableClass: spec.tableClass,
    Tags: spec.tags && Object.entries(spec.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

function keysOf(keys: TableShape['keys']) {
  return keys.map((key) => ({ AttributeName: key.attribute, KeyType: key.type }));
}

function throughputOf(throughput: TableShape['throughput']) {
  return throughput && { ReadCapacityUnits: throughput.readUnits, WriteCapacityUnits: throughput.writeUnits };
}

function indexesOf(indexes: SecondaryIndex[]) {
  if (indexes.length === 0) return undefined;
  return indexes.map((index) => ({
    IndexName: index.name,
    KeySchema: keysOf(index.keys),
    Projection:
      index.projection.type === 'INCLUDE'
        ? { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: index.projection.attributes }
        : { ProjectionType: 'ALL' as const },
    ProvisionedThroughput: throughputOf(index.throughput),
  }));
}
