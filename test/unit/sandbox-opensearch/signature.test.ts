import { createHash } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sha256 } from '../../../sandbox/opensearch/sha256.ts';
import { domainArn, domainUnderTest, snapshotRole } from '../../support/sandbox-opensearch/domain-under-test.ts';
import { key } from '../../support/sandbox-opensearch/signed-client.ts';

const mismatch = expect.stringContaining('"message":"The request signature we calculated does not match');

describe('a request without a signature', () => {
  it('is anonymous and refused in the words of the AWS front end', async () => {
    const { unsigned, server } = await domainUnderTest();
    const reply = await unsigned({ method: 'POST', path: '/items/_search' });
    expect(reply.status).toBe(403);
    expect(JSON.parse(reply.text)).toEqual({
      Message:
        `User: anonymous is not authorized to perform: es:ESHttpPost on resource: ${domainArn}/items/_search` +
        ' because no resource-based policy allows the es:ESHttpPost action',
    });
    expect(server.received).toEqual([]);
  });

  it('may not pass the role of a repository', async () => {
    const { unsigned } = await domainUnderTest();
    const body = JSON.stringify({ type: 's3', settings: { bucket: 'b', role_arn: snapshotRole } });
    const { text } = await unsigned({ method: 'PUT', path: '/_snapshot/tandem', body });
    expect(text).toContain(`User: anonymous is not authorized to perform: iam:PassRole on resource: ${snapshotRole}`);
  });

  it('is anonymous with a user name and a password, too', async () => {
    const { unsigned } = await domainUnderTest();
    const reply = await unsigned({ headers: { authorization: 'Basic dTpw' } });
    expect(reply).toMatchObject({ status: 403, text: expect.stringContaining('User: anonymous') });
  });
});

describe('the scope of a signature', () => {
  it.each([
    [{ region: 'us-east-1' }, "Credential should be scoped to a valid region, not 'us-east-1'. "],
    [{ service: 'aoss' }, "Credential should be scoped to correct service: 'es'. "],
  ])('%o is refused', async (signing, message) => {
    const { client } = await domainUnderTest();
    const reply = await client({}, signing);
    expect(reply.status).toBe(403);
    expect(JSON.parse(reply.text)).toEqual({ message });
  });

  it('is refused for both at once', async () => {
    const { client } = await domainUnderTest();
    const { text } = await client({}, { region: 'us-east-1', service: 's3' });
    expect(text).toContain('valid region');
    expect(text).toContain('correct service');
  });

  it('must be the day of the request', async () => {
    const { unsigned, sign } = await domainUnderTest();
    const call = sign({});
    const reply = await unsigned({ ...call, headers: { ...call.headers, 'X-Amz-Date': '20251231T235900Z' } });
    expect(reply.text).toContain('Date in Credential scope does not match');
  });
});

describe('the parts of a signature', () => {
  it('are all missed by name', async () => {
    const { unsigned } = await domainUnderTest();
    const { text } = await unsigned({ headers: { authorization: 'AWS4-HMAC-SHA256 ' } });
    for (const part of ["'Credential'", "'Signature'", "'SignedHeaders'", "'X-Amz-Date'", "'Host'"]) {
      expect(text).toContain(part);
    }
  });

  it('include a time that is one', async () => {
    const { unsigned, sign } = await domainUnderTest();
    const call = sign({});
    const reply = await unsigned({ ...call, headers: { ...call.headers, 'X-Amz-Date': '20260101T999999Z' } });
    expect(reply.text).toContain("Got '20260101T999999Z'");
  });
});

describe('the time of a signature', () => {
  it('may be five minutes off', async () => {
    const { client, clock } = await domainUnderTest();
    const signedAt = clock.now();
    clock.advance(300_000);
    expect((await client({}, { at: signedAt })).status).toBe(200);
    expect((await client({}, { at: new Date(clock.now().getTime() + 300_000) })).status).toBe(200);
  });

  it('is refused when it is longer ago', async () => {
    const { client, clock } = await domainUnderTest();
    const signedAt = clock.now();
    clock.advance(301_000);
    const reply = await client({}, { at: signedAt });
    expect(reply.status).toBe(403);
    expect(JSON.parse(reply.text)).toEqual({
      message: 'Signature expired: 20260101T000000Z is now earlier than 20260101T000001Z (20260101T000501Z - 5 min.)',
    });
  });

  it('is refused when it is further ahead', async () => {
    const { client, clock } = await domainUnderTest();
    const reply = await client({}, { at: new Date(clock.now().getTime() + 301_000) });
    expect(reply.text).toContain('Signature not yet current: 20260101T000501Z is still later than 20260101T000500Z');
  });
});

describe('the signature itself', () => {
  it('is refused where it was made with another secret', async () => {
    const { client, server } = await domainUnderTest();
    const reply = await client({}, { secretAccessKey: 'another' });
    expect(reply).toMatchObject({ status: 403, text: mismatch });
    expect(server.received).toEqual([]);
  });

  it('is refused where one byte of the body, the path, the query or a signed header was changed', async () => {
    const { unsigned, sign } = await domainUnderTest();
    const call = sign({ method: 'POST', path: '/a/_search?size=1', body: '{"a":1}', headers: { 'x-amz-meta': 'm' } });
    const changes = [
      { body: '{"a":2}' },
      { path: '/b/_search?size=1' },
      { path: '/a/_search?size=2' },
      { headers: { ...call.headers, 'x-amz-meta': 'n' } },
      { method: 'PUT' },
    ];
    expect((await unsigned(call)).status).toBe(200);
    for (const change of changes) {
      expect(await unsigned({ ...call, ...change })).toMatchObject({ status: 403, text: mismatch });
    }
  });

  it('covers the body although the client states its hash', async () => {
    const { unsigned, sign } = await domainUnderTest();
    const headers = { 'x-amz-content-sha256': createHash('sha256').update('{}').digest('hex') };
    const call = sign({ method: 'POST', path: '/a/_search', body: '{}', headers });
    expect((await unsigned(call)).status).toBe(200);
    expect(await unsigned({ ...call, body: '[]' })).toMatchObject({ status: 403, text: mismatch });
  });

  it('is not checked where the secret is not known', async () => {
    const { client } = await domainUnderTest();
    expect((await client({}, { accessKeyId: 'ASIAUNKNOWN', secretAccessKey: 'any' })).status).toBe(200);
  });

  it('of aws4 holds for odd paths, queries and bodies', async () => {
    const { client } = await domainUnderTest();
    const segment = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .map((text) => `x${encodeURIComponent(text)}`);
    const value = fc.string({ unit: 'grapheme', maxLength: 12 }).map(encodeURIComponent);
    await fc.assert(
      fc.asyncProperty(
        fc.array(segment, { minLength: 1, maxLength: 3 }),
        fc.dictionary(segment, value, { maxKeys: 3 }),
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        async (segments, query, body) => {
          const parameters = Object.entries(query).map(([name, given]) => `${name}=${given}`);
          const path = ['/', segments.join('/'), parameters.length > 0 ? `?${parameters.join('&')}` : ''].join('');
          expect(await client({ method: 'POST', path, body })).toMatchObject({ status: 200 });
        },
      ),
      { numRuns: 60 },
    );
  });

  it("of the SDK's own signer holds as well, whichever headers it signs", async () => {
    const { unsigned, clock, domain } = await domainUnderTest();
    const signer = new SignatureV4({ credentials: key, region: 'eu-west-1', service: 'es', sha256: Sha256 });
    const { host } = new URL(domain.endpoint);
    const request = {
      method: 'GET',
      protocol: 'http:',
      hostname: host,
      path: '/a,b*/_search',
      query: { q: 'a b' },
      headers: { host, 'user-agent': 'a  client' },
    };
    for (const signableHeaders of [new Set(['host']), new Set(['host', 'user-agent'])]) {
      const { headers } = await signer.sign(request, { signingDate: clock.now(), signableHeaders });
      expect((await unsigned({ path: '/a,b*/_search?q=a%20b', headers })).status).toBe(200);
    }
  });
});
