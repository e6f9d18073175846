import {
  DeleteRolePolicyCommand,
  GetRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketEncryptionCommand,
  GetPublicAccessBlockCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetScheduleCommand, SchedulerClient, UpdateScheduleCommand } from '@aws-sdk/client-scheduler';
import { beforeAll, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { doctorActions } from '../../docs/checks-page.ts';
import { snapshotBucket, snapshotRole } from '../../sandbox/plan-file.ts';
import { clientOf } from '../support/emulators.ts';
import { planFileOf, planNamed, writePlanFile } from '../support/plan-file-of-test.ts';
import { makeApplication } from '../support/shop.ts';
import { tandem } from '../support/tandem-command.ts';

const { environment, planFile, recorder, domain } = inject('deployed');
const aws = clientOf(environment.AWS_ENDPOINT_URL ?? '');
const iam = new IAMClient(aws);
const s3 = new S3Client({ ...aws, forcePathStyle: true });
const kms = new KMSClient(aws);
const lambda = new LambdaClient(aws);
const scheduler = new SchedulerClient(aws);

const answerSchema = z.object({
  summary: z.object({ failed: z.number() }),
  checks: z.array(z.object({ code: z.string(), outcome: z.string(), message: z.string() })),
});

async function doctor(file = planFile, options: string[] = [], surroundings = environment) {
  const { exitCode, json, told } = await tandem(['doctor', 'app', ...options, '--config', file], surroundings);
  const { checks, summary } = answerSchema.parse(json);
  const codes = (outcome: string) => checks.filter((check) => check.outcome === outcome).map(({ code }) => code);
  return {
    exitCode,
    told,
    checks,
    failed: codes('failed'),
    warnings: codes('warning'),
    notChecked: codes('not checked'),
    summary,
  };
}

/** A call as a front of the sandbox tells it. */
const callsSchema = z.array(
  z.union([
    z.object({ at: z.string(), method: z.string(), url: z.string() }).transform(({ at, method, url }) => {
      return { at, what: `${method} ${url}` };
    }),
    z.object({ at: z.string(), operation: z.string() }).transform(({ at, operation }) => {
      return { at, what: `dynamodb:${operation}` };
    }),
    z.object({ at: z.string(), action: z.string() }).transform(({ at, action }) => ({ at, what: action })),
  ]),
);

async function callsOf(front: string) {
  return callsSchema.parse(await (await fetch(`${front}/_sandbox/calls`)).json());
}

beforeAll(async () => {
  await makeApplication();
  await tandem(['backup', 'app', '--config', planFile], environment);
});

it('finds nothing failed in a healthy deployment, and what is advice', async () => {
  const { exitCode, failed, warnings, notChecked, told } = await doctor();

  expect({ exitCode, failed, told }).toEqual({ exitCode: 0, failed: [], told: '' });
  // The emulator's CloudFormation leaves the time zone of a schedule out, and it knows no quotas.
  const advice = ['SCHEDULE', 'ALERT_SUBSCRIPTIONS', 'ALARM_ACTIONS', 'TABLE_DELETION_PROTECTION'];
  expect([...advice, 'TABLE_POINT_IN_TIME_RECOVERY']).toEqual(expect.arrayContaining(warnings));
  expect(notChecked).toEqual(['TABLE_QUOTA']);
});

it('only reads, but for the test file that the domain writes to its repository and removes', async () => {
  const since = new Date().toISOString();
  const { exitCode } = await doctor(planFile, [], { ...environment, AWS_ENDPOINT_URL: recorder });

  const fronts = [recorder, environment.AWS_ENDPOINT_URL_DYNAMODB ?? '', domain];
  const calls = (await Promise.all(fronts.map((front) => callsOf(front)))).flat().filter(({ at }) => at >= since);
  const changing = calls.filter(({ what }) => !/(^GET |:(Get|List|Describe|Simulate)[A-Za-z]+$)/.test(what));
  const documented = ['sts:GetCallerIdentity', ...doctorActions.flatMap((line) => line.split(' '))];
  const undocumented = calls.filter(({ what }) => what.includes(':') && !documented.includes(what));
  expect(exitCode).toBe(0);
  expect(calls.length).toBeGreaterThan(30);
  expect(undocumented).toEqual([]);
  expect(changing.map(({ what }) => what)).toEqual(['POST /_snapshot/tandem/_verify']);
});

it('finds nothing failed where the workflows run on this machine', async () => {
  const { exitCode, failed } = await doctor(planFile, ['--local']);

  expect({ exitCode, failed }).toEqual({ exitCode: 0, failed: [] });
});

it('finds what was broken: the trust of the snapshot role, a rule of its bucket, the schedule', async () => {
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: snapshotRole }));
  const trust = (PolicyDocument: string) =>
    iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: snapshotRole, PolicyDocument }));
  const trusted = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
  // The emulator's CloudFormation makes a bucket without its rules.
  const Bucket = snapshotBucket;
  const Rules = [{ ID: 'tidy', Status: 'Enabled' as const, Filter: { Prefix: '' }, Expiration: { Days: 30 } }];
  const expire = () =>
    s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
  const keep = () => s3.send(new DeleteBucketLifecycleCommand({ Bucket }));
  const nightly = await scheduler.send(new GetScheduleCommand({ Name: 'tandem-sandbox-app' }));
  const schedule = (State: 'ENABLED' | 'DISABLED') => {
    const { Name, ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow, Target } = nightly;
    const parts = { Name, ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow, Target };
    return scheduler.send(new UpdateScheduleCommand({ ...parts, State }));
  };
  const another = trusted.replaceAll(/(es|opensearchservice)\.amazonaws\.com/g, 'ec2.amazonaws.com');
  await Promise.all([trust(another), expire(), schedule('DISABLED')]);
  try {
    const { exitCode, failed } = await doctor();

    expect(failed).toEqual(['SCHEDULE', 'SNAPSHOT_ROLE_TRUST', 'BUCKET_LIFECYCLE']);
    expect(exitCode).toBe(3);
  } finally {
    await Promise.all([trust(trusted), keep(), schedule('ENABLED')]);
  }
});

it('finds what policies forbid, and a bucket that everybody may read, though the domain writes with keys of its own', async () => {
  const { Role } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: 'tandem-sandbox-ensureRepository' }),
  );
  const backupRole = Role?.split('/').at(-1);
  const PolicyName = 'broken';
  const document = (Effect: string, Action: string, Resource: string, Principal?: string) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect, Action, Resource, Principal }] });
  const deny = (RoleName: string | undefined, action: string) =>
    iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: document('Deny', action, '*') }));
  const allow = (RoleName: string | undefined) => iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  const Bucket = snapshotBucket;
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const byDefault = { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: KeyMetadata?.KeyId };
  const ServerSideEncryptionConfiguration = { Rules: [{ ApplyServerSideEncryptionByDefault: byDefault }] };
  const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
  const { ServerSideEncryptionConfiguration: encryption } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
  await Promise.all([
    deny(backupRole, 'iam:PassRole'),
    deny(snapshotRole, 's3:DeleteObject'),
    s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration })),
    s3.send(new DeletePublicAccessBlockCommand({ Bucket })),
  ]);
  const Policy = document('Allow', 's3:GetObject', `arn:aws:s3:::${Bucket}/*`, '*');
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  try {
    const { failed } = await doctor();

    expect(failed).toEqual(['PASS_ROLE', 'SNAPSHOT_ROLE_BUCKET', 'SNAPSHOT_ROLE_KEY', 'BUCKET_PRIVATE']);
  } finally {
    await Promise.all([allow(backupRole), allow(snapshotRole), s3.send(new DeleteBucketPolicyCommand({ Bucket }))]);
    await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: encryption }));
    await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
  }
});

it('finds what is wrong with a plan: no signatures, a bucket that is not there, and nobody at the address', async () => {
  // Where the snapshot role of the deployment reaches.
  const { search, ...plan } = planNamed('tandem', { tables: ['shop-*'], indices: ['shop-*'] });
  const unsigned = {
    ...search,
    auth: { type: 'none' },
    repository: { ...search.repository, bucket: 'nobodys-bucket' },
  };
  const away = { ...search, endpoint: 'http://127.0.0.1:9' };

  const anonymous = await doctor(await writePlanFile(planFileOf({ app: { ...plan, search: unsigned } })), ['--local']);
  expect(anonymous.failed).toEqual(expect.arrayContaining(['REQUESTS_SIGNED', 'BUCKET_REGION']));
  expect(anonymous.checks.find(({ code }) => code === 'REQUESTS_SIGNED')?.message).toContain('User: anonymous');

  const unreachable = await doctor(await writePlanFile(planFileOf({ app: { ...plan, search: away } })), ['--local']);
  expect(unreachable.failed).toEqual(['ENDPOINT']);
});

it('finds that there are no credentials', async () => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...nobody } = environment;
  const folder = {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_CONFIG_FILE: '/dev/null',
  };

  const { exitCode, json } = await tandem(['doctor', 'app', '--config', planFile], { ...nobody, ...folder });

  const [first] = answerSchema.parse(json).checks;
  expect(first).toMatchObject({ code: 'CREDENTIALS', outcome: 'failed' });
  expect(exitCode).toBe(3);
});
