import {
  type ApplicationAutoScalingClient,
  PutScalingPolicyCommand,
  PutScheduledActionCommand,
  paginateDescribeScalableTargets,
  paginateDescribeScalingPolicies,
  paginateDescribeScheduledActions,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import * as z from 'zod';
import type { ScalingTarget, ScheduledAction } from '../contracts/table-settings.ts';
import type { Scaling } from '../ports/scaling.ts';
import { ask, understand } from './aws-call.ts';
import type { CallRates } from './call-rates.ts';
import {
  dimensionSchema,
  policySchema,
  scheduledActionSchema,
  targetSchema,
  targetTrackingSchema,
} from './scaling-descriptions.ts';

/** AWS documents no rate for these calls: it is kept as low as that of Lambda's. */
export const scalingCallRates = {
  DescribeScalableTargets: 8,
  DescribeScalingPolicies: 8,
  DescribeScheduledActions: 8,
  RegisterScalableTarget: 4,
  PutScalingPolicy: 4,
  PutScheduledAction: 4,
} as const satisfies CallRates;

type DescribedTarget = z.output<typeof targetSchema>;

/** Where a target is already being changed. */
const refusals = { ConcurrentUpdateException: 'NOT_READY', ObjectNotFoundException: 'NOT_READY' } as const;

const namespace = { ServiceNamespace: 'dynamodb' } as const;

/** Application Auto Scaling, as far as it looks after tables of DynamoDB. */
export function applicationAutoScaling(client: ApplicationAutoScalingClient): Scaling {
  async function targetsOf(resources: string[]): Promise<DescribedTarget[]> {
    const found: DescribedTarget[] = [];
    for await (const page of paginateDescribeScalableTargets({ client }, { ...namespace, ResourceIds: resources })) {
      found.push(...understand(z.array(targetSchema), page.ScalableTargets ?? [], 'DescribeScalableTargets'));
    }
    return found;
  }

  async function policiesOf(filter: Pick<DescribedTarget, 'ResourceId' | 'ScalableDimension'>) {
    const found: ScalingTarget['policies'] = [];
    for await (const page of paginateDescribeScalingPolicies({ client }, { ...namespace, ...filter })) {
      found.push(...understand(z.array(policySchema), page.ScalingPolicies ?? [], 'DescribeScalingPolicies'));
    }
    return found;
  }

  async function scheduledActionsOf(filter: Pick<DescribedTarget, 'ResourceId' | 'ScalableDimension'>) {
    const found: ScheduledAction[] = [];
    for await (const page of paginateDescribeScheduledActions({ client }, { ...namespace, ...filter })) {
      const described = page.ScheduledActions ?? [];
      const actions = understand(z.array(scheduledActionSchema), described, 'DescribeScheduledActions');
      found.push(
        ...actions.filter(({ dimension }) => dimension === filter.ScalableDimension).map(({ action }) => action),
      );
    }
    return found;
  }

  async function whole(target: DescribedTarget): Promise<ScalingTarget> {
    const { ResourceId, ScalableDimension } = target;
    return {
      resourceId: ResourceId,
      dimension: ScalableDimension,
      minimum: target.MinCapacity,
      maximum: target.MaxCapacity,
      roleArn: target.RoleARN,
      ...(target.SuspendedState && { suspended: target.SuspendedState }),
      policies: await policiesOf({ ResourceId, ScalableDimension }),
      scheduledActions: await scheduledActionsOf({ ResourceId, ScalableDimension }),
    };
  }

  return {
    describe: (table, globalIndexes) =>
      ask(client, `DescribeScalableTargets of table ${table}`, async () => {
        const resources = [`table/${table}`, ...globalIndexes.map((index) => `table/${table}/index/${index}`)];
        return Promise.all((await targetsOf(resources)).map(whole));
      }),

    async put({ resourceId, dimension, minimum, maximum, suspended, policies, scheduledActions = [] }) {
      const what = `of ${dimension} of ${resourceId}`;
      const ScalableDimension = understand(dimensionSchema, dimension, what);
      const target = { ...namespace, ResourceId: resourceId, ScalableDimension };
      const register = new RegisterScalableTargetCommand({
        ...target,
        MinCapacity: minimum,
        MaxCapacity: maximum,
        SuspendedState: suspended && {
          DynamicScalingInSuspended: suspended.dynamicScalingIn,
          DynamicScalingOutSuspended: suspended.dynamicScalingOut,
          ScheduledScalingSuspended: suspended.scheduledScaling,
        },
      });
      await ask(client, `RegisterScalableTarget ${what}`, () => client.send(register), refusals);
      for (const { name, targetTracking } of policies) {
        const command = new PutScalingPolicyCommand({
          ...target,
          PolicyName: name,
          PolicyType: 'TargetTrackingScaling',
          TargetTrackingScalingPolicyConfiguration: understand(targetTrackingSchema, targetTracking, `Policy ${name}`),
        });
        await ask(client, `PutScalingPolicy ${name} ${what}`, () => client.send(command), refusals);
      }
      for (const action of scheduledActions) {
        const command = new PutScheduledActionCommand({ ...target, ...requestOf(action) });
        await ask(client, `PutScheduledAction ${action.name} ${what}`, () => client.send(command), refusals);
      }
    },
  };
}

function requestOf({ name, schedule, timezone, startsAt, endsAt, minimum, maximum }: ScheduledAction) {
  return {
    ScheduledActionName: name,
    Schedule: schedule,
    Timezone: timezone,
    StartTime: startsAt === undefined ? undefined : new Date(startsAt),
    EndTime: endsAt === undefined ? undefined : new Date(endsAt),
    ScalableTargetAction: { MinCapacity: minimum, MaxCapacity: maximum },
  };
}
