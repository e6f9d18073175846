import { describe, expect, it } from 'vitest';
import { domainUnderTest } from '../../support/sandbox-opensearch/domain-under-test.ts';

describe('an API that the managed service does not offer', () => {
  it.each([
    ['POST', '/_cluster/reroute?retry_failed=true'],
    ['GET', '/_settings'],
    ['GET', '/_recovery'],
    ['GET', '/_cat/nodeattrs'],
    ['POST', '/_shutdown'],
    ['GET', '/_searchable_snapshots'],
    ['GET', '/_plugins/_performanceanalyzer'],
    ['GET', '/%5Fsettings'],
  ])('%s %s is refused', async (method, path) => {
    const { client, server } = await domainUnderTest();
    const reply = await client({ method, path });
    expect(reply.status).toBe(401);
    expect(JSON.parse(reply.text)).toEqual({ Message: `Your request: '${path.split('?')[0]}' is not allowed.` });
    expect(server.received).toEqual([]);
  });
});

describe('an API that it offers', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/_cluster/health/a,b?level=indices'],
    ['GET', '/_cluster/state/metadata'],
    ['GET', '/_cluster/settings?include_defaults=true'],
    ['GET', '/_nodes/hot_threads'],
    ['GET', '/_cat/indices?format=json'],
    ['GET', '/_all/_settings'],
    ['GET', '/.tandem/_settings'],
    ['GET', '/a/_recovery'],
    ['POST', '/_aliases'],
    ['GET', '/_resolve/index/*'],
    ['DELETE', '/_data_stream/logs'],
    ['POST', '/_snapshot/r/s/_restore'],
    ['PUT', '/_plugins/_security/api/rolesmapping/manage_snapshots'],
    ['PUT', '/_opendistro/_security/api/rolesmapping/manage_snapshots'],
  ])('%s %s reaches the server', async (method, path) => {
    const { client, server } = await domainUnderTest();
    expect((await client({ method, path })).status).toBe(200);
    expect(server.received).toMatchObject([{ method, url: path }]);
  });
});

describe('a change of cluster settings', () => {
  const change = (payload: string) => ({ method: 'PUT', path: '/_cluster/settings', body: payload });

  it.each([
    '{"persistent":{"action.auto_create_index":"false"}}',
    '{"transient":{"indices.breaker.total.limit":"70%","cluster.max_shards_per_node":1200}}',
    '{"persistent":{"action.auto_create_index":null}}',
  ])('%s is passed on', async (payload) => {
    const { client, server } = await domainUnderTest();
    expect((await client(change(payload))).status).toBe(200);
    expect(server.received).toMatchObject([{ body: payload }]);
  });

  it.each([
    '{"persistent":{"action":{"auto_create_index":"false"}}}',
    '{"persistent":{"indices.recovery.max_bytes_per_sec":"80mb"}}',
    '{"transient":{"cluster.routing.allocation.node_concurrent_recoveries":4}}',
    'no json',
  ])('%s is refused', async (payload) => {
    const { client, server } = await domainUnderTest();
    const reply = await client(change(payload));
    expect(reply.status).toBe(401);
    expect(JSON.parse(reply.text)).toEqual({ Message: "Your request: '/_cluster/settings' payload is not allowed." });
    expect(server.received).toEqual([]);
  });
});
