import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { expect, it, onTestFinished } from 'vitest';
import { applicationAutoScaling } from '../../../shared/adapters/application-auto-scaling.ts';
import { lambdaStreamConsumers } from '../../../shared/adapters/lambda-stream-consumers.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import { clientOf } from '../../support/emulators.ts';
import { FakeClock } from '../../support/fakes/clock.ts';
import { startScriptedServer } from '../../support/scripted-server.ts';

type Ask = (name: string) => Promise<unknown>;

it.each<[what: string, open: (endpoint: string, clock: Clock) => Ask]>([
  [
    'the consumers of streams',
    (endpoint, clock) => {
      const consumers = lambdaStreamConsumers(new LambdaClient(clientOf(endpoint)), clock);
      return (name) => consumers.list(name);
    },
  ],
  [
    'the scaling of tables',
    (endpoint, clock) => {
      const scaling = applicationAutoScaling(new ApplicationAutoScalingClient(clientOf(endpoint)), clock);
      return (name) => scaling.describe(name, []);
    },
  ],
])('%s are asked for eight times a second', async (_, open) => {
  const server = await startScriptedServer({ json: {} });
  onTestFinished(server.stop);
  const clock = new FakeClock();
  const ask = open(server.endpoint, clock);
  const start = clock.now().getTime();

  await Promise.all(Array.from({ length: 17 }, (_, table) => ask(`table-${table}`)));

  expect(server.received).toHaveLength(17);
  expect(clock.now().getTime() - start).toBe(2_000);
});
