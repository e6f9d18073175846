import { Readable } from 'node:stream';
import type { Clock } from '../../shared/ports/clock.ts';

interface Answer {
  status?: number;
  json: object;
}

/**
 * What makes an SDK client send nothing: each request is noted with its time, and answered from a script, whose last
 * line repeats. What the SDK tries again it tries at once.
 */
export function timedRequests(clock: Clock, ...script: Answer[]) {
  const times: number[] = [];
  const options = {
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIATANDEM', secretAccessKey: 'a secret' },
    retryStrategy: {
      acquireInitialRetryToken: async () => retryToken(0),
      refreshRetryTokenForRetry: async (token: RetryToken) => retryToken(token.getRetryCount() + 1),
      recordSuccess: () => {},
    },
    requestHandler: {
      handle: async () => {
        times.push(clock.now().getTime());
        const { status = 200, json = {} } = script[Math.min(times.length, script.length) - 1] ?? {};
        const body = Readable.from([JSON.stringify(json)]);
        return { response: { statusCode: status, headers: { 'content-type': 'application/json' }, body } };
      },
      updateHttpClientConfig: () => {},
      httpHandlerConfigs: () => ({}),
    },
  };
  return { times, options };
}

interface RetryToken {
  getRetryCount(): number;
  getRetryDelay(): number;
}

function retryToken(count: number): RetryToken {
  return { getRetryCount: () => count, getRetryDelay: () => 0 };
}
