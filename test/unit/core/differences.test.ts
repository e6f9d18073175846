import { describe, expect, test } from 'vitest';
import type { IndexRecord, TableRecord } from '../../../shared/contracts/manifest.ts';
import type { SecondaryIndex, TableSettings } from '../../../shared/contracts/table-settings.ts';
import {
  tableDifferences as differencesOf,
  indexDifferences,
  type LiveTable,
} from '../../../shared/core/differences.ts';
import { indexRecord, plainSettings, tableRecord } from '../../support/sample-manifest.ts';

const globalIndex = (name: string): SecondaryIndex => ({
  name,
  keys: [{ attribute: name, type: 'HASH' }],
  projection: { type: 'ALL', attributes: [] },
});

const settings: TableSettings = {
  ...plainSettings,
  tags: { Team: 'shop' },
  timeToLive: { attribute: 'expiresAt' },
  stream: { viewType: 'NEW_IMAGE' },
  pointInTimeRecovery: { days: 35 },
  deletionProtection: true,
  resourcePolicy: '{}',
  streamPolicy: '{"Resource":"arn:table/orders/stream/old"}',
  contributorInsights: [{ mode: 'THROTTLED_KEYS' }],
  kinesisDestinations: [{ streamArn: 'arn:kinesis' }],
  warmThroughput: [{ readUnits: 100, writeUnits: 10 }],
  encryption: { type: 'KMS', keyArn: 'arn:key' },
  eventSourceMappings: [
    { uuid: '2', functionArn: 'arn:b', streamArn: 'arn:stream', state: 'Enabled', configuration: {} },
    { uuid: '1', functionArn: 'arn:a', streamArn: 'arn:stream', state: 'Enabled', configuration: {} },
  ],
};
const record: TableRecord = tableRecord({
  name: 'orders',
  shape: {
    keys: [
      { attribute: 'pk', type: 'HASH' },
      { attribute: 'sk', type: 'RANGE' },
    ],
    attributes: { pk: 'S', sk: 'N', a: 'S', b: 'S' },
    globalIndexes: [globalIndex('b'), globalIndex('a')],
    localIndexes: [],
    billingMode: 'PROVISIONED',
    throughput: { readUnits: 5, writeUnits: 5 },
  },
  settings,
});
const streamArn = 'arn:table/orders/stream/new';
const same: NonNullable<LiveTable> = {
  tableId: 'restored',
  streamArn,
  shape: record.shape,
  settings: { ...settings, streamPolicy: `{"Resource":"${streamArn}"}` },
  status: 'ACTIVE',
};

const tableDifferences = (of: TableRecord, live: LiveTable) => differencesOf(of, live, { tableId: 'restored' });

describe('a table', () => {
  test('that is as it was has no differences, whatever the order in which things are listed', () => {
    const shape = { ...record.shape, globalIndexes: record.shape.globalIndexes.toReversed() };
    expect(tableDifferences(record, { ...same, shape })).toEqual([]);
  });

  test('that is not there is one difference', () => {
    expect(tableDifferences(record, undefined)).toEqual([
      { kind: 'table', name: 'orders', what: 'table', expected: 'exists', found: 'does not exist' },
    ]);
  });

  const { shape } = record;
  test.for<[what: string, live: Partial<NonNullable<LiveTable>>]>([
    ['table id', { tableId: 'made-by-somebody-else' }],
    ['status', { status: 'CREATING' }],
    ['keys', { shape: { ...shape, keys: [{ attribute: 'pk', type: 'HASH' }] } }],
    ['attributes', { shape: { ...shape, attributes: { ...shape.attributes, sk: 'S' } } }],
    ['global secondary indexes', { shape: { ...shape, globalIndexes: [globalIndex('a')] } }],
    ['local secondary indexes', { shape: { ...shape, localIndexes: [globalIndex('l')] } }],
    ['billing mode', { shape: { ...shape, billingMode: 'PAY_PER_REQUEST' } }],
    ['throughput', { shape: { ...shape, throughput: { readUnits: 5, writeUnits: 6 } } }],
    ['on-demand maximum', { shape: { ...shape, onDemandMaximum: { readUnits: 1 } } }],
    ['tags', { settings: { ...same.settings, tags: {} } }],
    ['stream', { settings: { ...same.settings, stream: { viewType: 'KEYS_ONLY' } } }],
    ['time to live', { settings: { ...same.settings, timeToLive: { attribute: 'other' } } }],
    ['deletion protection', { settings: { ...same.settings, deletionProtection: false } }],
    ['table class', { settings: { ...same.settings, tableClass: 'STANDARD_INFREQUENT_ACCESS' } }],
    ['resource policy', { settings: { ...same.settings, resourcePolicy: '{"Version":"2012-10-17"}' } }],
    ['encryption', { settings: { ...same.settings, encryption: { type: 'AES256' } } }],
    ['Contributor Insights', { settings: { ...same.settings, contributorInsights: [{ index: 'a' }] } }],
    ['Kinesis destinations', { settings: { ...same.settings, kinesisDestinations: [] } }],
    ['warm throughput', { settings: { ...same.settings, warmThroughput: [{ readUnits: 100, writeUnits: 9 }] } }],
    ['stream policy', { settings: { ...same.settings, streamPolicy: undefined } }],
    ['vector indexes', { shape: { ...shape, vectorIndexes: [{ IndexName: 'v' }] } }],
  ])('that has another %s differs in that alone', ([what, live]) => {
    const differences = tableDifferences(record, { ...same, ...live });
    expect(differences.map((one) => one.what)).toEqual([what]);
    expect(differences[0]?.expected).not.toBe(differences[0]?.found);
  });

  test('that has lost its point-in-time recovery differs; so has one with another number of days, where it is told', () => {
    const { pointInTimeRecovery: _, ...off } = same.settings;
    expect(tableDifferences(record, { ...same, settings: off })).toMatchObject([
      { kind: 'table', name: 'orders', what: 'point-in-time recovery', expected: '{"days":35}', found: 'none' },
    ]);
    const recoverable = (pointInTimeRecovery: { days?: number }) =>
      tableDifferences(record, { ...same, settings: { ...same.settings, pointInTimeRecovery } });
    expect(recoverable({ days: 7 })).toMatchObject([{ expected: '{"days":35}', found: '{"days":7}' }]);
    expect(recoverable({})).toEqual([]);
  });

  test('whose throughput is scaled may have another one', () => {
    const dimension = 'dynamodb:table:ReadCapacityUnits';
    const scaling = [{ resourceId: 'table/orders', dimension, minimum: 1, maximum: 9, policies: [] }];
    const scaled = { ...record, settings: { ...settings, scaling } };
    const moved = (readUnits: number, writeUnits: number) => ({ ...shape, throughput: { readUnits, writeUnits } });
    const live = { ...same, settings: { ...same.settings, scaling } };
    expect(tableDifferences(scaled, { ...live, shape: moved(9, 5) })).toEqual([]);
    expect(tableDifferences(scaled, { ...live, shape: moved(9, 9) })).toMatchObject([{ what: 'throughput' }]);
  });

  test('of which a setting is gone says so in words', () => {
    const { stream: _, ...without } = same.settings;
    const difference = { kind: 'table', name: 'orders', what: 'stream', expected: '{"viewType":"NEW_IMAGE"}' };
    expect(tableDifferences(record, { ...same, settings: without })).toEqual([
      { ...difference, found: 'none', remedy: expect.stringContaining('StreamViewType=NEW_IMAGE') },
    ]);
  });
});

describe('an index', () => {
  const aliases = { all: { filter: { term: { a: 1 } } }, write: { is_write_index: true } };
  const counted = (documents: number | null, documentsAfter = documents) =>
    indexRecord({ name: 'orders', documents, documentsAfter, aliases });
  const live = (part: Partial<IndexRecord> = {}): IndexRecord => ({ ...counted(3), ...part });

  test('that is as it was has no differences, under another uuid too', () => {
    expect(indexDifferences(counted(3), live({ uuid: 'other' }))).toEqual([]);
  });

  test('that is not there is one difference', () => {
    expect(indexDifferences(counted(3), undefined)).toEqual([
      { kind: 'index', name: 'orders', what: 'index', expected: 'exists', found: 'does not exist' },
    ]);
  });

  test.for<[what: string, live: Partial<IndexRecord>]>([
    ['state', { open: false, documents: 3 }],
    ['primary shards', { primaries: 2 }],
    ['aliases', { aliases: { all: aliases.all } }],
    ['aliases', { aliases: { ...aliases, write: {} } }],
    ['aliases', { aliases: { ...aliases, more: {} } }],
    ['documents', { documents: 2 }],
    ['documents', { documents: null }],
  ])('that has other %s differs in that alone', ([what, part]) => {
    expect(indexDifferences(counted(3), live(part)).map((one) => one.what)).toEqual([what]);
  });

  test.for([
    ['between the counts before and after', counted(3, 9), 5, true],
    ['as many as before', counted(3, 9), 3, true],
    ['as many as after', counted(3, 9), 9, true],
    ['fewer than either', counted(3, 9), 2, false],
    ['more than either', counted(3, 9), 10, false],
    ['between them where documents were being deleted', counted(9, 3), 5, true],
    ['any number where nobody could count', counted(null), 5, true],
    ['still not countable, as before', counted(null), null, true],
  ] as const)('may hold %s', ([, recorded, documents, may]) => {
    expect(indexDifferences(recorded, live({ documents })).length === 0).toBe(may);
  });

  test('that was being written tells both counts', () => {
    expect(indexDifferences(counted(3, 9), live({ documents: 2 }))).toEqual([
      { kind: 'index', name: 'orders', what: 'documents', expected: '3 to 9', found: '2' },
    ]);
  });
});
