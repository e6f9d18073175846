import fc from 'fast-check';
import { expect, test } from 'vitest';
import { longestGapSeconds } from '../../../shared/core/schedule-gap.ts';

const hours = (cron: string, timezone = 'UTC') => longestGapSeconds({ cron, timezone }) / 3_600;

test.for([
  ['rate(90 minutes)', 1.5],
  ['rate(1 hour)', 1],
  ['rate(1 day)', 24],
  ['rate(2 days)', 48],
  ['cron(0 2 * * ? *)', 24],
  ['cron(0/15 * * * ? *)', 0.25],
  ['cron(0 2,14 * * ? *)', 12],
  ['cron(0 2,14,20 * * ? *)', 12],
  ['cron(0 2 ? * MON-FRI *)', 72],
  ['cron(30 9-17 ? * MON-FRI *)', 64],
  ['cron(0 2 ? * SUN,WED *)', 96],
  ['cron(0 2 1/2 * ? *)', 48],
  ['cron(0 2 ? * SUN *)', 168],
  ['cron(0 2 L * ? *)', 31 * 24],
  ['cron(0 2 ? * 2#1 *)', 35 * 24],
  ['cron(0 2 29 2 ? *)', (3 * 365 + 366) * 24],
  ['cron(0 2 5,10,15,20,25,30 * ? *)', 9 * 24],
  ['cron(0 2 */6 * ? *)', 6 * 24],
  ['cron(0 2 30 2 ? *)', Number.POSITIVE_INFINITY],
  ['cron(0 2 1 1 ? 2027)', Number.POSITIVE_INFINITY],
  ['cron(0 2 * * ? 1999)', 24],
  ['cron(0 2 1 1 ? 2026,2030)', (3 * 365 + 366) * 24],
] as const)('%s fires at least every %d hours', ([cron, gap]) => {
  expect(hours(cron)).toBe(gap);
});

test('in a zone where clocks are changed a gap may be an hour longer, but not that of a rate', () => {
  expect(hours('cron(0 2 * * ? *)', 'Europe/Amsterdam')).toBe(25);
  expect(hours('rate(1 day)', 'Europe/Amsterdam')).toBe(24);
});

test('a schedule at some hours of every day leaves the longest way round the clock', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 24 }), (firings) => {
      const sorted = firings.toSorted((a, b) => a - b);
      const around = sorted.map((hour, at) => (sorted[at + 1] ?? (sorted[0] ?? 0) + 24) - hour);
      expect(hours(`cron(0 ${sorted.join(',')} * * ? *)`)).toBe(Math.max(...around));
    }),
    { numRuns: 30 },
  );
});
