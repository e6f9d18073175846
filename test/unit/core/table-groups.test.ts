import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchNames } from '../../../shared/core/selection.ts';
import { groupByPrefix, groupByTags, onlyGroup } from '../../../shared/core/table-groups.ts';

const tableName = fc
  .array(fc.constantFrom('app', 'shop', 'a', 'B2', '-', '_', '.', 'orders'), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''))
  // DynamoDB's own rule.
  .filter((name) => name.length >= 3);
const tableNames = fc.uniqueArray(tableName, { minLength: 1, maxLength: 12 });

const globsOf = (names: string[]) => groupByPrefix(names).map(({ glob }) => glob);

describe('tables are proposed together by name', () => {
  test.for([
    ['all where they share a beginning', ['shop-orders', 'shop-products'], ['shop-*']],
    ['by the longest beginning they share', ['prod-shop-a', 'prod-shop-b'], ['prod-shop-*']],
    ['group by group, and all of them', ['cms-a', 'cms-b', 'shop-a', 'shop-b'], ['*', 'cms-*', 'shop-*']],
    ['with groups in groups', ['p-cms-a', 'p-cms-b', 'p-x'], ['p-*', 'p-cms-*']],
    ['by name where nothing else is like it', ['shop-a', 'shop-b', 'users'], ['*', 'shop-*', 'users']],
    ['by any separator', ['a_x', 'a_y', 'b.x', 'b.y'], ['*', 'a_*', 'b.*']],
    ['not in the middle of a word', ['orders', 'ordersOld'], ['*', 'orders', 'ordersOld']],
    ['alone where there is one', ['shop-orders'], ['shop-orders']],
    ['not at all where there is none', [], []],
  ] as const)('%s', ([, names, globs]) => {
    expect(globsOf([...names])).toEqual(globs);
  });

  test('so that each glob matches just the tables of its group', () => {
    fc.assert(
      fc.property(tableNames, (names) => {
        for (const { glob, tables } of groupByPrefix(names)) expect(matchNames([glob], names).sort()).toEqual(tables);
      }),
      { numRuns: 500 },
    );
  });

  test('so that no two proposals are the same tables, and each table is in one', () => {
    fc.assert(
      fc.property(tableNames, (names) => {
        const groups = groupByPrefix(names);
        expect(new Set(groups.map(({ tables }) => tables.join(' '))).size).toBe(groups.length);
        expect([...new Set(groups.flatMap(({ tables }) => tables))].sort()).toEqual([...names].sort());
      }),
      { numRuns: 500 },
    );
  });

  test('and all belong together only where they share a beginning', () => {
    const only = (names: string[]) => onlyGroup(groupByPrefix(names), names)?.glob;
    expect(only(['shop-a', 'shop-b-c', 'shop-b-d'])).toBe('shop-*');
    expect(only(['users'])).toBe('users');
    expect(only(['shop-a', 'users'])).toBeUndefined();
    expect(only([])).toBeUndefined();
  });
});

describe('tables are proposed together by tags', () => {
  const table = (name: string, tags: Record<string, string>) => ({ name, tags });

  test('that at least two of them carry with the same value, that of the most tables first', () => {
    const tables = [
      table('a', { Backup: 'nightly', Team: 'shop', Name: 'a' }),
      table('b', { Backup: 'nightly', Team: 'shop', Name: 'b' }),
      table('c', { Backup: 'nightly', Team: 'cms' }),
      table('d', {}),
    ];
    expect(groupByTags(tables)).toEqual([
      { key: 'Backup', value: 'nightly', tables: ['a', 'b', 'c'] },
      { key: 'Team', value: 'shop', tables: ['a', 'b'] },
    ]);
  });

  test('but not by those of AWS, which a restored table does not carry any more', () => {
    const stack = { 'aws:cloudformation:stack-name': 'shop' };
    expect(groupByTags([table('a', stack), table('b', stack)])).toEqual([]);
  });

  test('and key and value are not mixed up', () => {
    expect(groupByTags([table('a', { x: 'y=z' }), table('b', { 'x=y': 'z' })])).toEqual([]);
  });
});
