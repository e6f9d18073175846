import type { Plan } from '../shared/contracts/plan-file.ts';
import { logicalId } from './logical-id.ts';

/** The topics that the plans name themselves. */
export function alertTopics(plans: Plan[]): string[] {
  return [...new Set(plans.flatMap(({ alerts }) => alerts.topic ?? []))];
}

/**
 * A subscription of each plan's addresses to the topic that its alerts go to; SNS asks each to confirm it. The id comes
 * from what is subscribed, so that an address more or less leaves the subscriptions confirmed before as they are.
 */
export function subscriptions(plans: Plan[]) {
  const subscribed = plans.flatMap(({ alerts }) =>
    alerts.email.map((address) => ({
      TopicArn: alerts.topic ?? { Ref: 'AlertTopic' },
      Protocol: 'email',
      Endpoint: address,
    })),
  );
  return Object.fromEntries(
    subscribed.map((properties) => [
      logicalId('AlertSubscription', properties),
      { Type: 'AWS::SNS::Subscription', Properties: properties },
    ]),
  );
}
