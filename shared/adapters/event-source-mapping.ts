import * as z from 'zod';

const destination = z.object({ Destination: z.string().optional() }).optional();

/**
 * What of a description of a mapping goes into the request for one like it on another stream of DynamoDB. A description
 * tells more, for other kinds of sources, which Lambda would refuse here.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
export const configurationSchema = z.object({
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).default('TRIM_HORIZON'),
  BatchSize: z.number().optional(),
  MaximumBatchingWindowInSeconds: z.number().optional(),
  ParallelizationFactor: z.number().optional(),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string().optional() })).optional() }).optional(),
  KMSKeyArn: z.string().optional(),
  MetricsConfig: z.object({ Metrics: z.array(z.enum(['EventCount', 'ErrorCount', 'KafkaMetrics'])) }).optional(),
  LoggingConfig: z.object({ SystemLogLevel: z.enum(['DEBUG', 'INFO', 'WARN']).optional() }).optional(),
  DestinationConfig: z.object({ OnSuccess: destination, OnFailure: destination }).optional(),
  MaximumRecordAgeInSeconds: z.number().optional(),
  BisectBatchOnFunctionError: z.boolean().optional(),
  MaximumRetryAttempts: z.number().optional(),
  TumblingWindowInSeconds: z.number().optional(),
  FunctionResponseTypes: z.array(z.enum(['ReportBatchItemFailures'])).optional(),
  ProvisionedPollerConfig: z
    .object({
      MinimumPollers: z.number().optional(),
      MaximumPollers: z.number().optional(),
      PollerGroupName: z.string().optional(),
    })
    .optional(),
});
