import { expect, it } from 'vitest';
import { schedulePeriod } from '../../../shared/core/schedule-period.ts';

const hour = 3_600_000;
const saturday = new Date('2026-11-28T03:00:00Z');

it.each([
  ['cron(0 2 * * ? *)', 24],
  ['cron(0 2,14 * * ? *)', 12],
  ['cron(0 2 ? * MON-FRI *)', 72],
  ['cron(0 2 ? * SUN *)', 168],
  ['rate(1 hour)', 1],
  ['rate(2 days)', 48],
])('the longest time between two starts of %s is %i hours', (expression, hours) => {
  expect(schedulePeriod(expression, saturday)).toBe(hours * hour);
});

it('a schedule that starts once more at the most has no period', () => {
  expect(schedulePeriod('cron(0 2 1 1 ? 2027)', saturday)).toBeUndefined();
});
