import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Alerts } from '../ports/alerts.ts';
import { ask } from './aws-call.ts';

/** Topics of SNS. An alert that has none goes to `withoutTopic`. */
export function snsAlerts(client: SNSClient, withoutTopic: Alerts): Alerts {
  return {
    async publish(alert) {
      if (alert.topic === undefined) return withoutTopic.publish(alert);
      const command = new PublishCommand({ TopicArn: alert.topic, Subject: alert.subject, Message: alert.message });
      await ask(client, `Publish to ${alert.topic}`, () => client.send(command));
    },
  };
}
