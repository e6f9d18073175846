import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Sha256 } from '../../../../sandbox/opensearch/sha256.ts';
import { authorization } from '../../../../shared/adapters/opensearch/authorization.ts';
import type { SearchRequest } from '../../../../shared/adapters/opensearch/search-http.ts';
import { fakeSecrets } from '../../../support/fakes/secrets.ts';
import { keys, scriptedSearch, searchOptions } from '../../../support/scripted-search.ts';
import type { ReceivedRequest } from '../../../support/scripted-server.ts';

const anything = z.unknown();

const oracle = new SignatureV4({
  service: 'es',
  region: 'eu-west-1',
  credentials: keys,
  sha256: Sha256,
  applyChecksum: false,
});

/** The signature that the AWS SDK's signer gives to what came over the wire. */
async function expectedAuthorization({ method, target, headers, body }: ReceivedRequest): Promise<string> {
  const [path = '', query = ''] = target.split('?');
  const signedHeaders = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
  const date = String(headers['x-amz-date']).replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5');
  const signed = await oracle.sign(
    {
      method,
      protocol: 'http:',
      hostname: String(headers.host),
      path,
      query: Object.fromEntries(new URLSearchParams(query)),
      headers: Object.fromEntries(signedHeaders.map((name) => [name, String(headers[name])])),
      body,
    },
    { signingDate: new Date(date) },
  );
  return String(signed.headers.authorization);
}

/** A domain that takes everything, and a check of the signature of what it last received. */
async function signedSearch() {
  const { http, received } = await scriptedSearch([{}], { auth: { type: 'sigv4' } });
  return async function sentAndSigned(request: SearchRequest): Promise<ReceivedRequest> {
    await http.ask(request, anything);
    const sent = received.at(-1);
    if (sent === undefined) throw new Error('Nothing was sent.');
    expect(sent.headers.authorization).toBe(await expectedAuthorization(sent));
    return sent;
  };
}

describe('a signed request', () => {
  it.each([
    ['ünï', '/%C3%BCn%C3%AF/_settings'],
    ['a+b', '/a%2Bb/_settings'],
    ['a%20b', '/a%2520b/_settings'],
    ['.dot', '/.dot/_settings'],
    ['a/b', '/a%2Fb/_settings'],
    ["it's(!)*", '/it%27s%28%21%29%2A/_settings'],
    ['<logs-{now/d}>', '/%3Clogs-%7Bnow%2Fd%7D%3E/_settings'],
    ['a,b', '/a%2Cb/_settings'],
    ['a b&c=d;e:f@g~$', '/a%20b%26c%3Dd%3Be%3Af%40g~%24/_settings'],
  ])('for index %s is signed as it is sent', async (index, target) => {
    const send = await signedSearch();

    const sent = await send({ method: 'GET', path: [index, '_settings'] });

    expect(sent.target).toBe(target);
  });

  it('has the host with its port, the session token and the type of a body under its signature', async () => {
    const send = await signedSearch();

    const sent = await send({ method: 'PUT', path: ['_snapshot', 'r'], body: { name: 'ünï' } });

    const [, signed] = /SignedHeaders=([^,]+)/.exec(String(sent.headers.authorization)) ?? [];
    expect(signed?.split(';')).toEqual(
      expect.arrayContaining(['content-type', 'host', 'x-amz-date', 'x-amz-security-token']),
    );
    expect(sent.headers.host).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(sent.headers['content-type']).toBe('application/json');
    expect(sent.body).toBe('{"name":"ünï"}');
  });

  it('is for the service es in the region, at the time of the clock', async () => {
    const send = await signedSearch();

    const sent = await send({ method: 'GET', path: [] });

    expect(sent.headers.authorization).toContain(`Credential=${keys.accessKeyId}/20300102/eu-west-1/es/aws4_request`);
    expect(sent.headers['x-amz-date']).toBe('20300102T030405Z');
  });

  it('is signed as it is sent, whatever it says', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).filter((part) => !/^\.{1,2}$/.test(part));
    // Both signers keep a query in an ordinary object.
    const key = text.filter((name) => name !== '__proto__');
    const request = fc.record({
      method: fc.constantFrom('POST' as const, 'PUT' as const),
      path: fc.array(text, { minLength: 1, maxLength: 4 }),
      query: fc.dictionary(key, fc.string({ unit: 'binary', maxLength: 20 }), { maxKeys: 4, noNullPrototype: true }),
      body: fc.option(fc.jsonValue(), { nil: undefined }),
    });
    const send = await signedSearch();

    await fc.assert(
      fc.asyncProperty(request, async (each) => void (await send(each))),
      { numRuns: 50 },
    );
  });

  it.each([
    ['https://vpc-app-abc.us-east-2.es.amazonaws.com', 'us-east-2'],
    ['https://search-app-abc.cn-north-1.es.amazonaws.com.cn:443', 'cn-north-1'],
    ['https://vpc-app-abc.aos.us-gov-west-1.on.aws', 'us-gov-west-1'],
    ['https://search.example.com', 'eu-west-1'],
    ['https://es.amazonaws.com.example.com', 'eu-west-1'],
  ])('to %s is for the region %s', async (endpoint, region) => {
    const { credentials, region: own, secrets } = searchOptions(endpoint);
    const authorize = authorization({ type: 'sigv4' }, { credentials, region: own, secrets });
    const unsent = { url: new URL('/x', endpoint), method: 'GET', headers: {}, body: undefined };

    const headers = await authorize(unsent, new Date('2030-01-02T03:04:05Z'));

    expect(headers.authorization).toContain(`/20300102/${region}/es/aws4_request`);
  });

  it('is not sent without credentials or a region', async () => {
    const noCredentials = Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' });
    const { http, received } = await scriptedSearch([{}], {
      auth: { type: 'sigv4' },
      credentials: () => Promise.reject(noCredentials),
    });

    await expect(http.ask({ method: 'GET', path: [] }, anything)).rejects.toMatchObject({
      code: 'CREDENTIALS_MISSING',
    });
    expect(received).toEqual([]);
  });

  it('is not sent without a region', async () => {
    const { http } = await scriptedSearch([{}], {
      auth: { type: 'sigv4' },
      region: () => Promise.reject(new Error('Region is missing')),
    });

    await expect(http.ask({ method: 'GET', path: [] }, anything)).rejects.toMatchObject({ code: 'REGION_MISSING' });
  });
});

describe('a request with a password', () => {
  const auth = { type: 'basic', username: 'tandem', secret: 'search' } as const;

  it.each([
    ['pass:wörd', 'pass:wörd'],
    ['{"username":"tandem","password":"in JSON"}', 'in JSON'],
    ['12345', '12345'],
    ['of a file\r\n', 'of a file'],
    ['in two\nlines', 'in two\nlines'],
    ['{not JSON', '{not JSON'],
  ])('takes it from the secret %s', async (secret, password) => {
    const { http, received } = await scriptedSearch([{}], { auth, secrets: fakeSecrets({ search: secret }) });

    await http.ask({ method: 'GET', path: [] }, anything);

    const token = Buffer.from(`tandem:${password}`).toString('base64');
    expect(received[0]?.headers.authorization).toBe(`Basic ${token}`);
  });

  it.each(['{"user":"tandem","pass":"hidden"}', '{"password":""}', '\n'])(
    'is not sent where the secret holds none: %j',
    async (search) => {
      const secrets = fakeSecrets({ search });
      const { http, received } = await scriptedSearch([{}], { auth, secrets });

      const refused = await http.ask({ method: 'GET', path: [] }, anything).catch((error: unknown) => error);

      expect(refused).toMatchObject({ code: 'SECRET_UNREADABLE', message: expect.not.stringContaining('hidden') });
      expect(received).toEqual([]);
    },
  );

  it('is not sent where there is no secret', async () => {
    const { http } = await scriptedSearch([{}], { auth });

    await expect(http.ask({ method: 'GET', path: [] }, anything)).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' });
  });
});

it('sends no authorization where none is wanted', async () => {
  const { http, received } = await scriptedSearch([{}]);

  await http.ask({ method: 'GET', path: [] }, anything);

  expect(received[0]?.headers.authorization).toBeUndefined();
});
