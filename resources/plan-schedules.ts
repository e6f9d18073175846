import type { Plan } from '../shared/contracts/plan-file.ts';
import { accessPolicy } from './access-policy.ts';
import { logicalId } from './logical-id.ts';
import { rarePlans } from './recovery-point-alarms.ts';

/** A nightly start of the backup for each plan that has a schedule. */
export function schedules(plans: Record<string, Plan>) {
  return Object.fromEntries(
    Object.entries(plans).flatMap(([name, plan]) =>
      plan.schedule === undefined ? [] : [[logicalId('Schedule', name), schedule(name, plan.schedule)]],
    ),
  );
}

function schedule(plan: string, { cron, timezone }: NonNullable<Plan['schedule']>) {
  return {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      Name: { 'Fn::Join': ['-', [{ Ref: 'AWS::StackName' }, plan]] },
      Description: `Starts the backup of the plan ${plan}`,
      ScheduleExpression: cron,
      ScheduleExpressionTimezone: timezone,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: { Ref: 'BackupStateMachine' },
        RoleArn: { 'Fn::GetAtt': ['ScheduleRole', 'Arn'] },
        // The scheduled time names the run. The Scheduler delivers at least once and gives the execution no name: delivered
        // twice it starts two, which share a run id and a ledger, and whose conditional puts let one of them go first.
        Input: JSON.stringify({ plan, scheduledTime: '<aws.scheduler.scheduled-time>' }),
        RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 60 },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['ScheduleDeadLetters', 'Arn'] } },
      },
    },
  };
}

/** Looks at the newest recovery point of each plan that is backed up too rarely for an alarm to look back, twice a day. */
export function ageSchedules(plans: Record<string, Plan>) {
  const rare = rarePlans(plans);
  if (rare.length === 0) return {};
  const Arn = { 'Fn::GetAtt': ['MeasureAgeLambdaFunction', 'Arn'] } as const;
  return {
    ...Object.fromEntries(rare.map((name) => [logicalId('AgeSchedule', name), ageSchedule(name, Arn)])),
    MeasureAges: accessPolicy('ScheduleRole', [{ Action: ['lambda:InvokeFunction'], Resource: [Arn] }]),
  };
}

/** A name of a plan holds no dot, so that no schedule of another plan has this name. */
function ageSchedule(plan: string, Arn: object) {
  return {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      Name: { 'Fn::Join': ['', [{ Ref: 'AWS::StackName' }, `-${plan}.age`]] },
      Description: `Measures the age of the newest recovery point of the plan ${plan}`,
      ScheduleExpression: 'rate(12 hours)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      // What is not measured rings by itself, so that nothing keeps starts that were given up.
      Target: { Arn, RoleArn: { 'Fn::GetAtt': ['ScheduleRole', 'Arn'] }, Input: JSON.stringify({ plan }) },
    },
  };
}
