import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../shared/contracts/plan-file.ts';
import { keptAtMost, monthlyCost, type RunUsage, restoreCost, totalOf } from '../../../shared/core/cost.ts';

const run: RunUsage = { transitions: 50, tasks: 18, seconds: 200, memoryGb: 0.5, writes: 60, reads: 60 };
const standing = { alarms: 5, dashboards: 1 };
const holdings = { tables: 1_000, tableGb: 100, indices: 20, indexGb: 50 };

function dollarsOf(what: string, lines = monthlyCost(holdings, 10, run, standing)): number {
  return totalOf(lines.filter((line) => line.what.startsWith(what)));
}

describe('a month', () => {
  it('costs the whole size of the tables for each recovery point', () => {
    expect(dollarsOf('DynamoDB')).toBeCloseTo(100 * 10 * 0.1);
  });

  it('costs less than all snapshots whole, and no less than one', () => {
    expect(dollarsOf('S3: index snapshots')).toBeCloseTo(50 * 0.023 * (1 + 0.3 * 9));
    expect(dollarsOf('S3: index snapshots', monthlyCost(holdings, 1, run, standing))).toBeCloseTo(50 * 0.023);
  });

  it('costs the state transitions of every night', () => {
    expect(dollarsOf('Step Functions')).toBeCloseTo((((50 * 365) / 12) * 0.025) / 1_000);
  });

  it('costs alarms and dashboards whether anything runs or not', () => {
    expect(dollarsOf('CloudWatch: alarms')).toBeCloseTo(0.5);
    expect(dollarsOf('CloudWatch: dashboards')).toBeCloseTo(3);
  });
});

it('costs a restore by the size of its tables', () => {
  const lines = restoreCost(holdings, run, holdings);
  expect(dollarsOf('DynamoDB: tables restored', lines)).toBeCloseTo(15);
  expect(dollarsOf('DynamoDB: table backups', lines)).toBeCloseTo(10);
  expect(dollarsOf('S3: snapshot', lines)).toBeCloseTo(50 * 0.3 * 0.023);
  expect(totalOf(lines)).toBeCloseTo(25.35, 1);
});

it('costs a safety point by the size of what exists now', () => {
  const present = { tables: 10, tableGb: 40, indices: 3, indexGb: 10 };
  const lines = restoreCost(holdings, run, present);
  expect(dollarsOf('DynamoDB: table backups of the safety point', lines)).toBeCloseTo(4);
  expect(dollarsOf('S3: snapshot of the safety point', lines)).toBeCloseTo(10 * 0.3 * 0.023);
  expect(dollarsOf('S3: writes', lines)).toBeGreaterThan(dollarsOf('S3: writes', restoreCost(holdings, run)));
});

describe('the number of recovery points that are kept', () => {
  const retentions = fc.record({
    keepLast: fc.integer({ min: 1, max: 40 }),
    daily: fc.integer({ min: 0, max: 40 }),
    weekly: fc.integer({ min: 0, max: 10 }),
    monthly: fc.integer({ min: 0, max: 14 }),
  });

  it('is never larger', () => {
    fc.assert(
      fc.property(retentions, fc.integer({ min: 0, max: 400 }), (retention, today) => {
        expect(kept(retention, today)).toBeLessThanOrEqual(keptAtMost(retention));
      }),
    );
  });

  it('is reached on some day', () => {
    const usual = { keepLast: 3, daily: 7, weekly: 4, monthly: 12 };
    const most = Math.max(...Array.from({ length: 400 }, (_, today) => kept(usual, today)));
    expect(most).toBe(keptAtMost(usual));
  });
});

/** Keeps the newest of each period, of one recovery point a night for two years and some days. */
function kept({ keepLast, daily, weekly, monthly }: Plan['retention'], today: number): number {
  const nights = Array.from({ length: 730 }, (_, night) => new Date(Date.UTC(2024, 0, 1 + 730 + today - night)));
  const newestOf = (periodOf: (night: Date) => string | number, periods: number) =>
    nights.filter((night, at) => at === 0 || periodOf(night) !== periodOf(nights[at - 1] ?? night)).slice(0, periods);
  const day = (night: Date) => night.getTime() / 86_400_000;
  return new Set([
    ...nights.slice(0, keepLast),
    ...newestOf(day, daily),
    // 1970 began on a Thursday: weeks from Monday on.
    ...newestOf((night) => Math.floor((day(night) + 3) / 7), weekly),
    ...newestOf((night) => night.toISOString().slice(0, 7), monthly),
  ]).size;
}
