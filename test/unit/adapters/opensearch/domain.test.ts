import { describe, expect, it } from 'vitest';
import { openSearchIndices } from '../../../../shared/adapters/opensearch/opensearch-indices.ts';
import { openSearchSnapshots } from '../../../../shared/adapters/opensearch/opensearch-snapshots.ts';
import type { SearchHttp } from '../../../../shared/adapters/opensearch/search-http.ts';
import { scriptedSearch } from '../../../support/scripted-search.ts';

/** What no engine of the sandbox can be brought to say. */
describe('the engine', () => {
  const openSearch = 'The OpenSearch Project: https://opensearch.org/';

  it.each([
    [{ number: '7.10.2' }, 'You Know, for Search', { distribution: 'elasticsearch', version: '7.10.2' }],
    [{ number: '2.19.1', distribution: 'opensearch' }, openSearch, { distribution: 'opensearch', version: '2.19.1' }],
  ])('that says %o and "%s" is %o', async (version, tagline, engine) => {
    const { http, received } = await scriptedSearch([{ json: { version, tagline } }]);

    expect(await openSearchIndices(http).engine()).toEqual(engine);
    expect(received).toHaveLength(1);
  });

  it.each([
    ['with the distribution', { number: '7.10.2', distribution: 'opensearch' }],
    ['without it', { number: '7.10.2' }],
  ])('in compatibility mode, %s, has the version of its oldest node', async (_, version) => {
    const nodes = { a: { version: '2.19.1' }, b: { version: '2.9.0' } };
    const { http, received } = await scriptedSearch([{ json: { version, tagline: openSearch } }, { json: { nodes } }]);

    expect(await openSearchIndices(http).engine()).toEqual({ distribution: 'opensearch', version: '2.9.0' });
    expect(received.map(({ target }) => target)).toEqual(['/', '/_nodes?filter_path=nodes.%2A.version']);
  });
});

describe('an endpoint whose root is refused in words that are not of a search server', () => {
  it.each([
    [404, { message: 'Not Found' }],
    [404, { statusCode: 404, error: 'Not Found', message: 'Not Found' }],
    [405, { message: 'Method Not Allowed' }],
    [400, { error: 'what?' }],
  ])('is no cluster: HTTP %i %o', async (status, json) => {
    const { http } = await scriptedSearch([{ status, json }]);

    await expect(openSearchIndices(http).engine()).rejects.toMatchObject({ code: 'SEARCH_NOT_A_CLUSTER' });
  });

  it.each([
    [403, { message: 'Forbidden' }, 'SEARCH_UNAUTHORIZED'],
    [429, { message: 'Too Many Requests' }, 'THROTTLED'],
    [503, { message: 'Service Unavailable' }, 'SERVICE_UNAVAILABLE'],
    [503, { error: { type: 'master_not_discovered_exception', reason: null }, status: 503 }, 'SERVICE_UNAVAILABLE'],
  ])('may be one nevertheless: HTTP %i %o', async (status, json, code) => {
    const { http } = await scriptedSearch([{ status, json }]);

    await expect(openSearchIndices(http).engine()).rejects.toMatchObject({ code });
  });
});

describe('the recovery of an index', () => {
  it('counts each primary once, wherever it was moved since, and none that was made empty', async () => {
    const health = { status: 'green', number_of_shards: 4, active_primary_shards: 4, initializing_shards: 0 };
    const shard = { type: 'SNAPSHOT', stage: 'DONE', primary: true };
    const shards = [
      { ...shard, id: 0 },
      { ...shard, id: 0, type: 'PEER' },
      { ...shard, id: 1, type: 'PEER' },
      { ...shard, id: 2, type: 'EXISTING_STORE' },
      { ...shard, id: 3, type: 'EMPTY_STORE' },
      { ...shard, id: 4, stage: 'INDEX' },
      { ...shard, id: 5, type: 'PEER', primary: false },
    ];
    const blocks = { indices: { a: { 4: { description: 'index closed' } } } };
    const answer = { indices: { a: { ...health, relocating_shards: 1 } }, a: { shards }, blocks };
    // One answer serves for health, blocks and recovery.
    const { http } = await scriptedSearch([{ json: answer }]);

    expect(await openSearchIndices(http).recovery(['a'])).toEqual([
      { index: 'a', open: false, health: 'green', initializing: true, primariesDone: 3, madeFrom: 'NO_SNAPSHOT' },
    ]);
  });

  it('is read after its health, so that one that ends in between is not green without a shard that is done', async () => {
    let ended = false;
    const parts = { number_of_shards: 1, active_primary_shards: 1, initializing_shards: 0, relocating_shards: 0 };
    const ask: SearchHttp['ask'] = async ({ path }, schema) => {
      const shards = [{ id: 0, type: 'SNAPSHOT', stage: ended ? 'DONE' : 'INDEX', primary: true }];
      // The domain was busy, and the restore ended before it answered.
      if (path.includes('health')) ended = await new Promise<boolean>((resolve) => setImmediate(resolve, true));
      return schema.parse({ indices: { a: { ...parts, status: 'green' } }, a: { shards } });
    };

    expect(await openSearchIndices({ ask, askOnce: ask }).recovery(['a'])).toMatchObject([
      { health: 'green', primariesDone: 1 },
    ]);
  });

  it('has no primary done that is not active yet, whatever its shards have told since', async () => {
    const health = { status: 'yellow', number_of_shards: 2, active_primary_shards: 1, initializing_shards: 0 };
    const shards = [0, 1].map((id) => ({ id, type: 'SNAPSHOT', stage: 'DONE', primary: true }));
    const { http } = await scriptedSearch([
      { json: { indices: { a: { ...health, relocating_shards: 0 } }, a: { shards } } },
    ]);

    expect(await openSearchIndices(http).recovery(['a'])).toMatchObject([{ primariesDone: 1 }]);
  });

  it.each([
    [
      { type: 'SNAPSHOT', source: { repository: 'r', snapshot: 's', index: 'a' } },
      { repository: 'r', snapshot: 's' },
    ],
    [{ type: 'EMPTY_STORE' }, 'NO_SNAPSHOT'],
    [{ type: 'LOCAL_SHARDS', source: { index: 'b' } }, 'NO_SNAPSHOT'],
    [{ type: 'PEER', source: { id: 'n1', host: '10.0.0.1' } }, undefined],
    [{ type: 'EXISTING_STORE', source: { bootstrap_new_history_uuid: false } }, undefined],
  ])('by a primary that says %o is that of an index made from %o', async (said, madeFrom) => {
    const health = { status: 'green', number_of_shards: 1, active_primary_shards: 1, initializing_shards: 0 };
    const shards = [{ id: 0, stage: 'DONE', primary: true, ...said }];
    const { http } = await scriptedSearch([
      { json: { indices: { a: { ...health, relocating_shards: 0 } }, a: { shards } } },
    ]);

    const [recovery] = await openSearchIndices(http).recovery(['a']);

    expect(recovery?.madeFrom).toEqual(madeFrom);
  });
});

describe('a snapshot', () => {
  const told = { snapshot: 's', uuid: 'u', indices: ['a'], start_time_in_millis: 1_000, end_time_in_millis: 3_000 };

  async function snapshotFrom(answer: Record<string, unknown>) {
    const { http } = await scriptedSearch([{ json: { snapshots: [{ ...told, ...answer }] } }]);
    return openSearchSnapshots(http).get('r', 's');
  }

  it('that ended badly tells each shard that failed', async () => {
    const snapshot = await snapshotFrom({
      state: 'PARTIAL',
      shards: { total: 3, failed: 2, successful: 1 },
      failures: [
        {
          index: 'a',
          index_uuid: 'x',
          shard_id: 1,
          reason: 'node shutdown',
          node_id: 'n',
          status: 'INTERNAL_SERVER_ERROR',
        },
        { index: 'b', reason: null },
      ],
    });

    expect(snapshot).toEqual({
      name: 's',
      uuid: 'u',
      state: 'PARTIAL',
      indices: ['a'],
      metadata: {},
      startedAt: new Date(1_000),
      completedAt: new Date(3_000),
      shards: { total: 3, failed: 2, successful: 1 },
      failures: ['a[1]: node shutdown', 'b[?]: unknown'],
    });
  });

  it.each([undefined, null])('may have no metadata: %s', async (metadata) => {
    const shards = { total: 1, failed: 0, successful: 1 };

    expect(await snapshotFrom({ state: 'SUCCESS', metadata, shards })).toMatchObject({
      state: 'SUCCESS',
      metadata: {},
    });
  });

  it('of an incompatible version tells next to nothing', async () => {
    const { http } = await scriptedSearch([
      { json: { snapshots: [{ snapshot: 's', uuid: 'u', state: 'INCOMPATIBLE' }] } },
    ]);

    expect(await openSearchSnapshots(http).get('r', 's')).toMatchObject({
      state: 'INCOMPATIBLE',
      indices: [],
      completedAt: undefined,
      shards: { total: 0, failed: 0, successful: 0 },
    });
  });

  it.each(['start', 'restore'] as const)('is asked for once where the answer to %s is lost', async (operation) => {
    const { http, received } = await scriptedSearch(['cut', { json: { accepted: true } }]);
    const snapshots = openSearchSnapshots(http);
    const asked = operation === 'start' ? snapshots.start('r', 's', ['a'], {}) : snapshots.restore('r', 's', ['a']);

    await expect(asked).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(received).toHaveLength(1);
  });

  it('is not waited for', async () => {
    const { http, received } = await scriptedSearch([{ json: { accepted: true } }]);
    const snapshots = openSearchSnapshots(http);

    await snapshots.start('r', 's', ['a', 'b'], { run: 'x' });
    await snapshots.restore('r', 's', ['a', 'b']);

    expect(received.map(({ method, target }) => `${method} ${target}`)).toEqual([
      'PUT /_snapshot/r/s',
      'POST /_snapshot/r/s/_restore',
    ]);
    expect(received.map(({ body }) => JSON.parse(body))).toMatchObject([
      {
        indices: ['a', 'b'],
        include_global_state: false,
        partial: false,
        ignore_unavailable: false,
        metadata: { run: 'x' },
      },
      { indices: ['a', 'b'], include_global_state: false, partial: false, include_aliases: true },
    ]);
  });

  it('shows its progress without being read shard by shard', async () => {
    const running = {
      snapshot: 's',
      shards_stats: { initializing: 1, started: 2, finalizing: 0, done: 3, failed: 1, total: 7 },
      stats: { processed: { file_count: 1, size_in_bytes: 42 } },
    };
    const { http, received } = await scriptedSearch([
      { json: { snapshots: [{ ...running, snapshot: 'other' }, running] } },
    ]);

    expect(await openSearchSnapshots(http).progress('r', 's')).toEqual({ shardsDone: 4, shardsTotal: 7, bytes: 42 });
    expect(received[0]?.target).toMatch(/^\/_snapshot\/r\/_status\?/);
  });
});
