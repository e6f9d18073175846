import { randomUUID } from 'node:crypto';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateEventSourceMappingCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, inject, it } from 'vitest';
import { lambdaStreamConsumers } from '../../shared/adapters/lambda-stream-consumers.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import type { StreamConsumers } from '../../shared/ports/stream-consumers.ts';
import { dynamodbOfEmulator } from '../support/dynamodb-of-emulator.ts';
import { clientOf } from '../support/emulators.ts';
import { fakeStreamConsumers } from '../support/fakes/stream-consumers.ts';

interface Subject {
  name: string;
  /** A stream that a function consumes as configured, switched off, and one that nothing consumes. */
  open(): Promise<{ consumers: StreamConsumers; stream: string; unused: string; functionArn: string }>;
}

const configuration = {
  StartingPosition: 'TRIM_HORIZON' as const,
  BatchSize: 25,
  MaximumBatchingWindowInSeconds: 3,
  ParallelizationFactor: 2,
  FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
  DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:000000000000:lost' } },
  MaximumRecordAgeInSeconds: 3_600,
  BisectBatchOnFunctionError: true,
  MaximumRetryAttempts: 4,
  FunctionResponseTypes: ['ReportBatchItemFailures' as const],
};

const tags = { team: 'web' };

const emptyZip = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);
const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };

async function emulator(endpoint: string) {
  const lambda = new LambdaClient(clientOf(endpoint));
  const name = `consumer-${randomUUID()}`;
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  const newRole = new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: policy });
  const { Role } = await new IAMClient(clientOf(endpoint)).send(newRole);
  const { FunctionArn: functionArn = '' } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: Role?.Arn,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: emptyZip },
    }),
  );
  const stream = await newStream(endpoint, `${name}-a`);
  await lambda.send(
    new CreateEventSourceMappingCommand({
      EventSourceArn: stream,
      FunctionName: name,
      Enabled: false,
      Tags: tags,
      ...configuration,
    }),
  );
  const unused = await newStream(endpoint, `${name}-b`);
  return { consumers: lambdaStreamConsumers(lambda), stream, unused, functionArn };
}

async function newStream(endpoint: string, table: string): Promise<string> {
  await dynamodbOfEmulator(endpoint, systemClock).createTable({ name: table, stream: 'NEW_IMAGE' });
  const { Table } = await new DynamoDBClient(clientOf(endpoint)).send(new DescribeTableCommand({ TableName: table }));
  return Table?.LatestStreamArn ?? '';
}

const subjects: Subject[] = [
  {
    name: 'the fake',
    async open() {
      const [stream, functionArn] = ['arn:of-a-stream', 'arn:of-a-function'];
      const identity = { uuid: 'a-uuid', arn: 'arn:of-a-mapping', functionArn, streamArn: stream };
      const mapping = { ...identity, state: 'Disabled', configuration, tags };
      return { consumers: fakeStreamConsumers([mapping]), stream, functionArn, unused: 'arn:of-another' };
    },
  },
  { name: 'MiniStack', open: () => emulator(inject('miniStack')) },
  { name: 'moto', open: () => emulator(inject('moto')) },
];

describe.each(subjects)('stream consumers: $name', ({ open }) => {
  it('tells all that it takes to make a consumer of a stream again, as JSON', async () => {
    const { consumers, stream, functionArn } = await open();

    const [mapping, ...others] = await consumers.list(stream);

    expect(others).toEqual([]);
    expect(mapping).toMatchObject({ uuid: expect.any(String), functionArn, streamArn: stream, state: 'Disabled' });
    expect(mapping?.configuration).toMatchObject(configuration);
    expect(JSON.parse(JSON.stringify(mapping))).toEqual(mapping);
  });

  it('leaves out what nobody configured', async () => {
    const { consumers, stream } = await open();

    const [mapping] = await consumers.list(stream);

    expect(Object.keys(mapping?.configuration ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(UUID|State.*|Last.*|.*Arn)$/)]),
    );
  });

  it('tells the tags of a consumer', async () => {
    const { consumers, stream } = await open();
    const [mapping] = await consumers.list(stream);

    expect(await consumers.tags(mapping?.arn ?? '')).toEqual(tags);
  });

  it('finds nothing on a stream that nothing consumes', async () => {
    const { consumers, unused } = await open();

    expect(await consumers.list(unused)).toEqual([]);
  });
});
