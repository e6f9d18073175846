import { randomUUID } from 'node:crypto';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { snsAlerts } from '../../shared/adapters/sns-alerts.ts';
import { stderrAlerts } from '../../shared/adapters/stderr-alerts.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import type { Alerts } from '../../shared/ports/alerts.ts';
import { clientOf } from '../support/emulators.ts';
import { eventually } from '../support/eventually.ts';
import { FakeAlerts, type PublishedAlert } from '../support/fakes/alerts.ts';

interface Subject {
  name: string;
  /** Refuses, as SNS does, a subject of more than a hundred letters. */
  refusesLongSubjects: boolean;
  open(): Promise<{ alerts: Alerts; topic: string | undefined; received(): Promise<Omit<PublishedAlert, 'topic'>> }>;
}

const notificationSchema = z
  .object({ Subject: z.string(), Message: z.string() })
  .transform(({ Subject, Message }) => ({ subject: Subject, message: Message }));

/** A topic with a queue that subscribes to it. */
async function emulator(endpoint: string) {
  const sns = new SNSClient(clientOf(endpoint));
  const sqs = new SQSClient(clientOf(endpoint));
  const name = `alerts-${randomUUID()}`;
  const { TopicArn: topic } = await sns.send(new CreateTopicCommand({ Name: name }));
  const policy = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: '*',
  };
  const attributes = { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [policy] }) };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
  const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
  const { Attributes } = await sqs.send(asked);
  await sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'sqs', Endpoint: Attributes?.QueueArn }));
  return {
    alerts: snsAlerts(sns, stderrAlerts({ write: () => {} })),
    topic,
    received: () =>
      eventually({ clock: systemClock, pollMilliseconds: 20 }, async () => {
        const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
        const body = Messages?.[0]?.Body;
        return body === undefined ? undefined : notificationSchema.parse(JSON.parse(body));
      }),
  };
}

const subjects: Subject[] = [
  {
    name: 'the fake',
    refusesLongSubjects: true,
    async open() {
      const alerts = new FakeAlerts();
      const received = async () => {
        const { subject = '', message = '' } = alerts.published[0] ?? {};
        return { subject, message };
      };
      return { alerts, topic: 'arn:aws:sns:eu-west-1:111122223333:tandem', received };
    },
  },
  { name: 'MiniStack', refusesLongSubjects: false, open: () => emulator(inject('miniStack')) },
  { name: 'moto', refusesLongSubjects: true, open: () => emulator(inject('moto')) },
];

describe.each(subjects)('alerts: $name', ({ refusesLongSubjects, open }) => {
  it('reaches who subscribes to the topic', async () => {
    const { alerts, topic, received } = await open();
    const alert = { subject: 'Tandem: backup of app failed', message: 'What happened:\n\n  ü 😀 "quoted"' };

    await alerts.publish({ topic, ...alert });

    expect(await received()).toEqual(alert);
  });

  if (refusesLongSubjects) {
    it('refuses a subject that SNS does not take', async () => {
      const { alerts, topic } = await open();

      await expect(alerts.publish({ topic, subject: 'x'.repeat(101), message: 'm' })).rejects.toMatchObject({
        code: 'PROVIDER_FAILURE',
      });
    });
  }
});

describe('alerts: without a topic', () => {
  it('goes to standard error', async () => {
    const written: string[] = [];
    const alerts = snsAlerts(new SNSClient(), stderrAlerts({ write: (text) => written.push(text) }));

    await alerts.publish({ topic: undefined, subject: 'Tandem: backup of app failed', message: 'What happened' });

    expect(written).toEqual(['Tandem: backup of app failed\n\nWhat happened\n']);
  });
});
