import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RefillSegment } from '../../../shared/contracts/ledger/refills.ts';
import { progressOf, refillUnits, untouched } from '../../../shared/core/refill.ts';
import { refillPage } from '../../../shared/steps/restore/refill-page.ts';
import { FakeClock } from '../../support/fakes/clock.ts';
import { FakeDynamoDb } from '../../support/fakes/dynamodb.ts';

type Content = Record<string, string>;

/** Refills a table of this content from a backup of that one, in so many segments, and so many items at once. */
async function refilled(live: Content, backup: Content, segments: number, atOnce: number) {
  const dynamo = new FakeDynamoDb(new FakeClock());
  dynamo.addTable({ name: 'live' }, live);
  dynamo.addTable({ name: 'scratch' }, backup);
  const units = refillUnits([{ name: 'live', tableId: 'id', scratch: 'scratch', keys: ['pk'], segments }]);
  let [spent, asked] = [0, 0];
  const pace = {
    spend: async (more: number) => {
      spent += more;
    },
    atOnce: () => atOnce,
    // Every other time a function has no time left for another write.
    mayGoOn: () => {
      asked += 1;
      return asked % 2 === 0;
    },
  };
  let reached: RefillSegment[] = units.map(() => untouched);
  for (const phase of ['WRITE', 'DELETE'] as const) {
    reached = await Promise.all(
      units.map(async (unit, position) => {
        let segment = reached[position] ?? untouched;
        while (segment.phase === phase) segment = await refillPage(unit, segment, dynamo.tableItems, pace);
        return segment;
      }),
    );
  }
  return { items: Object.fromEntries(dynamo.items('live')), progress: progressOf(reached), spent };
}

const content = fc.dictionary(fc.string({ minLength: 1, maxLength: 3 }), fc.constantFrom('old', 'new'), {
  noNullPrototype: true,
  maxKeys: 60,
});

describe('a refill', () => {
  it('makes a table equal to its backup, and writes what differs alone', async () => {
    await fc.assert(
      fc.asyncProperty(
        content,
        content,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 12 }),
        async (live, backup, segments, atOnce) => {
          const differing = Object.keys(backup).filter((key) => live[key] !== backup[key]).length;
          const strays = Object.keys(live).filter((key) => !Object.hasOwn(backup, key)).length;

          const { items, progress, spent } = await refilled(live, backup, segments, atOnce);

          expect(items).toEqual(backup);
          const size = Object.keys(backup).length;
          expect(progress).toEqual({ done: true, items: size, written: differing, deleted: strays, kept: size });
          expect(spent).toBe(differing + strays);
        },
      ),
    );
  });
});
