import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  type SearchHttp,
  type SearchHttpOptions,
  searchHttp,
} from '../../../../shared/adapters/opensearch/search-http.ts';
import { FakeClock } from '../../../support/fakes/clock.ts';
import { scriptedSearch, searchOptions } from '../../../support/scripted-search.ts';
import type { Scripted } from '../../../support/scripted-server.ts';

const good = { json: { ok: true } };
const schema = z.object({ ok: z.literal(true) });
const busy = { status: 429, json: { error: { type: 'circuit_breaking_exception', reason: 'too large' } } };
const gone = { status: 503, text: '<html>503 Service Temporarily Unavailable</html>' };

const ask = (http: SearchHttp) => http.ask({ method: 'GET', path: ['x'] }, schema);
const askOnce = (http: SearchHttp) => http.askOnce({ method: 'PUT', path: ['x'], body: {} }, schema);

/** The error of a client that has nothing but an address. */
function failureAt(endpoint: string, options: Partial<SearchHttpOptions> = {}): Promise<unknown> {
  return ask(searchHttp(searchOptions(endpoint, options))).catch((error: unknown) => error);
}

describe('what may be sent twice', () => {
  it.each<[string, Scripted]>([
    ['429', busy],
    ['502', { status: 502, text: 'Bad Gateway' }],
    ['503', gone],
    ['504', { status: 504, text: '' }],
    ['a cut connection', 'cut'],
  ])('is sent again after %s', async (_, failure) => {
    const { http, received } = await scriptedSearch([failure, failure, good]);

    expect(await ask(http)).toEqual({ ok: true });
    expect(received).toHaveLength(3);
  });

  it('is sent five times at most, with growing waits', async () => {
    const { http, received, clock } = await scriptedSearch([gone]);
    const start = clock.now().getTime();

    await expect(ask(http)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });

    expect(received).toHaveLength(5);
    expect(clock.now().getTime() - start).toBe(200 + 400 + 800 + 1_600);
  });

  it('is not sent again past the deadline', async () => {
    const { http, received } = await scriptedSearch([gone], { deadlineSeconds: 1 });

    await expect(ask(http)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });

    expect(received).toHaveLength(3);
  });

  it('is not sent again after a refusal', async () => {
    const missing = { status: 404, json: { error: { type: 'repository_missing_exception', reason: '[r] missing' } } };
    const { http, received } = await scriptedSearch([missing]);

    await expect(ask(http)).rejects.toMatchObject({ code: 'REPOSITORY_NOT_FOUND' });

    expect(received).toHaveLength(1);
  });
});

describe('what must not be done twice', () => {
  it.each<[string, Scripted]>([
    ['502', { status: 502, text: 'Bad Gateway' }],
    ['503', gone],
    ['504', { status: 504, json: { message: 'Endpoint request timed out' } }],
    [
      'a queue that was too long',
      { status: 503, json: { error: { type: 'process_cluster_event_timeout_exception' } } },
    ],
    ['a cut connection', 'cut'],
  ])('is not sent again after %s, and nobody knows whether it was done', async (_, failure) => {
    const { http, received } = await scriptedSearch([failure, good]);

    await expect(askOnce(http)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN', name: 'TransientError' });

    expect(received).toHaveLength(1);
  });

  it('may have been done where no answer came in time', async () => {
    const { http, received } = await scriptedSearch(['silence'], { deadlineSeconds: 0.05 });

    await expect(askOnce(http)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });

    expect(received).toHaveLength(1);
  });

  it('is sent again where the server refused it for the moment', async () => {
    const { http, received } = await scriptedSearch([busy, good]);

    expect(await askOnce(http)).toEqual({ ok: true });
    expect(received).toHaveLength(2);
  });

  it('is known not to be done where another snapshot runs', async () => {
    const type = 'concurrent_snapshot_execution_exception';
    const { http } = await scriptedSearch([
      { status: 503, json: { error: { type, reason: 'a snapshot is running' } } },
    ]);

    await expect(askOnce(http)).rejects.toMatchObject({ code: 'NOT_READY' });
  });

  it('is known not to be done where nobody listens', async () => {
    const { http, stop } = await scriptedSearch([good]);
    await stop();

    await expect(askOnce(http)).rejects.toMatchObject({ code: 'NO_CONNECTION' });
  });
});

describe('an endpoint that cannot be reached', () => {
  it('refuses the connection: that is tried again, since a node may be starting', async () => {
    const { endpoint, stop } = await scriptedSearch([good]);
    await stop();
    const clock = new FakeClock();

    expect(await failureAt(endpoint, { clock })).toMatchObject({
      code: 'NO_CONNECTION',
      message: `GET /x at ${endpoint}: the connection is refused`,
      cause: expect.objectContaining({ message: 'fetch failed' }),
    });
    expect(clock.now().getTime()).toBeGreaterThan(new FakeClock().now().getTime());
  });

  it('has a name that nobody knows', async () => {
    expect(await failureAt('http://search.invalid')).toMatchObject({
      code: 'NO_CONNECTION',
      message: expect.stringMatching(
        /http:\/\/search\.invalid: the name (of the host cannot be resolved|service does not answer)$/,
      ),
    });
  });

  it('names a port that fetch never calls', async () => {
    expect(await failureAt('http://127.0.0.1:1')).toMatchObject({
      code: 'NO_CONNECTION',
      message: 'GET /x at http://127.0.0.1:1: no HTTP is spoken at that port, which another protocol has',
    });
  });

  it('does not speak TLS', async () => {
    const { endpoint } = await scriptedSearch([good]);

    expect(await failureAt(endpoint.replace('http', 'https'))).toMatchObject({
      code: 'NO_CONNECTION',
      message: expect.stringContaining('TLS fails: '),
    });
  });

  it('does not answer in time', async () => {
    const { endpoint } = await scriptedSearch(['silence']);

    expect(await failureAt(endpoint, { deadlineSeconds: 0.05 })).toMatchObject({
      code: 'NO_ANSWER',
      message: expect.stringContaining('no answer within 0.05 seconds'),
    });
  });
});

describe('an endpoint that is no cluster', () => {
  it.each<[string, Scripted, string]>([
    ['answers with a page', { text: '<!DOCTYPE html><html></html>' }, 'a page (HTTP 200)'],
    ['has no such page', { status: 404, text: ' <html>Not Found</html>' }, 'a page (HTTP 404)'],
    ['asks for a login', { status: 403, text: '<html>Forbidden</html>' }, 'a page (HTTP 403)'],
    [
      'redirects',
      { status: 302, headers: { location: 'http://127.0.0.1:1/login' } },
      'not one of a search server (HTTP 302)',
    ],
    ['answers with other JSON', { json: { hello: 'world' } }, 'not one of a search server (HTTP 200)'],
    ['answers with no JSON', { text: 'OK' }, 'not one of a search server (HTTP 200)'],
    [
      'refuses with other JSON',
      { status: 404, json: { detail: 'no such route' } },
      'not one of a search server (HTTP 404)',
    ],
  ])('%s', async (_, answer, words) => {
    const { http, endpoint } = await scriptedSearch([answer]);

    await expect(ask(http)).rejects.toMatchObject({
      code: 'SEARCH_NOT_A_CLUSTER',
      message: `GET /x at ${endpoint}: the answer is ${words}`,
    });
  });
});

it('names no more of a long list of indices than can be read', async () => {
  const { http } = await scriptedSearch([gone]);
  const names = Array.from({ length: 100 }, (_, number) => `index-${number}`).join(',');

  const failure = await http.ask({ method: 'GET', path: [names] }, schema).catch((error: unknown) => error);

  expect(failure).toMatchObject({ message: expect.stringMatching(/^GET \/index-0%2C.{180,195}\.\.\. at /) });
});
