import { describe, expect, it } from 'vitest';
import type { Difference } from '../../shared/contracts/ledger/verification.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
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
    ['time to live', { timeToLive: undefined }],
    ['point-in-time recovery', { pointInTimeRecovery: undefined }],
    ['deletion protection', { deletionProtection: false }],
    ['table class', { tableClass: 'STANDARD' }],
    ['resource policy', { resourcePolicy: '{}' }],
    ['stream policy', { streamPolicy: undefined }],
    ['Contributor Insights', { contributorInsights: [] }],
    ['Kinesis destinations', { kinesisDestinations: [] }],
    ['warm throughput', { warmThroughput: [{ readUnits: 12_000, writeUnits: 4_000 }] }],
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

  it('a table without its stream, and with that without its trigger', async () => {
    const { world, run } = await verifiedAfter(({ dynamo }) => dynamo.changeTable('app-0001', { stream: undefined }));

    expect(run.failure?.Error).toBe('VerificationFailedError');
    expect(await differences(world)).toMatchObject([
      { name: 'app-0001', what: 'stream' },
      { name: 'app-0001', what: expect.stringMatching(/^trigger arn:aws:lambda:.*:index-app-0001:live$/) },
    ]);
  });

  it('what was refused for good, with what to do about it, and passes once somebody has put it back by hand', async () => {
    const world = new World().addTables(2).plan({ search: null });
    await world.backup();
    const denied = new TandemError('ACCESS_DENIED', 'not authorized');
    const always = { times: 1_000 };
    world.dynamo.faults.fail('tables.setTableClass', denied, { ...always, target: 'app-0000' });
    world.dynamo.faults.fail('kinesisDestinations.enable', denied, { ...always, target: 'app-0000' });
    const functionArn = world.triggers[0]?.functionArn ?? '';
    world.changes.faults.fail('streamConsumers.create', denied, { ...always, target: functionArn });

    const run = await world.restore({ confirmed: true }, { name: 'undo' });

    expect(run.failure?.Error).toBe('VerificationFailedError');
    const found = await differences(world);
    expect(found.map(({ name, what }) => `${name}: ${what}`)).toEqual([
      'app-0000: table class',
      'app-0000: Kinesis destinations',
      `app-0000: trigger ${functionArn}`,
    ]);
    for (const { remedy } of found) expect(remedy).toMatch(/^aws .*It was refused: not authorized$/);
    expect(world.lastAlert().remedies[0]).toContain('--table-class STANDARD_INFREQUENT_ACCESS');
    // The old trigger is there still, and everything else is back.
    expect(world.triggers.map((trigger) => trigger.functionArn)).toContain(functionArn);
    expect(await world.dynamo.tables.describe('app-0000')).toMatchObject({ deletionProtection: true });

    const kinesisDestinations = [{ streamArn: 'arn:aws:kinesis:eu-west-1:111122223333:stream/changes' }];
    world.dynamo.changeTable('app-0000', { tableClass: 'STANDARD_INFREQUENT_ACCESS', kinesisDestinations });
    world.addTrigger('app-0000');
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
