import { describe, expect, it } from 'vitest';
import { tableDescriptionSchema } from '../../../shared/adapters/table-description.ts';

/** What DescribeTable answers of the simplest table. */
const simplest = {
  TableName: 'orders',
  TableArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
  TableId: '0a1b2c3d',
  TableStatus: 'ACTIVE',
  CreationDateTime: new Date('2030-01-02T03:04:05Z'),
  ItemCount: 3,
  TableSizeBytes: 99,
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
  BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
};

describe('the description of a table', () => {
  it('has its identity and its size', () => {
    expect(tableDescriptionSchema.parse(simplest)).toMatchObject({
      name: 'orders',
      tableId: '0a1b2c3d',
      createdAt: new Date('2030-01-02T03:04:05Z'),
      items: 3,
      bytes: 99,
    });
  });

  it.each([
    ['CREATING', 'CREATING'],
    ['UPDATING', 'UPDATING'],
    ['DELETING', 'DELETING'],
    ['ACTIVE', 'ACTIVE'],
    ['ARCHIVED', 'OTHER'],
    ['INACCESSIBLE_ENCRYPTION_CREDENTIALS', 'OTHER'],
  ])('calls the status %s %s', (TableStatus, status) => {
    expect(tableDescriptionSchema.parse({ ...simplest, TableStatus })).toMatchObject({ status });
  });

  it.each([
    [{ MaxReadRequestUnits: -1, MaxWriteRequestUnits: -1 }, undefined],
    [
      { MaxReadRequestUnits: 100, MaxWriteRequestUnits: -1 },
      { readUnits: 100, writeUnits: undefined },
    ],
  ])('reads the maximum of on-demand throughput %j, where -1 is none', (OnDemandThroughput, onDemandMaximum) => {
    const { shape } = tableDescriptionSchema.parse({ ...simplest, OnDemandThroughput });

    expect(shape.onDemandMaximum).toEqual(onDemandMaximum);
  });

  it('has the maximum of an index that has one', () => {
    const index = (IndexName: string) => ({
      IndexName,
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    });
    const limited = { ...index('a'), OnDemandThroughput: { MaxReadRequestUnits: 40, MaxWriteRequestUnits: -1 } };
    const GlobalSecondaryIndexes = [limited, index('b')];

    const { globalIndexes } = tableDescriptionSchema.parse({ ...simplest, GlobalSecondaryIndexes }).shape;

    expect(globalIndexes.map(({ onDemandMaximum }) => onDemandMaximum)).toEqual([{ readUnits: 40 }, undefined]);
  });

  it('is of provisioned throughput where DynamoDB does not say, because it was never anything else', () => {
    const { BillingModeSummary: _, ...silent } = simplest;
    const ProvisionedThroughput = { ReadCapacityUnits: 5, WriteCapacityUnits: 6, NumberOfDecreasesToday: 0 };

    expect(tableDescriptionSchema.parse({ ...silent, ProvisionedThroughput }).shape).toMatchObject({
      billingMode: 'PROVISIONED',
      throughput: { readUnits: 5, writeUnits: 6 },
    });
  });

  it('tells the key of the encryption, but for the one that DynamoDB owns', () => {
    const SSEDescription = { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: 'arn:aws:kms:eu-west-1:1:key/a' };

    expect(tableDescriptionSchema.parse(simplest).encryption).toBeUndefined();
    expect(tableDescriptionSchema.parse({ ...simplest, SSEDescription }).encryption).toEqual({
      type: 'KMS',
      keyArn: 'arn:aws:kms:eu-west-1:1:key/a',
    });
  });

  it('has no stream where the stream was switched off, though its ARN is still told', () => {
    const stream = {
      LatestStreamArn: `${simplest.TableArn}/stream/2030`,
      StreamSpecification: { StreamEnabled: false },
    };

    expect(tableDescriptionSchema.parse({ ...simplest, ...stream }).stream).toBeUndefined();
  });

  it('is of a global table where there are replicas', () => {
    const Replicas = [{ RegionName: 'us-east-1' }, { RegionName: 'eu-north-1', ReplicaStatus: 'ACTIVE' }];

    expect(tableDescriptionSchema.parse({ ...simplest, Replicas }).replicas).toEqual(['eu-north-1', 'us-east-1']);
    expect(tableDescriptionSchema.parse(simplest).replicas).toEqual([]);
  });

  it('puts indexes and attributes in an order that does not depend on the answer', () => {
    const index = (IndexName: string) => ({
      IndexName,
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['z', 'a'] },
    });
    const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
    const one = {
      GlobalSecondaryIndexes: [index('by-b'), index('by-a')],
      AttributeDefinitions: ['b', 'pk'].map(attribute),
    };
    const other = {
      GlobalSecondaryIndexes: [index('by-a'), index('by-b')],
      AttributeDefinitions: ['pk', 'b'].map(attribute),
    };

    const shape = (described: object) =>
      JSON.stringify(tableDescriptionSchema.parse({ ...simplest, ...described }).shape);

    expect(shape(one)).toBe(shape(other));
  });
});
