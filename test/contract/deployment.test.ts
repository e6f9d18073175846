import { randomUUID } from 'node:crypto';
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { zipSync } from 'fflate';
import { describe, expect, inject, it } from 'vitest';
import { awsDeployment } from '../../shared/adapters/aws-deployment.ts';
import type { Deployment } from '../../shared/ports/deployment.ts';
import { clientOf } from '../support/emulators.ts';
import { FakeAccount } from '../support/fakes/account.ts';

interface Subject {
  name: string;
  /** A deployment whose parts are all named alike, with a schedule that is switched off and an alarm that does nothing. */
  open(): Promise<{ deployment: Deployment; name: string; role: string; topic: string }>;
}

const schedule = { expression: 'cron(0 2 * * ? *)', timezone: 'Europe/Amsterdam' };

async function miniStack(endpoint: string) {
  const options = clientOf(endpoint);
  const name = `tandem-${randomUUID()}`;
  const lambda = new LambdaClient(options);
  const scheduler = new SchedulerClient(options);
  const cloudWatch = new CloudWatchClient(options);
  const sns = new SNSClient(options);
  const statement = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const created = await new IAMClient(options).send(
    new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument }),
  );
  const role = created.Role?.Arn ?? '';
  const ZipFile = zipSync({ 'index.js': Buffer.from('exports.handler = async () => {}') });
  const code = { Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { ZipFile } } as const;
  await lambda.send(new CreateFunctionCommand({ FunctionName: name, Role: role, ...code }));
  await scheduler.send(
    new CreateScheduleCommand({
      Name: name,
      State: 'DISABLED',
      ScheduleExpression: schedule.expression,
      ScheduleExpressionTimezone: schedule.timezone,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`, RoleArn: role },
    }),
  );
  const alarm = { Namespace: 'Tandem', MetricName: 'failed', Period: 60, EvaluationPeriods: 1, Threshold: 1 };
  const shape = { ...alarm, Statistic: 'Sum', ComparisonOperator: 'GreaterThanOrEqualToThreshold' } as const;
  const topic = (await sns.send(new CreateTopicCommand({ Name: name }))).TopicArn ?? '';
  await cloudWatch.send(new PutMetricAlarmCommand({ AlarmName: `${name}-a`, AlarmActions: [topic], ...shape }));
  await cloudWatch.send(new PutMetricAlarmCommand({ AlarmName: `${name}-b`, ActionsEnabled: false, ...shape }));
  const Endpoint = 'arn:aws:sqs:us-east-1:000000000000:alerts';
  await sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'sqs', Endpoint }));
  return { deployment: awsDeployment({ lambda, scheduler, cloudWatch, sns }), name, role, topic };
}

async function fake() {
  const account = new FakeAccount();
  const name = 'tandem-x';
  const [role, topic] = ['arn:aws:iam::000000000000:role/x', 'arn:aws:sns:us-east-1:000000000000:tandem-x'];
  account.functions.set(name, role);
  account.schedules.set(name, { isEnabled: false, ...schedule });
  account.alarms = [
    { name: `${name}-a`, areActionsEnabled: true, actions: [topic] },
    { name: `${name}-b`, areActionsEnabled: false, actions: [] },
  ];
  const endpoint = 'arn:aws:sqs:us-east-1:000000000000:alerts';
  account.topics.set(topic, [{ protocol: 'sqs', endpoint, isConfirmed: true }]);
  return { deployment: account.deploymentPort, name, role, topic };
}

const subjects: Subject[] = [
  { name: 'the fake', open: fake },
  { name: 'MiniStack', open: () => miniStack(inject('miniStack')) },
];

describe.each(subjects)('a deployment: $name', ({ open }) => {
  it('tells its parts', async () => {
    const { deployment, name, role, topic } = await open();

    expect(await deployment.roleOfFunction(name)).toBe(role);
    expect(await deployment.schedule(name)).toEqual({ isEnabled: false, ...schedule });
    expect(await deployment.alarms(`${name}-`)).toEqual([
      { name: `${name}-a`, areActionsEnabled: true, actions: [topic] },
      { name: `${name}-b`, areActionsEnabled: false, actions: [] },
    ]);
    expect(await deployment.subscriptions(topic)).toEqual([
      { protocol: 'sqs', endpoint: 'arn:aws:sqs:us-east-1:000000000000:alerts', isConfirmed: true },
    ]);
  });

  it('tells that a part is not there', async () => {
    const { deployment, topic } = await open();
    const none = `none-${randomUUID()}`;

    expect(await deployment.roleOfFunction(none)).toBeUndefined();
    expect(await deployment.schedule(none)).toBeUndefined();
    expect(await deployment.alarms(none)).toEqual([]);
    expect(await deployment.subscriptions(`${topic}-${none}`)).toBeUndefined();
  });
});
