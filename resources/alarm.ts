import type { TemplateResource } from './template-resource.ts';

interface Watch {
  /** Behind the name of the stack. */
  name: string;
  /** What it means that it rings, and what to do. */
  description: string;
  metric: { namespace: string; name: string; dimensions: Record<string, unknown> };
  /** The topics that are told when it rings and when it is over. */
  topics: unknown[];
}

/** An alarm that rings as soon as there is one of something that should not happen. */
export function alarm({ name, description, metric, topics }: Watch): TemplateResource {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: { 'Fn::Sub': `\${AWS::StackName}-${name}` },
      AlarmDescription: description,
      Namespace: metric.namespace,
      MetricName: metric.name,
      Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      // These metrics are written when there is something to count.
      TreatMissingData: 'notBreaching',
      AlarmActions: topics,
      OKActions: topics,
    },
  };
}
