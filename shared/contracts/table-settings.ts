import * as z from 'zod';

/**
 * What a table's own backup does not hold, captured at backup time so that a restore can put it back
 * (DescribeBackup of DynamoDB leaves all of it out).
 */

const throughputSchema = z.object({ readUnits: z.number(), writeUnits: z.number() });

/** An auto scaling target of a table or one of its indexes, with its policies, as Application Auto Scaling describes them. */
const scalingTargetSchema = z.object({
  resourceId: z.string(),
  dimension: z.string(),
  minimum: z.number(),
  maximum: z.number(),
  roleArn: z.string().optional(),
  /** Which kinds of scaling somebody has suspended; undefined where none is told. */
  suspended: z
    .object({ dynamicScalingIn: z.boolean(), dynamicScalingOut: z.boolean(), scheduledScaling: z.boolean() })
    .optional(),
  policies: z.array(z.object({ name: z.string(), type: z.string(), targetTracking: z.unknown().optional() })),
  /** Undefined where a backup did not look for them yet. */
  scheduledActions: z
    .array(
      z.object({
        name: z.string(),
        schedule: z.string(),
        timezone: z.string().optional(),
        startsAt: z.iso.datetime().optional(),
        endsAt: z.iso.datetime().optional(),
        minimum: z.number().optional(),
        maximum: z.number().optional(),
      }),
    )
    .optional(),
});

/** A function that a table's stream triggers, with everything needed to make the trigger again. */
export const eventSourceMappingSchema = z.object({
  uuid: z.string(),
  /** Undefined with emulators that do not tell it. */
  arn: z.string().optional(),
  functionArn: z.string(),
  streamArn: z.string(),
  state: z.string(),
  /** The mapping as Lambda describes it: batch size and window, filters, retries, destinations and all the rest. */
  configuration: z.record(z.string(), z.unknown()),
  /** Undefined where they could not be read. */
  tags: z.record(z.string(), z.string()).optional(),
});

const keySchema = z.array(z.object({ attribute: z.string(), type: z.enum(['HASH', 'RANGE']) }));

const onDemandMaximumSchema = z.object({ readUnits: z.number().optional(), writeUnits: z.number().optional() });

const secondaryIndexSchema = z.object({
  name: z.string(),
  keys: keySchema,
  projection: z.object({ type: z.string(), attributes: z.array(z.string()) }),
  throughput: throughputSchema.optional(),
  onDemandMaximum: onDemandMaximumSchema.optional(),
});

/** How a table is built: what a restore brings back by itself, and what verification compares. */
export const tableShapeSchema = z.object({
  keys: keySchema,
  attributes: z.record(z.string(), z.string()),
  globalIndexes: z.array(secondaryIndexSchema),
  localIndexes: z.array(secondaryIndexSchema),
  billingMode: z.enum(['PROVISIONED', 'PAY_PER_REQUEST']),
  throughput: throughputSchema.optional(),
  onDemandMaximum: onDemandMaximumSchema.optional(),
  /** The vector indexes of a table that has any, as DynamoDB describes them. */
  vectorIndexes: z.array(z.record(z.string(), z.unknown())).optional(),
});

/** A table, or one of its global secondary indexes where `index` names it. */
const tableOrIndexSchema = z.object({ index: z.string().optional() });

/** Contributor Insights that are on; `mode` is undefined where the endpoint tells none. */
const contributorInsightsSchema = tableOrIndexSchema.extend({ mode: z.string().optional() });

/** A Kinesis data stream that the changes of a table go to. */
const kinesisDestinationSchema = z.object({ streamArn: z.string(), precision: z.string().optional() });

/** How many units a second a table or an index takes at once, without having to grow first. */
const warmThroughputSchema = tableOrIndexSchema.extend(throughputSchema.shape);

/** What a stream says of an item that changed. */
export const streamViewTypeSchema = z.enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']);

export const tableSettingsSchema = z.object({
  tags: z.record(z.string(), z.string()),
  timeToLive: z.object({ attribute: z.string() }).optional(),
  stream: z.object({ viewType: streamViewTypeSchema }).optional(),
  pointInTimeRecovery: z.object({ days: z.number().optional() }).optional(),
  deletionProtection: z.boolean(),
  tableClass: z.string(),
  resourcePolicy: z.string().optional(),
  /** The resource policy of the table's stream; it names the ARN of that stream. */
  streamPolicy: z.string().optional(),
  /** These three are undefined where a backup did not look for them yet. */
  contributorInsights: z.array(contributorInsightsSchema).optional(),
  kinesisDestinations: z.array(kinesisDestinationSchema).optional(),
  warmThroughput: z.array(warmThroughputSchema).optional(),
  encryption: z.object({ type: z.string(), keyArn: z.string().optional() }).optional(),
  scaling: z.array(scalingTargetSchema),
  /** The other regions of a global table; undefined of any other, and where a backup did not look for them yet. */
  replicas: z.array(z.string()).optional(),
  eventSourceMappings: z.array(eventSourceMappingSchema),
  /** What could not be read, and why: said in the manifest and in the report, never left out in silence. */
  notCaptured: z.array(z.object({ setting: z.string(), why: z.string() })),
});

export type StreamViewType = z.infer<typeof streamViewTypeSchema>;
export type SecondaryIndex = z.infer<typeof secondaryIndexSchema>;
export type TableShape = z.infer<typeof tableShapeSchema>;
export type TableSettings = z.infer<typeof tableSettingsSchema>;
export type ScalingTarget = z.infer<typeof scalingTargetSchema>;
export type EventSourceMapping = z.infer<typeof eventSourceMappingSchema>;
export type ScheduledAction = NonNullable<ScalingTarget['scheduledActions']>[number];
export type ContributorInsights = z.infer<typeof contributorInsightsSchema>;
export type KinesisDestination = z.infer<typeof kinesisDestinationSchema>;
export type WarmThroughput = z.infer<typeof warmThroughputSchema>;
