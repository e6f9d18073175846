import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeSample, randomSegments, sampleDifferences, sidesOf } from '../../../shared/core/item-samples.ts';
import { scratchName } from '../../../shared/core/scratch-table.ts';
import type { Item } from '../../../shared/ports/table-items.ts';
import { sampleTable } from '../../../shared/steps/restore/sample-table.ts';
import { FakeClock } from '../../support/fakes/clock.ts';
import { FakeDynamoDb } from '../../support/fakes/dynamodb.ts';

const item = (key: string, more: Item = {}): Item => ({ pk: { S: key }, ...more });

describe('the segments that a sample is taken from', () => {
  it('are all of a table, each once, and the same ones for the same run', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.string(), (items, run) => {
        const segments = [...randomSegments('orders', run, items)];
        expect(segments.map(({ number }) => number).sort((a, b) => a - b)).toEqual(segments.map((_, n) => n));
        expect(segments.every(({ of }) => of === segments.length)).toBe(true);
        expect([...randomSegments('orders', run, items)]).toEqual(segments);
      }),
    );
  });

  it('are others for another run', () => {
    const first = (run: string) => randomSegments('orders', run, 100_000).next().value?.number;
    expect(new Set(['a', 'b', 'c', 'd'].map(first)).size).toBe(4);
  });
});

describe('a sample of items', () => {
  it('finds what is missing, and each attribute that differs, without its values', () => {
    const sampled = [item('a'), item('b', { tags: { SS: ['x', 'y'] }, size: { N: '1' } }), item('c', { n: { S: '' } })];
    const others = [item('b', { tags: { SS: ['y', 'x'] }, size: { N: '2' }, secret: { S: 'hidden' } }), item('c')];

    expect(sampleDifferences(sampled, others, ['pk'])).toEqual([
      { key: 'pk=a', how: 'is missing' },
      { key: 'pk=b', how: 'differs in secret, size' },
      { key: 'pk=c', how: 'differs in n' },
    ]);
    expect(sampleDifferences(sampled, sampled.toReversed(), ['pk'])).toEqual([]);
  });

  it('is compared where the table that was restored stands beside the live one', () => {
    const table = { name: 'orders', target: 'orders', action: 'replace' as const };

    expect(sidesOf(table, 'a-run')).toBeUndefined();
    const beside = { restored: 'orders-copy', live: 'orders', areToBeEqual: false };
    expect(sidesOf({ ...table, target: 'orders-copy', action: 'create' }, 'a-run')).toEqual(beside);
    const refilled = { restored: scratchName('orders', 'a-run'), live: 'orders', areToBeEqual: true };
    expect(sidesOf({ ...table, action: 'refill' }, 'a-run')).toEqual(refilled);
  });

  it('is a difference where both tables are to be equal, and a remark where not', () => {
    const sample = { compared: 9, differing: [{ key: 'pk=a', how: 'is missing' }] };
    const judge = (areToBeEqual: boolean, found = sample) =>
      judgeSample({ restored: 'orders-copy', live: 'orders', areToBeEqual }, found);

    expect(judge(true)).toEqual({
      differences: [
        {
          ...{ kind: 'table', name: 'orders', what: '9 sampled items' },
          ...{ expected: 'as in the backup', found: 'pk=a is missing' },
        },
      ],
      remarks: [],
    });
    expect(judge(true, { compared: 9, differing: [] })).toEqual({ differences: [], remarks: [] });
    expect(judge(false).remarks).toEqual([
      'orders-copy: 9 of its items were looked up in orders, as it is now: 1 differ there: pk=a is missing',
    ]);
  });

  it('is as many items as are wanted, or all, and finds the one that is not the same', async () => {
    const dynamodb = new FakeDynamoDb(new FakeClock());
    const items = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`key ${n}`, 'value']));
    dynamodb.addTable({ name: 'orders' }, items);
    dynamodb.addTable({ name: 'orders-copy' }, { ...items, 'key 7': 'changed' });
    const shape = { keys: [{ attribute: 'pk', type: 'HASH' as const }] };
    const sample = (wanted: number, known: number) =>
      sampleTable(
        {
          sides: { restored: 'orders-copy', live: 'orders' },
          ...{ items: known, shape, run: 'a run', wanted },
        },
        dynamodb.tableItems,
      );

    expect(await sample(10, 60)).toMatchObject({ compared: 10 });
    expect(await sample(100, 60)).toEqual({
      compared: 60,
      differing: [{ key: 'pk=key 7', how: 'differs in value' }],
    });
    expect(await sample(100, 0)).toMatchObject({ compared: 60 });
  });
});
