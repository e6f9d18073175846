import type { Plan } from '../shared/contracts/plan-file.ts';
import { longestGapSeconds } from '../shared/core/schedule-gap.ts';
import { logicalId } from './logical-id.ts';
import type { TemplateResource } from './template-resource.ts';

const hourSeconds = 3_600;

/** An alarm looks back seven days at most: Period times EvaluationPeriods may not be more than 604,800 seconds. */
const mostHours = 168;

/**
 * The dead man's alarm of each plan with a schedule: it rings when no recovery point was recorded for as long as there is
 * between two backups, and a run may take, and an hour. What is missing counts, so that it rings as well when the schedule,
 * the state machine or the metric itself is gone; and from the deployment on until there is a first recovery point.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export function recoveryPointAlarms(plans: Record<string, Plan>): Record<string, TemplateResource> {
  return Object.fromEntries(
    Object.entries(plans).flatMap(([name, plan]) => {
      const hours = hoursWithout(plan);
      return hours > mostHours ? [] : [[logicalId('RecoveryPointAlarm', name), recoveryPointAlarm(name, plan, hours)]];
    }),
  );
}

/** The plans whose backups are too rare for an alarm, so that nobody takes its silence for good news. */
export function plansWithoutAlarm(plans: Record<string, Plan>): string[] {
  return Object.keys(plans).filter((name) => {
    const plan = plans[name];
    return plan?.schedule !== undefined && hoursWithout(plan) > mostHours;
  });
}

/** After how many hours without a recovery point something is wrong; Infinity for a plan without a schedule. */
function hoursWithout({ schedule, deadline }: Plan): number {
  if (schedule === undefined) return Number.POSITIVE_INFINITY;
  return Math.ceil((longestGapSeconds(schedule) + deadline) / hourSeconds) + 1;
}

function recoveryPointAlarm(name: string, { alerts }: Plan, hours: number) {
  const topics = [{ Ref: 'AlertTopic' }, ...(alerts.topic === undefined ? [] : [alerts.topic])];
  const dimensions = { service: { Ref: 'AWS::StackName' }, step: 'RecordRecoveryPoint', plan: name };
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: { 'Fn::Sub': `\${AWS::StackName}-plan-${name}-no-recovery-point` },
      AlarmDescription: `Plan ${name} has no new recovery point for ${hours} hours. Is its schedule there and enabled? Did its last run fail?`,
      Namespace: 'Tandem',
      MetricName: 'recoveryPointAt',
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      Statistic: 'SampleCount',
      Period: hourSeconds,
      EvaluationPeriods: hours,
      DatapointsToAlarm: hours,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      AlarmActions: topics,
      OKActions: topics,
    },
  };
}
