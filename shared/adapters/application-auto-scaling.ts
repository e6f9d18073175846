import {
  type ApplicationAutoScalingClient,
  paginateDescribeScalableTargets,
  paginateDescribeScalingPolicies,
  type ScalableTarget,
  type ScalingPolicy,
} from '@aws-sdk/client-application-auto-scaling';
import * as z from 'zod';
import type { ScalingTarget } from '../contracts/table-settings.ts';
import type { Scaling } from '../ports/scaling.ts';
import { ask, understand } from './aws-call.ts';
import type { CallRates } from './call-rates.ts';

/** AWS documents no rate for these calls: it is kept as low as that of Lambda's. */
export const scalingCallRates = {
  DescribeScalableTargets: 8,
  DescribeScalingPolicies: 8,
} as const satisfies CallRates;

const targetSchema = z.object({
  ResourceId: z.string(),
  ScalableDimension: z.string(),
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

const policySchema = z
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

/** Application Auto Scaling, as far as it looks after tables of DynamoDB. */
export function applicationAutoScaling(client: ApplicationAutoScalingClient): Scaling {
  const namespace = { ServiceNamespace: 'dynamodb' } as const;

  async function targetsOf(resources: string[]): Promise<ScalableTarget[]> {
    const found: ScalableTarget[] = [];
    for await (const page of paginateDescribeScalableTargets({ client }, { ...namespace, ResourceIds: resources })) {
      found.push(...(page.ScalableTargets ?? []));
    }
    return found;
  }

  async function policiesOf({ ResourceId, ScalableDimension }: ScalableTarget): Promise<ScalingPolicy[]> {
    const found: ScalingPolicy[] = [];
    const filter = { ...namespace, ResourceId, ScalableDimension };
    for await (const page of paginateDescribeScalingPolicies({ client }, filter)) {
      found.push(...(page.ScalingPolicies ?? []));
    }
    return found;
  }

  async function withPolicies(described: ScalableTarget): Promise<ScalingTarget> {
    const target = understand(targetSchema, described, 'DescribeScalableTargets');
    const policies = await policiesOf(described);
    return {
      resourceId: target.ResourceId,
      dimension: target.ScalableDimension,
      minimum: target.MinCapacity,
      maximum: target.MaxCapacity,
      roleArn: target.RoleARN,
      ...(target.SuspendedState && { suspended: target.SuspendedState }),
      policies: understand(z.array(policySchema), policies, 'DescribeScalingPolicies'),
    };
  }

  return {
    describe: (table, globalIndexes) =>
      ask(client, `DescribeScalableTargets of table ${table}`, async () => {
        const resources = [`table/${table}`, ...globalIndexes.map((index) => `table/${table}/index/${index}`)];
        return Promise.all((await targetsOf(resources)).map(withPolicies));
      }),
  };
}
