import { describe, expect, it } from 'vitest';
import { manifestText, readManifest } from '../../shared/core/manifest.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { catalog, World } from '../support/world.ts';

const trigger = {
  uuid: 'e1',
  functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:index-orders',
  state: 'Enabled',
  configuration: { BatchSize: 100, FilterCriteria: { Filters: [] } },
};

describe('a backup', () => {
  it('records tables and indices as one recovery point', async () => {
    const world = new World().addTables(3).addIndices();

    const run = await world.backup();

    expect(run.failure).toBeUndefined();
    const [manifest] = await world.recoveryPoints();
    expect(manifest?.tables.map(({ name, items }) => [name, items])).toEqual([
      ['app-0000', 1],
      ['app-0001', 1],
      ['app-0002', 1],
    ]);
    expect(manifest?.search?.indices).toMatchObject([
      { name: 'app-empty', documents: 0, documentsAfter: 0, primaries: 1, createdVersion: '3.8.0' },
      { name: 'app-orders', documents: 80, documentsAfter: 80, primaries: 2 },
      { name: 'app-products', documents: 120, primaries: 3, aliases: { products: {} } },
    ]);
    expect(manifest?.search).toMatchObject({
      endpoint: 'https://search.example.com',
      repository: { name: 'tandem', bucket: 'snapshots', basePath: 'app' },
      snapshot: { name: 'tandem-backup-1', shards: 6 },
    });
    expect(world.alerts.published).toEqual([]);
  });

  it('captures what the backup of a table does not hold', async () => {
    const world = new World();
    const throughput = { readUnits: 5, writeUnits: 5 };
    world.dynamo.addTable({
      name: 'app-orders',
      shape: {
        billingMode: 'PROVISIONED',
        throughput,
        attributes: { pk: 'S', by: 'S' },
        globalIndexes: [
          {
            name: 'by',
            keys: [{ attribute: 'by', type: 'HASH' }],
            projection: { type: 'ALL', attributes: [] },
            throughput,
          },
        ],
      },
      tags: { application: 'shop', Backup: 'nightly' },
      stream: 'NEW_AND_OLD_IMAGES',
      timeToLive: 'expiresAt',
      pointInTimeRecovery: { days: 7 },
      deletionProtection: true,
      tableClass: 'STANDARD_INFREQUENT_ACCESS',
      resourcePolicy: '{"Version":"2012-10-17"}',
    });
    const [table] = world.dynamo.everything().tables;
    const scaled = { dimension: 'dynamodb:table:ReadCapacityUnits', minimum: 5, maximum: 50, policies: [] };
    world.triggers.push({ ...trigger, streamArn: table?.stream?.arn ?? '' });
    world.scalingTargets.push(
      { ...scaled, resourceId: 'table/app-orders' },
      { ...scaled, resourceId: 'table/app-orders/index/by' },
      { ...scaled, resourceId: 'table/app-orders-of-another' },
    );

    await world.backup({ plan: 'other' });

    const [manifest] = await world.recoveryPoints();
    expect(manifest?.tables[0]).toMatchObject({
      name: 'app-orders',
      tableId: table?.tableId,
      shape: table?.shape,
      settings: {
        tags: { application: 'shop', Backup: 'nightly' },
        stream: { viewType: 'NEW_AND_OLD_IMAGES' },
        timeToLive: { attribute: 'expiresAt' },
        pointInTimeRecovery: { days: 7 },
        deletionProtection: true,
        tableClass: 'STANDARD_INFREQUENT_ACCESS',
        resourcePolicy: '{"Version":"2012-10-17"}',
        eventSourceMappings: [{ ...trigger, streamArn: table?.stream?.arn }],
        scaling: [{ resourceId: 'table/app-orders' }, { resourceId: 'table/app-orders/index/by' }],
        notCaptured: [],
      },
    });
  });

  it('captures the scaling of a table that is paid by request, and the tags of a trigger', async () => {
    const world = new World();
    world.dynamo.addTable({ name: 'app-orders', stream: 'NEW_IMAGE' });
    const stream = world.dynamo.everything().tables[0]?.stream?.arn ?? '';
    const suspended = { dynamicScalingIn: true, dynamicScalingOut: false, scheduledScaling: false };
    const target = { resourceId: 'table/app-orders', dimension: 'dynamodb:table:ReadCapacityUnits', suspended };
    world.scalingTargets.push({ ...target, minimum: 5, maximum: 50, policies: [] });
    world.triggers.push({ ...trigger, arn: 'arn:of-e1', tags: { team: 'web' }, streamArn: stream });

    await world.backup({ plan: 'other' });

    expect((await world.recoveryPoints())[0]?.tables[0]).toMatchObject({
      shape: { billingMode: 'PAY_PER_REQUEST' },
      settings: { scaling: [target], eventSourceMappings: [{ arn: 'arn:of-e1', tags: { team: 'web' } }] },
    });
  });

  it('notes what an endpoint does not offer, and compares it with nothing after a restore', async () => {
    const world = new World();
    world.dynamo.addTable({ name: 'app-orders', stream: 'NEW_IMAGE' });
    const lacking = new TandemError('SERVICE_NOT_OFFERED', 'no such service');
    for (const operation of ['streamConsumers.list', 'scaling.describe'] as const) {
      world.readings.faults.fail(operation, lacking, { times: Number.POSITIVE_INFINITY });
    }

    expect((await world.backup({ plan: 'other' })).failure).toBeUndefined();

    expect((await world.recoveryPoints())[0]?.warnings).toEqual([
      'app-orders: scaling could not be captured: no such service',
      'app-orders: eventSourceMappings could not be captured: no such service',
    ]);
    expect((await world.restore({ plan: 'other', confirmed: true })).failure).toBeUndefined();
  });

  it('keeps a trigger whose tags cannot be read', async () => {
    const world = new World();
    world.dynamo.addTable({ name: 'app-orders', stream: 'NEW_IMAGE' });
    const stream = world.dynamo.everything().tables[0]?.stream?.arn ?? '';
    world.triggers.push({ ...trigger, arn: 'arn:of-e1', streamArn: stream });
    world.readings.faults.fail('streamConsumers.tags', new TandemError('SERVICE_NOT_OFFERED', 'no tags'));

    await world.backup({ plan: 'other' });

    expect((await world.recoveryPoints())[0]).toMatchObject({
      warnings: ['app-orders: eventSourceMappings.tags could not be captured: no tags'],
      tables: [{ settings: { eventSourceMappings: [{ uuid: trigger.uuid }] } }],
    });
  });

  it('states the time window of each side, and how far apart the two can be', async () => {
    const world = new World({ search: { snapshot: 40 } }).addTables(1).addIndices();

    await world.backup();

    const [manifest] = await world.recoveryPoints();
    const [start, snapshotEnd] = ['2030-01-02T03:04:05.000Z', '2030-01-02T03:04:45.000Z'];
    expect(manifest?.windows).toEqual({
      tables: { from: start, to: start },
      search: { from: start, to: snapshotEnd },
    });
    expect(manifest?.skewSeconds).toBe(40);
  });

  it('says which index was being written meanwhile', async () => {
    const world = new World().addTables(1).addIndices();
    const running = world.backup();
    await world.clock.sleep(10_000);
    world.search.changeIndex('app-orders', { documents: 95 });
    await running;

    const [manifest] = await world.recoveryPoints();
    expect(manifest?.warnings).toEqual(['app-orders: was being written: 80 documents before, 95 after']);
    expect(manifest?.search?.indices).toContainEqual(
      expect.objectContaining({ name: 'app-orders', documents: 80, documentsAfter: 95 }),
    );
  });

  it('writes the manifest once, with a hash that one changed byte breaks', async () => {
    const world = new World().addTables(1).addIndices();

    await world.backup();

    const key = 'recovery-points/app/backup-1/manifest.json';
    expect(world.buckets.faults.count('objects.create', key)).toBe(1);
    expect(world.buckets.faults.count('objects.replace', key)).toBe(0);
    const text = (await world.buckets.open(catalog).get(key))?.body ?? '';
    expect(manifestText(readManifest(text, 'backup-1'))).toBe(text);
    expect(() => readManifest(text.replace('app-0000', 'app-0009'), 'backup-1')).toThrow('does not match its hash');
  });

  it('run again under its name changes nothing', async () => {
    const world = new World().addTables(2).addIndices();
    await world.backup({}, { name: 'nightly' });
    const before = await world.everything();

    const again = await world.backup({}, { name: 'nightly' });

    expect(again.failure).toBeUndefined();
    expect(await world.everything()).toEqual(before);
  });

  it('takes the id of a scheduled run from its time, so that a second event of it makes nothing new', async () => {
    const world = new World().addTables(1).addIndices();
    const scheduledTime = '2030-01-02T02:00:00Z';
    await world.backup({ scheduledTime });
    await world.backup({ scheduledTime });

    expect((await world.recoveryPoints()).map(({ recoveryPoint }) => recoveryPoint)).toEqual(['app-20300102-020000']);
    expect(world.dynamo.everything().backups).toHaveLength(1);
  });
});
