import * as z from 'zod';
import {
  type SecondaryIndex,
  streamViewTypeSchema,
  type TableShape,
  type WarmThroughput,
} from '../contracts/table-settings.ts';
import type { TableDescription } from '../ports/tables.ts';

const keySchema = z
  .array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }))
  .transform((keys) => keys.map((key) => ({ attribute: key.AttributeName, type: key.KeyType })));

const throughputSchema = z
  .object({ ReadCapacityUnits: z.number(), WriteCapacityUnits: z.number() })
  .transform((units) => ({ readUnits: units.ReadCapacityUnits, writeUnits: units.WriteCapacityUnits }));

/** DynamoDB says -1 for "no maximum". */
const maximumSchema = z
  .number()
  .transform((units) => (units < 0 ? undefined : units))
  .optional();

/** Undefined where there is no maximum. */
const onDemandSchema = z
  .object({ MaxReadRequestUnits: maximumSchema, MaxWriteRequestUnits: maximumSchema })
  .transform(({ MaxReadRequestUnits: readUnits, MaxWriteRequestUnits: writeUnits }) =>
    readUnits === undefined && writeUnits === undefined ? undefined : { readUnits, writeUnits },
  )
  .optional();

/** Some emulators tell of none, or of zero units, where DynamoDB always tells at least what a new table has. */
const warmThroughputSchema = z
  .object({
    ReadUnitsPerSecond: z.number().default(0),
    WriteUnitsPerSecond: z.number().default(0),
    Status: z.string().default('ACTIVE'),
  })
  .optional();

const indexSchema = z.object({
  IndexName: z.string(),
  IndexStatus: z.string().default('ACTIVE'),
  WarmThroughput: warmThroughputSchema,
  KeySchema: keySchema,
  Projection: z.object({ ProjectionType: z.string(), NonKeyAttributes: z.array(z.string()).default([]) }),
  ProvisionedThroughput: throughputSchema.optional(),
  OnDemandThroughput: onDemandSchema,
});

const describedSchema = z.object({
  TableName: z.string(),
  TableArn: z.string(),
  TableId: z.string().optional(),
  TableStatus: z.string(),
  CreationDateTime: z.date(),
  ItemCount: z.number().default(0),
  TableSizeBytes: z.number().default(0),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  GlobalSecondaryIndexes: z.array(indexSchema).default([]),
  LocalSecondaryIndexes: z.array(indexSchema).default([]),
  VectorIndexes: z.array(z.record(z.string(), z.json())).optional(),
  WarmThroughput: warmThroughputSchema,
  BillingModeSummary: z.object({ BillingMode: z.enum(['PROVISIONED', 'PAY_PER_REQUEST']).optional() }).optional(),
  ProvisionedThroughput: throughputSchema.optional(),
  OnDemandThroughput: onDemandSchema,
  DeletionProtectionEnabled: z.boolean().default(false),
  StreamSpecification: z
    .object({ StreamEnabled: z.boolean(), StreamViewType: streamViewTypeSchema.optional() })
    .optional(),
  LatestStreamArn: z.string().optional(),
  TableClassSummary: z.object({ TableClass: z.string().default('STANDARD') }).prefault({}),
  SSEDescription: z.object({ SSEType: z.string().optional(), KMSMasterKeyArn: z.string().optional() }).optional(),
  RestoreSummary: z
    .object({ SourceBackupArn: z.string().optional(), SourceTableArn: z.string().optional() })
    .optional(),
  Replicas: z.array(z.object({ RegionName: z.string() })).default([]),
});

type Described = z.output<typeof describedSchema>;

/** What DescribeTable answers, in Tandem's words. */
export const tableDescriptionSchema = describedSchema.transform(
  (table): TableDescription => ({
    name: table.TableName,
    arn: table.TableArn,
    tableId: tableIdOf(table),
    status: statusOf(table.TableStatus),
    createdAt: table.CreationDateTime,
    items: table.ItemCount,
    bytes: table.TableSizeBytes,
    shape: shapeOf(table),
    deletionProtection: table.DeletionProtectionEnabled,
    stream: streamOf(table),
    tableClass: table.TableClassSummary.TableClass,
    encryption: encryptionOf(table),
    warmThroughput: warmThroughputOf(table),
    isChanging: isChanging(table),
    restoredFrom: table.RestoreSummary?.SourceBackupArn ?? table.RestoreSummary?.SourceTableArn,
    replicas: table.Replicas.map(({ RegionName }) => RegionName).sort(),
  }),
);

/** What DynamoDB tells of a table whose restore it has accepted, as far as it says which table that is. */
export const newTableSchema = z
  .object({ TableId: z.string().optional(), CreationDateTime: z.date() })
  .transform(tableIdOf);

/** moto tells no id; the moment of creation tells tables of one name apart as well. */
function tableIdOf({ TableId, CreationDateTime }: { TableId?: string | undefined; CreationDateTime: Date }): string {
  return TableId ?? CreationDateTime.toISOString();
}

function statusOf(status: string): TableDescription['status'] {
  return status === 'CREATING' || status === 'UPDATING' || status === 'DELETING' || status === 'ACTIVE'
    ? status
    : 'OTHER';
}

/** In an order of its own, so that the shapes of two tables can be compared. */
function shapeOf(table: Described): TableShape {
  const billingMode = billingModeOf(table);
  const provisioned = billingMode === 'PROVISIONED';
  return {
    keys: table.KeySchema,
    attributes: Object.fromEntries(
      table.AttributeDefinitions.map((attribute) => [attribute.AttributeName, attribute.AttributeType] as const).sort(),
    ),
    globalIndexes: indexesOf(table.GlobalSecondaryIndexes, provisioned),
    localIndexes: indexesOf(table.LocalSecondaryIndexes, false),
    billingMode,
    ...(provisioned && { throughput: table.ProvisionedThroughput }),
    ...(table.OnDemandThroughput && { onDemandMaximum: table.OnDemandThroughput }),
    ...(table.VectorIndexes && { vectorIndexes: table.VectorIndexes.map(definitionOf) }),
  };
}

/** A vector index without what changes by itself. */
function definitionOf(described: Record<string, unknown>): Record<string, unknown> {
  const {
    IndexStatus: _,
    Backfilling: __,
    IndexSizeBytes: ___,
    ItemCount: ____,
    IndexArn: _____,
    ...index
  } = described;
  return index;
}

function warmThroughputOf(table: Described): WarmThroughput[] {
  const parts = [
    { index: undefined, warm: table.WarmThroughput },
    ...table.GlobalSecondaryIndexes.map((index) => ({ index: index.IndexName, warm: index.WarmThroughput })),
  ];
  return parts.flatMap(({ index, warm }) => {
    if (warm === undefined || (warm.ReadUnitsPerSecond === 0 && warm.WriteUnitsPerSecond === 0)) return [];
    const units = { readUnits: warm.ReadUnitsPerSecond, writeUnits: warm.WriteUnitsPerSecond };
    return [{ ...(index !== undefined && { index }), ...units }];
  });
}

/** A table may be ACTIVE while its indexes or its warm throughput change, and refuses the next change all the same. */
function isChanging({ GlobalSecondaryIndexes, WarmThroughput }: Described): boolean {
  const indexes = GlobalSecondaryIndexes.flatMap((index) => [index.IndexStatus, index.WarmThroughput?.Status]);
  return [...indexes, WarmThroughput?.Status].some((status) => status !== undefined && status !== 'ACTIVE');
}

/** A table that was never paid by request may say nothing; only one that is paid by request has no units. */
function billingModeOf({ BillingModeSummary, ProvisionedThroughput }: Described): TableShape['billingMode'] {
  const said = BillingModeSummary?.BillingMode;
  return said ?? (ProvisionedThroughput?.readUnits === 0 ? 'PAY_PER_REQUEST' : 'PROVISIONED');
}

function indexesOf(indexes: z.output<typeof indexSchema>[], provisioned: boolean): SecondaryIndex[] {
  return indexes
    .map((index) => ({
      name: index.IndexName,
      keys: index.KeySchema,
      projection: { type: index.Projection.ProjectionType, attributes: index.Projection.NonKeyAttributes.toSorted() },
      ...(provisioned && { throughput: index.ProvisionedThroughput }),
      ...(index.OnDemandThroughput && { onDemandMaximum: index.OnDemandThroughput }),
    }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function streamOf(table: Described): TableDescription['stream'] {
  const { StreamEnabled: on, StreamViewType: viewType } = table.StreamSpecification ?? {};
  return on === true && viewType !== undefined && table.LatestStreamArn !== undefined
    ? { arn: table.LatestStreamArn, viewType }
    : undefined;
}

/** Undefined with the key that DynamoDB owns, of which it says nothing. */
function encryptionOf({ SSEDescription: key }: Described): TableDescription['encryption'] {
  return key?.SSEType === undefined
    ? undefined
    : { type: key.SSEType, ...(key.KMSMasterKeyArn && { keyArn: key.KMSMasterKeyArn }) };
}
