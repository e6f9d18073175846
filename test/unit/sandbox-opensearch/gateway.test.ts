import { Agent } from 'node:http';
import { describe, expect, it } from 'vitest';
import { domainUnderTest } from '../../support/sandbox-opensearch/domain-under-test.ts';

describe('a request that is let through', () => {
  it('reaches the server as it is, without what belongs to AWS', async () => {
    const { client, server } = await domainUnderTest();
    const path = '/a%2Fb/_search?q=a%20b&pretty=true';
    await client({ path, body: '{"query":{}}', headers: { 'x-opaque-id': 'run-1' } }, { sessionToken: 'session' });
    const [received] = server.received;
    expect(received).toMatchObject({ method: 'GET', url: path, body: '{"query":{}}' });
    expect(received?.headers).toMatchObject({ 'content-type': 'application/json', 'x-opaque-id': 'run-1' });
    expect(JSON.stringify(received?.headers)).not.toMatch(/authorization|x-amz|session/i);
  });

  it("comes back with the server's own status, headers and body", async () => {
    const { client } = await domainUnderTest();
    const reply = await client({ path: '/a' });
    expect(reply).toMatchObject({ status: 200, text: '{"served":"/a"}', headers: { 'x-server': 'tiny' } });
  });

  it('reaches the server however long its request line is, which the server itself refuses', async () => {
    const { client, server } = await domainUnderTest();
    const path = `/${'a'.repeat(20_000)}`;
    await client({ path });
    expect(server.received).toMatchObject([{ url: path }]);
  });

  it('keeps the length that the server states to HEAD', async () => {
    const { client } = await domainUnderTest();
    expect(await client({ method: 'HEAD', path: '/a' })).toMatchObject({
      text: '',
      headers: { 'content-length': '15' },
    });
  });

  it('is answered by a page of the load balancer where no server answers', async () => {
    const { client, server } = await domainUnderTest();
    await server.stop();
    const reply = await client({});
    expect(reply).toMatchObject({ status: 503, headers: { 'content-type': 'text/html' } });
    expect(reply.text).toContain('ECONNREFUSED');
  });
});

describe('waiting', () => {
  it.for([
    ['PUT', '/_snapshot/tandem/run-1?wait_for_completion=true'],
    ['POST', '/_snapshot/tandem/run-1/_restore?wait_for_completion='],
  ] as const)('for completion ends in 504, however soon the server is done: %s %s', async ([method, path]) => {
    const { client, server, clock } = await domainUnderTest();
    const waiting = client({ method, path, body: '{}' });
    await expect.poll(() => server.answered).toBe(1);
    clock.advance(1_000);
    expect(await waiting).toMatchObject({ status: 504, headers: { 'content-type': 'text/html' } });
    expect(server.received).toMatchObject([{ url: path }]);
  });

  it('for completion ends at once where the server refuses', async () => {
    const { client, domain } = await domainUnderTest();
    const refused = { status: 400, headers: {}, body: Buffer.from('invalid snapshot name') };
    domain.faults.add({ matches: () => true, answer: refused });
    const path = '/_snapshot/tandem/RUN?wait_for_completion=true';
    expect((await client({ method: 'PUT', path, body: '{}' })).status).toBe(400);
  });

  it.for([
    ['PUT', '/_snapshot/tandem/run-1?wait_for_completion=false'],
    ['GET', '/_snapshot/tandem/run-1?wait_for_completion=true'],
  ] as const)('is no rule for other requests: %s %s', async ([method, path]) => {
    const { client } = await domainUnderTest();
    expect((await client({ method, path })).status).toBe(200);
  });

  it('ends in 504 while the server goes on', async () => {
    const { client, server, clock } = await domainUnderTest();
    const letGo = server.hold();
    const waiting = client({ path: '/_snapshot/tandem/run-1' });
    await expect.poll(() => server.received).toHaveLength(1);
    clock.advance(60_000);
    const reply = await waiting;
    expect(reply).toMatchObject({ status: 504, headers: { 'content-type': 'text/html' } });
    expect(reply.text).toContain('504 Gateway Time-out');
    letGo();
    expect((await client({ path: '/_snapshot/tandem/run-1' })).status).toBe(200);
  });

  it('may take as long as it is allowed to', async () => {
    const { client, server, clock } = await domainUnderTest();
    const letGo = server.hold();
    const waiting = client({ path: '/a' });
    await expect.poll(() => server.received).toHaveLength(1);
    clock.advance(59_000);
    letGo();
    expect((await waiting).status).toBe(200);
  });
});

describe('stopping', () => {
  it('ends connections that are kept alive and requests that are under way', async () => {
    const { client, server, domain } = await domainUnderTest();
    const agent = new Agent({ keepAlive: true });
    await client({ agent });
    server.hold();
    const pending = client({ path: '/a', agent });
    pending.catch(() => undefined);
    await expect.poll(() => server.received).toHaveLength(2);
    await domain.stop();
    await expect(pending).rejects.toThrow();
    await expect(client({})).rejects.toThrow('ECONNREFUSED');
  });
});
