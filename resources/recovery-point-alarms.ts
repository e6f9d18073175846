import type { Plan } from '../shared/contracts/plan-file.ts';
import { longestGapSeconds } from '../shared/core/schedule-gap.ts';
import { logicalId } from './logical-id.ts';
import type { TemplateResource } from './template-resource.ts';

const hourSeconds = 3_600;

/** An alarm looks back seven days at most: Period times EvaluationPeriods may not be more than 604,800 seconds. */
const mostHours = 168;

/** How far the alarm of a rarer plan looks back: as far as two looks at its newest recovery point are apart, and an hour. */
const hoursOfLooks = 25;

/**
 * The dead man's alarm of each plan with a schedule, but for one that fires a single time: it rings when no recovery point
 * was recorded for as long as there is between two backups, and a run may take, and an hour. What is missing counts, so that
 * it rings as well when the schedule, the state machine or the metric itself is gone; and from the deployment on until there
 * is a first recovery point, or until the next look at it where its age is measured.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export function recoveryPointAlarms(plans: Record<string, Plan>): Record<string, TemplateResource> {
  return Object.fromEntries(
    Object.entries(plans).flatMap(([name, plan]) => {
      const hours = hoursWithout(plan);
      if (!Number.isFinite(hours)) return [];
      return [[logicalId('RecoveryPointAlarm', name), recoveryPointAlarm(name, plan, hours)]];
    }),
  );
}

/**
 * The plans that are backed up more rarely than an alarm looks back: the age of their newest recovery point is measured
 * twice a day instead, and their alarms ring as well when that is not done.
 */
export function rarePlans(plans: Record<string, Plan>): string[] {
  return Object.entries(plans).flatMap(([name, plan]) => {
    const hours = hoursWithout(plan);
    return hours > mostHours && Number.isFinite(hours) ? [name] : [];
  });
}

/** After how many hours without a recovery point something is wrong; Infinity for a plan that is not backed up again and again. */
function hoursWithout({ schedule, deadline }: Plan): number {
  if (schedule === undefined) return Number.POSITIVE_INFINITY;
  return Math.ceil((longestGapSeconds(schedule) + deadline) / hourSeconds) + 1;
}

function recoveryPointAlarm(name: string, { alerts }: Plan, hours: number) {
  const topics = [{ Ref: 'AlertTopic' }, ...(alerts.topic === undefined ? [] : [alerts.topic])];
  const { step, periods, ...watched } = hours > mostHours ? noYoungAge(hours) : noneRecorded(hours);
  const dimensions = { service: { Ref: 'AWS::StackName' }, step, plan: name };
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: { 'Fn::Sub': `\${AWS::StackName}-plan-${name}-no-recovery-point` },
      AlarmDescription: `Plan ${name} has no new recovery point for ${hours} hours. Is its schedule there and enabled? Did its last run fail?`,
      Namespace: 'Tandem',
      ...watched,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      Period: hourSeconds,
      EvaluationPeriods: periods,
      DatapointsToAlarm: periods,
      TreatMissingData: 'breaching',
      AlarmActions: topics,
      OKActions: topics,
    },
  };
}

/** In each hour none was recorded. */
function noneRecorded(hours: number) {
  return {
    step: 'RecordRecoveryPoint',
    periods: hours,
    MetricName: 'recoveryPointAt',
    Statistic: 'SampleCount',
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
  };
}

/** No look of the last day found one that is young enough. */
function noYoungAge(hours: number) {
  return {
    step: 'MeasureAge',
    periods: hoursOfLooks,
    MetricName: 'recoveryPointAge',
    Statistic: 'Minimum',
    Threshold: hours * hourSeconds,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  };
}
