import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { onTestFinished } from 'vitest';
import { startDynamoDbLayer } from '../../../sandbox/dynamodb/layer.ts';
import { FakeClock } from '../fakes/clock.ts';
import { startInstantDynamoDb } from './instant-dynamodb.ts';

/** The real SDK client on the layer, before an emulator that is instant; all of it is stopped after the test. */
export async function startPlayedDynamoDb({ timeScale = 1 } = {}) {
  const clock = new FakeClock();
  const emulator = await startInstantDynamoDb(() => clock.now());
  const layer = await startDynamoDbLayer({ upstream: emulator.endpoint, clock, timeScale });
  const client = singleTryClient(layer.endpoint, 'test');
  onTestFinished(async () => {
    client.destroy();
    await layer.stop();
    await emulator.stop();
  });
  return { clock, emulator, layer, client };
}

/** A client that never tries again, so that a refusal shows. */
export function singleTryClient(endpoint: string, accessKeyId: string, secretAccessKey = 'test'): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  });
}
