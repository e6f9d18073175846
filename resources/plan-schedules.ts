import type { Plan } from '../shared/contracts/plan-file.ts';
import { logicalId } from './logical-id.ts';

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
