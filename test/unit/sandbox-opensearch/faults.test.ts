import { describe, expect, it } from 'vitest';
import { page } from '../../../sandbox/opensearch/refusals.ts';
import { domainUnderTest } from '../../support/sandbox-opensearch/domain-under-test.ts';

const put = { method: 'PUT', path: '/_snapshot/tandem/run-1', body: '{}' };
const matches = ({ method }: { method: string }) => method === 'PUT';
const throttled = { status: 429, headers: {}, body: Buffer.from('429 Too Many Requests /_snapshot/tandem/run-1') };

describe('a fault', () => {
  it('happens as often as it was asked for, to the requests that it matches', async () => {
    const { client, domain } = await domainUnderTest();
    domain.faults.add({ matches, answer: throttled, lost: true }, 2);
    const statuses: number[] = [];
    for (const call of [{}, put, put, put]) statuses.push((await client(call)).status);
    expect(statuses).toEqual([200, 429, 429, 200]);
  });

  it('may hide that the server acted', async () => {
    const { client, domain, server } = await domainUnderTest();
    domain.faults.add({ matches, answer: page(504, '504 Gateway Time-out') });
    expect((await client(put)).status).toBe(504);
    expect(server.received).toHaveLength(1);
  });

  it('may keep a request from the server', async () => {
    const { client, domain, server } = await domainUnderTest();
    domain.faults.add({ matches, cut: 'before', lost: true });
    await expect(client(put)).rejects.toThrow(/ECONNRESET|socket hang up/);
    expect(server.received).toEqual([]);
  });

  it('may reset the connection after the server acted', async () => {
    const { client, domain, server } = await domainUnderTest();
    domain.faults.add({ matches, cut: 'before' });
    await expect(client(put)).rejects.toThrow(/ECONNRESET|socket hang up/);
    expect(server.received).toHaveLength(1);
  });

  it('may cut the answer in half', async () => {
    const { client, domain } = await domainUnderTest();
    domain.faults.add({ matches, cut: 'half' });
    await expect(client(put)).rejects.toThrow(/aborted|ECONNRESET/);
  });

  it('may hold a request up', async () => {
    const { client, domain, server, clock } = await domainUnderTest();
    domain.faults.add({ matches, delay: 30_000 });
    const waiting = client(put);
    await expect.poll(() => clock.sleepers).toBe(2);
    expect(server.received).toEqual([]);
    clock.advance(30_000);
    expect((await waiting).status).toBe(200);
  });

  it('that holds it up for too long ends in 504, and the server gets it afterwards', async () => {
    const { client, domain, server, clock } = await domainUnderTest();
    domain.faults.add({ matches, delay: 90_000 });
    const waiting = client(put);
    await expect.poll(() => clock.sleepers).toBe(2);
    clock.advance(60_000);
    expect((await waiting).status).toBe(504);
    expect(server.received).toEqual([]);
    clock.advance(30_000);
    await expect.poll(() => server.received).toHaveLength(1);
  });
});
