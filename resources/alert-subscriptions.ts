import type { Plan } from '../shared/contracts/plan-file.ts';

/** The topics that the plans name themselves. */
export function alertTopics(plans: Plan[]): string[] {
  return [...new Set(plans.flatMap(({ alerts }) => alerts.topic ?? []))];
}

/** A subscription of the deployment's topic for each address of the plans; SNS asks each to confirm it. */
export function subscriptions(plans: Plan[]) {
  const addresses = [...new Set(plans.flatMap(({ alerts }) => alerts.email))];
  return Object.fromEntries(
    addresses.map((address, position) => [
      `AlertSubscription${position + 1}`,
      {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: { Ref: 'AlertTopic' }, Protocol: 'email', Endpoint: address },
      },
    ]),
  );
}
