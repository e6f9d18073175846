export interface Price {
  what: string;
  /** For so many units. */
  dollars: number;
  per: number;
  unit: string;
  /** Where the figure comes from; all were looked up on 28 November 2026. */
  source: string;
}

/**
 * What AWS asks in us-east-1, in US dollars, without taxes, discounts and free allowances. Every region has prices of its
 * own, and they change.
 */
export const prices = {
  tableBackupStorage: {
    what: 'DynamoDB: storage of backups',
    dollars: 0.1,
    per: 1,
    unit: 'GB-month',
    source: 'https://finops.com.py/services/dynamodb/backups, undated',
  },
  tableRestore: {
    what: 'DynamoDB: restore',
    dollars: 0.15,
    per: 1,
    unit: 'GB',
    source: "AWS's price list, from memory: check your region",
  },
  tableRead: {
    what: 'DynamoDB: reads, on demand',
    dollars: 0.125,
    per: 1_000_000,
    unit: 'read units',
    source: 'https://airbyte.com/data-engineering-resources/dynamodb-pricing, July 2025',
  },
  tableWrite: {
    what: 'DynamoDB: writes, on demand',
    dollars: 0.625,
    per: 1_000_000,
    unit: 'write units',
    source: 'https://airbyte.com/data-engineering-resources/dynamodb-pricing, July 2025',
  },
  stateTransition: {
    what: 'Step Functions: Standard workflows',
    dollars: 0.025,
    per: 1_000,
    unit: 'state transitions',
    source: 'https://aws.amazon.com/step-functions/pricing, undated copy',
  },
  lambdaCompute: {
    what: 'Lambda: time',
    dollars: 13.3334,
    per: 1_000_000,
    unit: 'GB-seconds on arm64',
    source: 'https://cloudchipr.com/blog/aws-lambda-pricing, 2024',
  },
  lambdaRequest: {
    what: 'Lambda: requests',
    dollars: 0.2,
    per: 1_000_000,
    unit: 'requests',
    source: 'https://cloudchipr.com/blog/aws-lambda-pricing, 2024',
  },
  objectStorage: {
    what: 'S3 Standard: storage',
    dollars: 0.023,
    per: 1,
    unit: 'GB-month',
    source: 'https://devnotes.tech/understanding-aws-s3-pricing-a-complete-cost-breakdown-with-examples, undated',
  },
  objectWrite: {
    what: 'S3 Standard: writes',
    dollars: 0.005,
    per: 1_000,
    unit: 'PUT and LIST requests',
    source: 'https://devnotes.tech/understanding-aws-s3-pricing-a-complete-cost-breakdown-with-examples, undated',
  },
  objectRead: {
    what: 'S3 Standard: reads',
    dollars: 0.0004,
    per: 1_000,
    unit: 'GET requests',
    source: 'https://devnotes.tech/understanding-aws-s3-pricing-a-complete-cost-breakdown-with-examples, undated',
  },
  scheduledInvocation: {
    what: 'EventBridge Scheduler',
    dollars: 1,
    per: 1_000_000,
    unit: 'invocations',
    source: 'https://cloudburn.io/blog/amazon-eventbridge-pricing, March 2026',
  },
  email: {
    what: 'SNS: e-mail',
    dollars: 2,
    per: 100_000,
    unit: 'e-mails',
    source: 'https://www.factualminds.com/blog/amazon-sns-pricing-publishes-fanout-protocols, June 2026',
  },
  alarm: {
    what: 'CloudWatch: alarms',
    dollars: 0.1,
    per: 1,
    unit: 'alarm-month',
    source: 'https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm, undated',
  },
  dashboard: {
    what: 'CloudWatch: dashboards',
    dollars: 3,
    per: 1,
    unit: 'dashboard-month',
    source: 'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards, June 2026',
  },
  metric: {
    what: 'CloudWatch: custom metrics',
    dollars: 0.3,
    per: 1,
    unit: 'metric-month, by the hours with data',
    source: 'https://signoz.io/guides/cloudwatch-pricing, February 2026; by the hour from memory',
  },
  logs: {
    what: 'CloudWatch: logs',
    dollars: 0.5,
    per: 1,
    unit: 'GB taken in',
    source: 'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards, June 2026',
  },
} as const satisfies Record<string, Price>;

export type PriceName = keyof typeof prices;
