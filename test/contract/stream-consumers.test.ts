import { randomUUID } from 'node:crypto';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, inject, it } from 'vitest';
import { lambdaStreamConsumers } from '../../shared/adapters/lambda-stream-consumers.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import type { StreamConsumers } from '../../shared/ports/stream-consumers.ts';
import { dynamodbOfEmulator } from '../support/dynamodb-of-emulator.ts';
import { clientOf } from '../support/emulators.ts';
import { eventually, type Waiting, whenReady } from '../support/eventually.ts';
import { FakeClock } from '../support/fakes/clock.ts';
import { FakeStreamConsumers } from '../support/fakes/stream-consumers.ts';
import { makeFunction } from '../support/function-of-emulator.ts';

interface Subject {
  name: string;
  /** A stream that a function consumes as configured, switched off, and one that nothing consumes. */
  open(): Promise<Waiting & { consumers: StreamConsumers; stream: string; unused: string; functionArn: string }>;
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

async function emulator(endpoint: string) {
  const lambda = new LambdaClient(clientOf(endpoint));
  const name = `consumer-${randomUUID()}`;
  const functionArn = await makeFunction(endpoint, name);
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
  const consumers = lambdaStreamConsumers((own) => new LambdaClient({ ...clientOf(endpoint), ...own }));
  return { clock: systemClock, pollMilliseconds: 20, consumers, stream, unused, functionArn };
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
      const clock = new FakeClock();
      const consumers = new FakeStreamConsumers([mapping], clock);
      return { clock, pollMilliseconds: 1_000, consumers, stream, functionArn, unused: 'arn:of-another' };
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

  it('makes a consumer like another one on another stream, switched off, with all that it has', async () => {
    const { consumers, stream, unused, functionArn, ...waiting } = await open();
    const [like] = await consumers.list(stream);

    await consumers.create(unused, { functionArn, configuration: like?.configuration ?? {}, tags });

    const made = await eventually(waiting, async () => {
      const [mapping] = await consumers.list(unused);
      return mapping?.state === 'Disabled' ? mapping : undefined;
    });
    expect(made).toMatchObject({ functionArn, streamArn: unused, configuration: like?.configuration });
    expect(made.uuid).not.toBe(like?.uuid);
    expect(await consumers.tags(made.arn ?? '')).toEqual(tags);
  });

  it('switches a consumer on and off, and deletes it, once or again', async () => {
    const { consumers, stream, ...waiting } = await open();
    const uuid = (await consumers.list(stream))[0]?.uuid ?? '';
    const isNow = (state: string) =>
      eventually(waiting, async () => ((await consumers.list(stream))[0]?.state === state ? true : undefined));

    await consumers.setEnabled(uuid, true);
    await isNow('Enabled');
    await consumers.setEnabled(uuid, false);
    await isNow('Disabled');
    await consumers.delete(uuid);
    await eventually(waiting, async () => ((await consumers.list(stream)).length === 0 ? true : undefined));
    await whenReady(waiting, () => consumers.delete(uuid));

    expect(await consumers.list(stream)).toEqual([]);
  });
});
