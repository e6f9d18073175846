import * as z from 'zod';
import type { ScheduledAction } from '../contracts/table-settings.ts';

/** What Application Auto Scaling tells of the targets, policies and scheduled actions of DynamoDB. */

export const dimensionSchema = z.enum([
  'dynamodb:table:ReadCapacityUnits',
  'dynamodb:table:WriteCapacityUnits',
  'dynamodb:index:ReadCapacityUnits',
  'dynamodb:index:WriteCapacityUnits',
]);

export const targetSchema = z.object({
  ResourceId: z.string(),
  ScalableDimension: dimensionSchema,
  MinCapacity: z.number(),
  MaxCapacity: z.number(),
  RoleARN: z.string().optional(),
  SuspendedState: z
    .object({
      DynamicScalingInSuspended: z.boolean().default(false),
      DynamicScalingOutSuspended: z.boolean().default(false),
      ScheduledScalingSuspended: z.boolean().default(false),
    })
    .transform((state) => ({
      dynamicScalingIn: state.DynamicScalingInSuspended,
      dynamicScalingOut: state.DynamicScalingOutSuspended,
      scheduledScaling: state.ScheduledScalingSuspended,
    }))
    .optional(),
});

export const policySchema = z
  .object({
    PolicyName: z.string(),
    PolicyType: z.string(),
    TargetTrackingScalingPolicyConfiguration: z.unknown(),
  })
  .transform((policy) => ({
    name: policy.PolicyName,
    type: policy.PolicyType,
    targetTracking: policy.TargetTrackingScalingPolicyConfiguration,
  }));

const metricSchema = z.object({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })).optional(),
});

const queriesSchema = z.array(
  z.object({
    Id: z.string(),
    Expression: z.string().optional(),
    Label: z.string().optional(),
    MetricStat: z.object({ Metric: metricSchema, Stat: z.string(), Unit: z.string().optional() }).optional(),
    ReturnData: z.boolean().optional(),
  }),
);

/** A policy that keeps a metric at a value: the only kind of policy that DynamoDB is scaled by. */
export const targetTrackingSchema = z.object({
  TargetValue: z.number(),
  PredefinedMetricSpecification: z
    .object({
      PredefinedMetricType: z.enum(['DynamoDBReadCapacityUtilization', 'DynamoDBWriteCapacityUtilization']),
      ResourceLabel: z.string().optional(),
    })
    .optional(),
  CustomizedMetricSpecification: metricSchema
    .partial()
    .extend({
      Statistic: z.enum(['Average', 'Minimum', 'Maximum', 'SampleCount', 'Sum']).optional(),
      Unit: z.string().optional(),
      Metrics: queriesSchema.optional(),
    })
    .optional(),
  ScaleOutCooldown: z.number().optional(),
  ScaleInCooldown: z.number().optional(),
  DisableScaleIn: z.boolean().optional(),
});

const momentSchema = z
  .date()
  .transform((date) => date.toISOString())
  .optional();

export const scheduledActionSchema = z
  .object({
    ScalableDimension: dimensionSchema,
    ScheduledActionName: z.string(),
    Schedule: z.string(),
    Timezone: z.string().optional(),
    StartTime: momentSchema,
    EndTime: momentSchema,
    ScalableTargetAction: z.object({ MinCapacity: z.number().optional(), MaxCapacity: z.number().optional() }),
  })
  .transform((described) => ({
    dimension: described.ScalableDimension,
    action: {
      name: described.ScheduledActionName,
      schedule: described.Schedule,
      ...(described.Timezone !== undefined && { timezone: described.Timezone }),
      ...(described.StartTime !== undefined && { startsAt: described.StartTime }),
      ...(described.EndTime !== undefined && { endsAt: described.EndTime }),
      ...(described.ScalableTargetAction.MinCapacity !== undefined && {
        minimum: described.ScalableTargetAction.MinCapacity,
      }),
      ...(described.ScalableTargetAction.MaxCapacity !== undefined && {
        maximum: described.ScalableTargetAction.MaxCapacity,
      }),
    } satisfies ScheduledAction,
  }));
