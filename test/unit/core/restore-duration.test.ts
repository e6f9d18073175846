import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Restoring, restoreDuration } from '../../../shared/core/restore-duration.ts';

const nothing: Restoring = { tableBytes: [], indexBytes: 0, indices: 0, dataNodes: 1, safetyPoint: false };
const tablesOf = (count: number, bytes = 0): Restoring => ({ ...nothing, tableBytes: Array(count).fill(bytes) });

describe('the expected duration', () => {
  test('of up to 50 small tables is that of one, and the 51st waits for a place', () => {
    const one = restoreDuration(tablesOf(1)).tables;
    expect(one).toEqual({ from: 110, to: 900 });
    expect(restoreDuration(tablesOf(50)).tables.from).toBeLessThan(one.from + 10);
    expect(restoreDuration(tablesOf(51)).tables.from).toBeGreaterThanOrEqual(one.from + 80);
  });

  test('of 1,000 small tables is that of 20 windows', () => {
    const { from } = restoreDuration(tablesOf(1_000)).tables;
    expect(from).toBeGreaterThanOrEqual(20 * 80 + 30);
    expect(from).toBeLessThan((20 * 80 + 30) * 1.05);
  });

  test('of a large table grows with its size, up to an hour and what is around it', () => {
    expect(restoreDuration(tablesOf(1, 10e9)).tables).toEqual({ from: 210, to: 1_300 });
    expect(restoreDuration(tablesOf(1, 100e12)).tables).toEqual({ from: 3_630, to: 3_780 });
  });

  test('of indices falls with the number of data nodes', () => {
    const indices = { ...nothing, indices: 1, indexBytes: 400e9 };
    const [one, four] = [restoreDuration(indices), restoreDuration({ ...indices, dataNodes: 4 })];
    expect(one.indices.from).toBe(15 + 10_000);
    expect(four.indices.from).toBe(15 + 2_500);
  });

  test('of the whole is that of the longer side, and what is before and after it', () => {
    fc.assert(
      fc.property(
        fc.record({
          tableBytes: fc.array(fc.integer({ min: 0, max: 1e12 }), { maxLength: 120 }),
          indexBytes: fc.integer({ min: 0, max: 1e13 }),
          indices: fc.integer({ min: 0, max: 50 }),
          dataNodes: fc.integer({ min: 0, max: 10 }),
          safetyPoint: fc.boolean(),
        }),
        (restoring) => {
          const { seconds, tables, indices } = restoreDuration(restoring);
          for (const span of [seconds, tables, indices]) expect(span.from).toBeLessThanOrEqual(span.to);
          expect(seconds.to).toBeGreaterThan(Math.max(tables.to, indices.to));
          expect(Number.isFinite(seconds.to)).toBe(true);
          const without = restoreDuration({ ...restoring, safetyPoint: false }).seconds;
          expect(seconds.from > without.from).toBe(restoring.safetyPoint);
        },
      ),
    );
  });
});
