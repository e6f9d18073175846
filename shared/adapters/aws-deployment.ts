import { type CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { GetScheduleCommand, type SchedulerClient } from '@aws-sdk/client-scheduler';
import { paginateListSubscriptionsByTopic, type SNSClient } from '@aws-sdk/client-sns';
import * as z from 'zod';
import type { Alarm, Deployment, Subscription } from '../ports/deployment.ts';
import { ask, undefinedOn, understand } from './aws-call.ts';

const scheduleSchema = z
  .object({ State: z.string(), ScheduleExpression: z.string(), ScheduleExpressionTimezone: z.string().default('UTC') })
  .transform(({ State, ScheduleExpression, ScheduleExpressionTimezone }) => ({
    isEnabled: State === 'ENABLED',
    expression: ScheduleExpression,
    timezone: ScheduleExpressionTimezone,
  }));

const alarmsSchema = z.array(
  z
    .object({ AlarmName: z.string(), ActionsEnabled: z.boolean(), AlarmActions: z.array(z.string()).default([]) })
    .transform(
      ({ AlarmName, ActionsEnabled, AlarmActions }): Alarm => ({
        name: AlarmName,
        areActionsEnabled: ActionsEnabled,
        actions: AlarmActions,
      }),
    ),
);

/** In place of the ARN SNS says of a subscription that nobody has confirmed it yet, or for a while that it is gone. */
const subscriptionsSchema = z.array(
  z.object({ SubscriptionArn: z.string(), Protocol: z.string(), Endpoint: z.string() }).transform(
    ({ SubscriptionArn, Protocol, Endpoint }): Subscription => ({
      protocol: Protocol,
      endpoint: Endpoint,
      isConfirmed: SubscriptionArn.startsWith('arn:'),
    }),
  ),
);

interface Clients {
  lambda: LambdaClient;
  scheduler: SchedulerClient;
  cloudWatch: CloudWatchClient;
  sns: SNSClient;
}

/** What a deployment is made of in an account and region. */
export function awsDeployment({ lambda, scheduler, cloudWatch, sns }: Clients): Deployment {
  return {
    async roleOfFunction(name) {
      const what = `GetFunctionConfiguration ${name}`;
      const command = new GetFunctionConfigurationCommand({ FunctionName: name });
      const call = () => lambda.send(command).catch(undefinedOn('ResourceNotFoundException'));
      const answer = await ask(lambda, what, call);
      return answer && understand(z.string(), answer.Role, what);
    },

    async schedule(name) {
      const what = `GetSchedule ${name}`;
      const call = () =>
        scheduler.send(new GetScheduleCommand({ Name: name })).catch(undefinedOn('ResourceNotFoundException'));
      const answer = await ask(scheduler, what, call);
      return answer && understand(scheduleSchema, answer, what);
    },

    alarms: (prefix) =>
      ask(cloudWatch, `DescribeAlarms ${prefix}`, async () => {
        const alarms: Alarm[] = [];
        for await (const page of paginateDescribeAlarms({ client: cloudWatch }, { AlarmNamePrefix: prefix })) {
          alarms.push(...understand(alarmsSchema, page.MetricAlarms ?? [], 'DescribeAlarms'));
        }
        return alarms;
      }),

    subscriptions: (topicArn) =>
      ask(sns, `ListSubscriptionsByTopic ${topicArn}`, async () => {
        const subscriptions: Subscription[] = [];
        try {
          for await (const page of paginateListSubscriptionsByTopic({ client: sns }, { TopicArn: topicArn })) {
            const listed = (page.Subscriptions ?? []).filter(({ SubscriptionArn }) => SubscriptionArn !== 'Deleted');
            subscriptions.push(...understand(subscriptionsSchema, listed, 'ListSubscriptionsByTopic'));
          }
          return subscriptions;
        } catch (error) {
          return undefinedOn('NotFoundException', 'NotFound')(error);
        }
      }),
  };
}
