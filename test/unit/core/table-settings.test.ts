import { expect, test } from 'vitest';
import { type ComparableSettings, restoredSettings, settingsToPutBack } from '../../../shared/core/table-settings.ts';

/** What a table is like just after DynamoDB restored it. */
const bare: ComparableSettings = { tags: {}, deletionProtection: false, tableClass: 'STANDARD' };
const captured: ComparableSettings = {
  ...bare,
  tags: { Team: 'shop', Stage: 'prod' },
  stream: { viewType: 'NEW_AND_OLD_IMAGES' },
  timeToLive: { attribute: 'expiresAt' },
  pointInTimeRecovery: { days: 35 },
  deletionProtection: true,
};

test('everything that was captured is put back on a bare table, deletion protection last', () => {
  expect(settingsToPutBack(captured, bare)).toEqual(restoredSettings);
  expect(restoredSettings.at(-1)).toBe('deletionProtection');
});

test('nothing is put back where nothing was set, or where it is back already', () => {
  expect(settingsToPutBack(bare, bare)).toEqual([]);
  expect(settingsToPutBack(captured, captured)).toEqual([]);
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
])('%s that is not as captured is put back alone', ([, present, missing]) => {
  expect(settingsToPutBack(captured, { ...captured, ...present })).toEqual([missing]);
});

test('point-in-time recovery that is off is put back', () => {
  const { pointInTimeRecovery: _, ...present } = captured;
  expect(settingsToPutBack(captured, present)).toEqual(['pointInTimeRecovery']);
});

test('point-in-time recovery over other days is put back, where they are told', () => {
  const lacking = (now: { days?: number }) => settingsToPutBack(captured, { ...captured, pointInTimeRecovery: now });
  expect(lacking({ days: 7 })).toEqual(['pointInTimeRecovery']);
  expect(lacking({})).toEqual([]);
});

test('tags that the table has besides do not count', () => {
  expect(settingsToPutBack(captured, { ...captured, tags: { ...captured.tags, Other: 'x' } })).toEqual([]);
});
