import { ListTopicsCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { clientOf } from './emulators.ts';

const notification = z.object({ Subject: z.string(), Message: z.string() });

/** A queue that is subscribed to the topic of the deployment. @returns what reads the alerts that have arrived since */
export async function openAlertInbox(endpoint: string): Promise<() => Promise<z.infer<typeof notification>[]>> {
  const [sns, sqs] = [new SNSClient(clientOf(endpoint)), new SQSClient(clientOf(endpoint))];
  const { Topics = [] } = await sns.send(new ListTopicsCommand());
  const topic = Topics.find(({ TopicArn }) => TopicArn?.endsWith(':tandem-sandbox'))?.TopicArn;
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `inbox-${Date.now()}` }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const queue = Attributes?.QueueArn;
  const Statement = [
    { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: queue },
  ];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  await sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'sqs', Endpoint: queue }));
  return async () => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    return Messages.map(({ Body = '' }) => notification.parse(JSON.parse(Body)));
  };
}
