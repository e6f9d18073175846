import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RefillSegment } from '../../../shared/contracts/ledger/refills.ts';
import { phaseOf, refillUnits, unitsOfWorker, untouched } from '../../../shared/core/refill.ts';
import { refillDifferences } from '../../../shared/core/refill-differences.ts';
import { refillUsage } from '../../../shared/core/refill-usage.ts';
import { isScratchName, scratchName } from '../../../shared/core/scratch-table.ts';
import { tableSteps } from '../../../shared/core/table-steps.ts';
import { sampleManifest, tableRecord } from '../../support/sample-manifest.ts';

const at = (phase: RefillSegment['phase']) => ({ ...untouched, phase });

describe('a refill', () => {
  test('has each segment done by one worker', () => {
    const tables = fc.array(fc.integer({ min: 1, max: 64 }), { maxLength: 20 });
    fc.assert(
      fc.property(tables, fc.integer({ min: 1, max: 8 }), (segments, workers) => {
        const units = refillUnits(
          segments.map((count, number) => ({
            name: `t-${number}`,
            tableId: 'id',
            scratch: 's',
            keys: ['pk'],
            segments: count,
          })),
        );
        const divided = Array.from({ length: workers }, (_, worker) => unitsOfWorker(units, worker, workers)).flat();
        expect(new Set(divided)).toEqual(new Set(units));
        expect(divided).toHaveLength(units.length);
      }),
    );
  });

  test('deletes nothing before everything is written, and is done when all is', () => {
    expect(phaseOf([at('DELETE'), at('WRITE'), at('DONE')])).toBe('WRITE');
    expect(phaseOf([at('DELETE'), at('DONE')])).toBe('DELETE');
    expect(phaseOf([at('DONE'), at('DONE')])).toBe('DONE');
  });

  test('that is not done, or has less than the backup, is a difference', () => {
    const counts = { items: 5, written: 1, deleted: 0, kept: 5 };

    expect(refillDifferences('orders', { ...counts, done: true }, 5)).toEqual([]);
    expect(refillDifferences('orders', { ...counts, done: false }, undefined)).toMatchObject([
      { found: 'not compared to the end' },
    ]);
    expect(refillDifferences('orders', undefined, undefined)).toHaveLength(1);
    expect(refillDifferences('orders', { ...counts, done: true, kept: 4 }, undefined)).toMatchObject([
      { name: 'orders', what: 'items', found: '4 of them', remedy: expect.stringContaining('stop who writes') },
    ]);
  });

  test('reads both sides twice, and at most writes all there is', () => {
    const manifest = sampleManifest({ tables: [tableRecord({ name: 'orders', items: 1_000, bytes: 8_192_000 })] });
    const current = { deletionProtected: false, items: 500, bytes: 512_000, createdAt: new Date(0), triggers: [] };
    const tables = tableSteps(
      manifest,
      ['orders'],
      { strategy: 'refill' },
      new Map([['orders', { id: 'a', ...current }]]),
    );

    expect(refillUsage({ tables })).toEqual({
      items: 1_500,
      // Scans of 2,000 and 125; 1,000 items of 1 kB, and 500 of 8 kB looked up.
      readUnits: 2_000 + 125 + 1_000 + 500 * 2,
      writeUnits: 1_000 * 8 + 500,
    });
  });
});

describe('the name of a scratch table', () => {
  const name = fc.stringMatching(/^[a-zA-Z0-9_.-]{3,255}$/);

  test('is one that DynamoDB takes, and is known for what it is', () => {
    fc.assert(
      fc.property(name, (table) => {
        expect(scratchName(table, 'run-1').length).toBeLessThanOrEqual(255);
        expect(isScratchName(scratchName(table, 'run-1'))).toBe(true);
      }),
    );
  });

  test('is another one for each table and run', () => {
    const long = 'x'.repeat(254);
    const names = [scratchName(`${long}a`, '1'), scratchName(`${long}b`, '1'), scratchName(`${long}a`, '2')];
    expect(new Set(names).size).toBe(3);
  });
});
