import { describe, expect, it } from 'vitest';
import type { Difference } from '../../shared/contracts/ledger.ts';
import type { FakeTable } from '../support/fakes/dynamodb-account.ts';
import { expectSuccess } from '../support/round-trip.ts';
import { catalog, World } from '../support/world.ts';

const { tasks } = await (await new World().damaged()).restore();

/** A restore that is interrupted just before it is verified; then something changes, and it is carried on. */
async function verifiedAfter(change: (world: World) => void) {
  const world = await new World().damaged();
  await world.restore({ confirmed: true }, { name: 'undo', killAfterTasks: tasks - 2 });
  change(world);
  return { world, run: await world.restore({ run: 'undo', confirmed: true }) };
}

async function differences(world: World): Promise<Difference[]> {
  const verification = await world.buckets.open(catalog).get('ledgers/app/undo/verification.json');
  return JSON.parse(verification?.body ?? '{}').differences;
}

const byOrder = {
  name: 'by',
  keys: [{ attribute: 'by', type: 'HASH' as const }],
  projection: { type: 'ALL', attributes: [] },
};
const shape = {
  keys: [{ attribute: 'pk', type: 'HASH' as const }],
  attributes: { pk: 'S' },
  globalIndexes: [],
  localIndexes: [],
  billingMode: 'PAY_PER_REQUEST' as const,
};

describe('verification finds', () => {
  it('nothing where everything is as it was', async () => {
    const { world, run } = await verifiedAfter(() => {});

    expectSuccess(run);
    expect(await differences(world)).toEqual([]);
  });

  it.for<[what: string, change: Partial<FakeTable>]>([
    ['keys', { shape: { ...shape, keys: [{ attribute: 'id', type: 'HASH' }] } }],
    ['attributes', { shape: { ...shape, attributes: { pk: 'N' } } }],
    ['global secondary indexes', { shape: { ...shape, globalIndexes: [byOrder] } }],
    ['local secondary indexes', { shape: { ...shape, localIndexes: [byOrder] } }],
    ['billing mode', { shape: { ...shape, billingMode: 'PROVISIONED' } }],
    ['throughput', { shape: { ...shape, throughput: { readUnits: 1, writeUnits: 1 } } }],
    ['on-demand maximum', { shape: { ...shape, onDemandMaximum: { readUnits: 1 } } }],
    ['tags', { tags: { application: 'other' } }],
    ['stream', { stream: undefined }],
    ['time to live', { timeToLive: undefined }],
    ['point-in-time recovery', { pointInTimeRecovery: undefined }],
    ['deletion protection', { deletionProtection: false }],
    ['table class', { tableClass: 'STANDARD_INFREQUENT_ACCESS' }],
    ['resource policy', { resourcePolicy: '{}' }],
    ['encryption', { encryption: { type: 'KMS' } }],
  ])('a table that differs in its %s', async ([what, change]) => {
    const { world, run } = await verifiedAfter(({ dynamo }) => dynamo.changeTable('app-0001', change));

    expect(run.failure).toMatchObject({
      Error: 'VerificationFailedError',
      Cause: expect.stringContaining(`table app-0001: ${what}: `),
    });
    expect(await differences(world)).toMatchObject([{ kind: 'table', name: 'app-0001', what }]);
    expect(world.alerts.published).toHaveLength(1);
  });

  it.for<[what: string, change: (world: World) => void, found: string]>([
    ['documents', ({ search }) => search.changeIndex('app-orders', { documents: 79 }), '79'],
    ['primary shards', ({ search }) => search.changeIndex('app-orders', { primaries: 1 }), '1'],
    ['aliases', ({ search }) => search.changeIndex('app-orders', { aliases: { orders: {} } }), '{"orders":{}}'],
  ])('an index that differs in its %s', async ([what, change, found]) => {
    const { world, run } = await verifiedAfter(change);

    expect(run.failure?.Error).toBe('VerificationFailedError');
    expect(await differences(world)).toMatchObject([{ kind: 'index', name: 'app-orders', what, found }]);
  });

  it('an index that is gone by then', async () => {
    const { world, run } = await verifiedAfter(({ search }) => {
      const { describe: look } = search.indices;
      search.indices.describe = (names) => {
        search.removeIndex('app-orders');
        return look(names);
      };
    });

    expect(run.failure?.Cause).toContain('index app-orders: index: does not exist, not exists');
    expect(await differences(world)).toHaveLength(1);
  });

  it('a table that is gone, and every other difference beside it', async () => {
    const { world, run } = await verifiedAfter(({ dynamo, search }) => {
      dynamo.removeTable('app-0000');
      dynamo.changeTable('app-0001', { tags: {}, timeToLive: undefined });
      search.changeIndex('app-products', { documents: 1, aliases: {} });
    });

    expect(run.failure?.Cause).toContain('5 difference(s)');
    expect((await differences(world)).map(({ name, what }) => `${name}: ${what}`)).toEqual([
      'app-0000: table',
      'app-0001: tags',
      'app-0001: time to live',
      'app-products: aliases',
      'app-products: documents',
    ]);
  });

  it('what no restore puts back, and passes once somebody has put it back by hand', async () => {
    const world = new World().plan({ search: null });
    const own = { tableClass: 'STANDARD_INFREQUENT_ACCESS', resourcePolicy: '{}' } as const;
    world.dynamo.addTable({ name: 'app-orders', stream: 'NEW_IMAGE', ...own });
    const trigger = { uuid: 'e1', functionArn: 'arn:index-orders', state: 'Enabled', configuration: {} };
    const streamOf = () => world.dynamo.everything().tables[0]?.stream?.arn ?? '';
    world.triggers.push({ ...trigger, streamArn: streamOf() });
    await world.backup();

    const run = await world.restore({ confirmed: true }, { name: 'undo' });

    expect(run.failure?.Error).toBe('VerificationFailedError');
    expect((await differences(world)).map(({ what }) => what)).toEqual([
      'table class',
      'resource policy',
      'triggers on the stream',
    ]);
    world.dynamo.changeTable('app-orders', own);
    world.triggers.push({ ...trigger, streamArn: streamOf() });
    expectSuccess(await world.carryOn());
  });

  it('nothing wrong in an index that was being written during its snapshot', async () => {
    const world = new World().addIndices().plan({ tables: null });
    const running = world.backup();
    await world.clock.sleep(10_000);
    world.search.changeIndex('app-orders', { documents: 95 });
    await running;

    expectSuccess(await world.restore());
  });
});
