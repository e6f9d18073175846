import { describe, expect, it } from 'vitest';
import { domainUnderTest, snapshotRole } from '../../support/sandbox-opensearch/domain-under-test.ts';
import { key } from '../../support/sandbox-opensearch/signed-client.ts';

const roleOf = (accessKeyId: string) => `arn:aws:iam::000000000000:role/${accessKeyId}`;
const headers = { authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` };

describe('a domain with fine-grained access control', () => {
  it('tells its server the role of whoever signed a request, and not the signature', async () => {
    const { client, server } = await domainUnderTest({ roleOf });

    await client({ path: '/_cat/health' });

    const role = roleOf(key.accessKeyId);
    const told = { 'x-proxy-user': role, 'x-proxy-roles': role, 'x-forwarded-for': '127.0.0.1' };
    expect(server.received[0]?.headers).toMatchObject(told);
    expect(server.received[0]?.headers).not.toHaveProperty('authorization');
  });

  it('lets a password through to it, but for what is not offered', async () => {
    const { unsigned, server } = await domainUnderTest({ roleOf });

    expect((await unsigned({ path: '/_cat/health', headers })).status).toBe(200);
    expect((await unsigned({ path: '/_cluster/reroute', headers })).status).toBe(401);

    expect(server.received.map((request) => request.headers.authorization)).toEqual([headers.authorization]);
  });

  it('lets nobody pass a role on without a signature', async () => {
    const { unsigned } = await domainUnderTest({ roleOf });
    const body = JSON.stringify({ type: 's3', settings: { bucket: 'b', role_arn: snapshotRole } });

    const reply = await unsigned({ method: 'PUT', path: '/_snapshot/tandem', body, headers });

    expect(reply).toMatchObject({ status: 403, text: expect.stringContaining('User: anonymous') });
    expect(reply.text).toContain('iam:PassRole');
  });
});

describe('a domain without', () => {
  it('refuses a password', async () => {
    const { unsigned, server } = await domainUnderTest();

    expect((await unsigned({ path: '/_cat/health', headers })).status).toBe(403);
    expect(server.received).toEqual([]);
  });
});
