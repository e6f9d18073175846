import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { acts, type FaultKind, faultKinds } from '../../../sandbox/faults/kinds.ts';
import { startFaultLayer } from '../../../sandbox/faults/layer.ts';
import { listenOnLoopback } from '../../../sandbox/loopback.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

/** A layer before a service that answers everything with a JSON text, and the requests that reach the service. */
async function layerUnderTest() {
  const received: string[] = [];
  const service = await listenOnLoopback(
    createServer((request, response) => {
      received.push(`${request.method} ${request.url}`);
      response.end('{"answer":"as it is"}');
    }),
  );
  const layer = await startFaultLayer(service.endpoint);
  stops.push(layer.stop, service.stop);
  const ask = async (path: string, options: RequestInit = {}) => {
    const signal = AbortSignal.timeout(200);
    const response = await fetch(new URL(path, layer.endpoint), { signal, ...options });
    return { status: response.status, text: await response.text() };
  };
  return { layer, received, ask };
}

const said: Partial<Record<FaultKind, number>> = {
  throttled: 429,
  unavailable: 503,
  'gateway timeout': 504,
  page: 500,
  truncated: 200,
  denied: 403,
};

describe('a fault layer', () => {
  it.for(faultKinds)('tells a client %s as it is, and lets the service act or not', async (kind) => {
    const { layer, received, ask } = await layerUnderTest();
    layer.add({ kind, service: 'opensearch' });

    const answer = await ask('/').catch((error: unknown) => ({ status: undefined, text: String(error) }));

    expect(answer.status).toBe(said[kind]);
    expect(answer.text).not.toBe('{"answer":"as it is"}');
    expect(received).toHaveLength(acts(kind) ? 1 : 0);
    expect(await ask('/')).toEqual({ status: 200, text: '{"answer":"as it is"}' });
  });

  it('meets the requests that it was asked for, after some and so often', async () => {
    const { layer, ask } = await layerUnderTest();
    const fault = { kind: 'unavailable', service: 'opensearch', method: 'PUT', path: /\/b$/ } as const;
    layer.add({ ...fault, skip: 1, times: 2 });
    const put = { method: 'PUT' };

    const answers = [ask('/b'), ask('/a', put)];
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200]);
    const statuses: number[] = [];
    for (const _ of [1, 2, 3, 4]) statuses.push((await ask('/b', put)).status);

    expect(statuses).toEqual([200, 503, 503, 200]);
    expect(layer.left()).toEqual([]);
  });

  it('knows the operations of an API by their names', async () => {
    const { layer, ask } = await layerUnderTest();
    layer.add({ kind: 'throttled', service: 'dynamodb', operation: 'DescribeTable' });
    const call = (operation: string) => {
      return ask('/', { method: 'POST', headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` } });
    };

    expect((await call('ListTables')).status).toBe(200);
    expect(await call('DescribeTable')).toMatchObject({ status: 400, text: expect.stringContaining('Throttling') });
  });
});
