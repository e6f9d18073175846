import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { expect, it } from 'vitest';
import { applicationAutoScaling, scalingCallRates } from '../../../shared/adapters/application-auto-scaling.ts';
import { callRates } from '../../../shared/adapters/call-rates.ts';
import { dynamodbCallRates } from '../../../shared/adapters/dynamodb-call-rates.ts';
import { dynamodbTableBackups } from '../../../shared/adapters/dynamodb-table-backups.ts';
import { lambdaCallRates, lambdaStreamConsumers } from '../../../shared/adapters/lambda-stream-consumers.ts';
import { FakeClock } from '../../support/fakes/clock.ts';
import { timedRequests } from '../../support/timed-requests.ts';

function mostInASecond(times: number[]): number {
  return Math.max(...times.map((start) => times.filter((at) => at >= start && at < start + 1_000).length));
}

const names = (count: number) => Array.from({ length: count }, (_, number) => `table-${number}`);

it('listings keep to their rate with pages, with what the SDK sends again, and beside each other', async () => {
  const clock = new FakeClock();
  const page = { json: { BackupSummaries: [], LastEvaluatedBackupArn: 'arn' } };
  const throttled = { status: 400, json: { __type: 'ThrottlingException', message: 'Rate exceeded' } };
  const pages = Array.from({ length: 8 }, () => page);
  const script = [page, throttled, throttled, page, throttled, ...pages, { json: { BackupSummaries: [] } }];
  const { times, options } = timedRequests(clock, ...script);
  const atCallRates = callRates(clock, dynamodbCallRates);
  const list = async () => {
    const backups = dynamodbTableBackups((own) => atCallRates(new DynamoDBClient({ ...options, ...own })));
    for await (const _ of backups.list({ since: new Date(0) }));
  };

  await Promise.all([list(), list()]);

  expect(times.length).toBeGreaterThanOrEqual(script.length);
  expect(mostInASecond(times)).toBeLessThanOrEqual(4);
});

it('new backups keep to their rate, in however many functions of a process they are asked for', async () => {
  const clock = new FakeClock();
  const BackupDetails = { BackupArn: 'a/b/c', BackupName: 'n', BackupStatus: 'CREATING', BackupCreationDateTime: 1 };
  const { times, options } = timedRequests(clock, { json: { BackupDetails } });
  const atCallRates = callRates(clock, dynamodbCallRates);
  const connect = (own: object) => atCallRates(new DynamoDBClient({ ...options, ...own }));
  const functions = [dynamodbTableBackups(connect), dynamodbTableBackups(connect)];

  await Promise.all(functions.flatMap((backups) => names(50).map((table) => backups.create(table, 'nightly'))));

  expect(times).toHaveLength(100);
  expect(mostInASecond(times)).toBeLessThanOrEqual(40);
});

it.each<[what: string, open: (clock: FakeClock, options: object) => (name: string) => Promise<unknown>]>([
  [
    'the consumers of streams',
    (clock, options) => {
      const atCallRates = callRates(clock, lambdaCallRates);
      const consumers = lambdaStreamConsumers((own) => atCallRates(new LambdaClient({ ...options, ...own })));
      return (name) => consumers.list(name);
    },
  ],
  [
    'the scaling of tables',
    (clock, options) => {
      const client = callRates(clock, scalingCallRates)(new ApplicationAutoScalingClient(options));
      return (name) => applicationAutoScaling(client).describe(name, []);
    },
  ],
])('%s are asked for at most eight times a second', async (_, open) => {
  const clock = new FakeClock();
  const { times, options } = timedRequests(clock, { json: {} });
  const ask = open(clock, options);

  await Promise.all(names(17).map(ask));

  expect(times).toHaveLength(17);
  expect(mostInASecond(times)).toBeLessThanOrEqual(8);
});
