import { expect, test } from 'vitest';
import { logicalId } from '../../../resources/logical-id.ts';
import { templateOf } from '../../support/template-of.ts';

const tables = { include: ['shop-*'] };
const topic = 'arn:aws:sns:eu-west-1:111122223333:ops';

function alarmsOf(plans: Record<string, unknown>) {
  return Object.fromEntries(
    templateOf(plans)
      .ofType('AWS::CloudWatch::Alarm')
      .map(([id, { Properties }]) => [id, Properties]),
  );
}

test.for([
  ['BackupStateMachineFailedAlarm', 'AWS/States', 'ExecutionsFailed'],
  ['BackupStateMachineTimedOutAlarm', 'AWS/States', 'ExecutionsTimedOut'],
  ['RestoreStateMachineAbortedAlarm', 'AWS/States', 'ExecutionsAborted'],
  ['PlanBackupErrorsAlarm', 'AWS/Lambda', 'Errors'],
  ['VerifyRestoreThrottlesAlarm', 'AWS/Lambda', 'Throttles'],
  ['ScheduleDeadLettersAlarm', 'AWS/SQS', 'ApproximateNumberOfMessagesVisible'],
] as const)('%s rings at the first one in %s %s', ([id, Namespace, MetricName]) => {
  expect(alarmsOf({ shop: { tables } })[id]).toMatchObject({
    Namespace,
    MetricName,
    Statistic: 'Sum',
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  });
});

test('every alarm has a name of its own under that of the stack, says what it means, and is told', () => {
  const alarms = Object.values(alarmsOf({ shop: { tables, schedule: { cron: 'rate(1 day)' } } }));

  const names = alarms.map(({ AlarmName }) => JSON.stringify(AlarmName));
  expect(new Set(names).size).toBe(names.length);
  for (const alarm of alarms) {
    expect(alarm).toMatchObject({
      AlarmName: { 'Fn::Sub': expect.stringMatching(/^\$\{AWS::StackName\}-/) },
      AlarmDescription: expect.stringMatching(/.{20}/),
      AlarmActions: [{ Ref: 'AlertTopic' }],
      OKActions: [{ Ref: 'AlertTopic' }],
    });
  }
});

test('alarms are told on the topics that plans name as well, as many as an alarm takes', () => {
  const plans = Object.fromEntries(
    [1, 2, 3, 4, 5].map((n) => [`p${n}`, { tables, alerts: { topic: `${topic}${n}` } }]),
  );

  expect(alarmsOf(plans).ScheduleDeadLettersAlarm?.AlarmActions).toEqual([
    { Ref: 'AlertTopic' },
    ...[1, 2, 3, 4].map((n) => `${topic}${n}`),
  ]);
});

test.for([
  ['rate(1 hour)', '1h', 3],
  ['rate(1 day)', '4h', 29],
  ['cron(0 3 * * ? *)', '4h', 29],
  ['cron(0 3 ? * MON-FRI *)', '90m', 75],
  ['rate(6 days)', '18h', 163],
] as const)('after %s and a run of %s, %d hours without a recovery point ring', ([cron, deadline, hours]) => {
  const plan = { tables, deadline, schedule: { cron }, alerts: { topic } };

  expect(alarmsOf({ 'my-shop': plan })[logicalId('RecoveryPointAlarm', 'my-shop')]).toMatchObject({
    Namespace: 'Tandem',
    MetricName: 'recoveryPointAt',
    Dimensions: [
      { Name: 'service', Value: { Ref: 'AWS::StackName' } },
      { Name: 'step', Value: 'RecordRecoveryPoint' },
      { Name: 'plan', Value: 'my-shop' },
    ],
    Statistic: 'SampleCount',
    Period: 3600,
    EvaluationPeriods: hours,
    DatapointsToAlarm: hours,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
    AlarmActions: [{ Ref: 'AlertTopic' }, topic],
  });
});

test.for([
  ['cron(0 3 ? * SUN *)', '4h', 173],
  ['rate(30 days)', '1h', 722],
] as const)(
  'after %s and a run of %s, which is longer than an alarm looks back, a measured age of %d hours rings',
  ([cron, deadline, hours]) => {
    const plans = { rare: { tables, deadline, schedule: { cron }, alerts: { topic } }, never: { tables } };
    const template = templateOf(plans);

    expect(alarmsOf(plans)[logicalId('RecoveryPointAlarm', 'rare')]).toMatchObject({
      Namespace: 'Tandem',
      MetricName: 'recoveryPointAge',
      Statistic: 'Minimum',
      Period: 3600,
      EvaluationPeriods: 25,
      DatapointsToAlarm: 25,
      Threshold: hours * 3_600,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'breaching',
      AlarmActions: [{ Ref: 'AlertTopic' }, topic],
    });
    const schedules = template.ofType('AWS::Scheduler::Schedule').map(([, { Properties }]) => Properties);
    expect(schedules.find(({ ScheduleExpression }) => ScheduleExpression === 'rate(12 hours)')).toMatchObject({
      Name: { 'Fn::Join': ['', [{ Ref: 'AWS::StackName' }, '-rare.age']] },
      Target: { Arn: { 'Fn::GetAtt': ['MeasureAgeLambdaFunction', 'Arn'] }, Input: '{"plan":"rare"}' },
    });
    expect(template.resources.MeasureAges?.Properties).toMatchObject({
      Roles: [{ Ref: 'ScheduleRole' }],
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: ['lambda:InvokeFunction'],
            Resource: [{ 'Fn::GetAtt': ['MeasureAgeLambdaFunction', 'Arn'] }],
          },
        ],
      },
    });
  },
);

test('only a plan that is backed up again and again has an alarm, and the age of no other one is measured', () => {
  const once = { tables, schedule: { cron: 'cron(0 3 1 1 ? 2030)' } };
  const { ofType, resources } = templateOf({
    once,
    never: { tables },
    daily: { tables, schedule: { cron: 'rate(1 day)' } },
  });

  const alarms = ofType('AWS::CloudWatch::Alarm').filter(([id]) => id.startsWith('RecoveryPoint'));
  expect(alarms.map(([id]) => id)).toEqual([logicalId('RecoveryPointAlarm', 'daily')]);
  expect(resources).not.toHaveProperty('MeasureAges');
});
