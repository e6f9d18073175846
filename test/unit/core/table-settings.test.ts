import { expect, test } from 'vitest';
import type { TableShape } from '../../../shared/contracts/table-settings.ts';
import {
  type ComparableSettings,
  settingsToPutBack as missingSettings,
  restoredSettings,
} from '../../../shared/core/table-settings.ts';
import { shapeOf } from '../../support/table-spec.ts';

/** What a table is like just after DynamoDB restored it. */
const bare: ComparableSettings = { tags: {}, deletionProtection: false, tableClass: 'STANDARD', scaling: [] };
const target = {
  resourceId: 'table/orders',
  dimension: 'dynamodb:table:ReadCapacityUnits',
  minimum: 1,
  maximum: 9,
  policies: [],
};
const captured: ComparableSettings = {
  ...bare,
  tableClass: 'STANDARD_INFREQUENT_ACCESS',
  encryption: { type: 'KMS', keyArn: 'arn:key' },
  contributorInsights: [{ index: 'by-date', mode: 'THROTTLED_KEYS' }],
  kinesisDestinations: [{ streamArn: 'arn:kinesis', precision: 'MICROSECOND' }],
  warmThroughput: [{ readUnits: 20_000, writeUnits: 5_000 }],
  scaling: [target],
  resourcePolicy: '{"Statement":[]}',
  streamPolicy: '{"Resource":"arn:table/orders/stream/old"}',
  tags: { Team: 'shop', Stage: 'prod' },
  stream: { viewType: 'NEW_AND_OLD_IMAGES' },
  timeToLive: { attribute: 'expiresAt' },
  pointInTimeRecovery: { days: 35 },
  deletionProtection: true,
};

const streamArn = 'arn:table/orders/stream/new';
const shape = shapeOf({ name: 'orders' });
const settingsToPutBack = (
  one: ComparableSettings,
  other: ComparableSettings,
  shapes: { captured: TableShape; live: TableShape } = { captured: shape, live: shape },
) => missingSettings({ shape: shapes.captured, settings: one }, { shape: shapes.live, settings: other, streamArn });

/** With the policy of the stream for the new stream. */
const back = { ...captured, streamPolicy: `{"Resource":"${streamArn}"}` };

test('everything that was captured is put back on a bare table, deletion protection last', () => {
  const warmThroughput = [{ readUnits: 12_000, writeUnits: 4_000 }];
  const shapes = {
    captured: { ...shape, billingMode: 'PROVISIONED' as const, onDemandMaximum: { readUnits: 5 } },
    live: shape,
  };
  expect(settingsToPutBack(captured, { ...bare, warmThroughput }, shapes)).toEqual(restoredSettings);
  expect(restoredSettings.at(-1)).toBe('deletionProtection');
});

test('nothing is put back where nothing was set, or where it is back already', () => {
  expect(settingsToPutBack(bare, bare)).toEqual([]);
  expect(settingsToPutBack(captured, back)).toEqual([]);
});

test('nothing is taken away that somebody set since', () => {
  expect(settingsToPutBack(bare, captured)).toEqual([]);
});

test.for<[what: string, Partial<ComparableSettings>, missing: string]>([
  ['a tag', { tags: { Team: 'shop' } }, 'tags'],
  ["a tag's value", { tags: { Team: 'shop', Stage: 'test' } }, 'tags'],
  ['the view of the stream', { stream: { viewType: 'KEYS_ONLY' } }, 'stream'],
  ['the attribute of the time to live', { timeToLive: { attribute: 'ttl' } }, 'timeToLive'],
  ['deletion protection', { deletionProtection: false }, 'deletionProtection'],
  ['the class', { tableClass: 'STANDARD' }, 'tableClass'],
  ['the key', { encryption: { type: 'KMS', keyArn: 'arn:other' } }, 'encryption'],
  ['the mode of Contributor Insights', { contributorInsights: [{ index: 'by-date' }] }, 'contributorInsights'],
  ['a Kinesis destination', { kinesisDestinations: [] }, 'kinesisDestinations'],
  ['a limit of the scaling', { scaling: [{ ...target, maximum: 8 }] }, 'scaling'],
  ['warm throughput', { warmThroughput: [{ readUnits: 20_000, writeUnits: 4_000 }] }, 'warmThroughput'],
  ['a policy', { resourcePolicy: '{"Statement":[{}]}' }, 'resourcePolicy'],
  ['a policy that names the old stream', { streamPolicy: captured.streamPolicy }, 'streamPolicy'],
])('%s that is not as captured is put back alone', ([, present, missing]) => {
  expect(settingsToPutBack(captured, { ...back, ...present })).toEqual([missing]);
});

test('point-in-time recovery that is off is put back', () => {
  const { pointInTimeRecovery: _, ...present } = back;
  expect(settingsToPutBack(captured, present)).toEqual(['pointInTimeRecovery']);
});

test('point-in-time recovery over other days is put back, where they are told', () => {
  const lacking = (now: { days?: number }) => settingsToPutBack(captured, { ...back, pointInTimeRecovery: now });
  expect(lacking({ days: 7 })).toEqual(['pointInTimeRecovery']);
  expect(lacking({})).toEqual([]);
});

test('tags that the table has besides do not count', () => {
  expect(settingsToPutBack(captured, { ...back, tags: { ...captured.tags, Other: 'x' } })).toEqual([]);
});
