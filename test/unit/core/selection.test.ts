import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  carriesTags,
  type ExistingIndices,
  matchNames,
  selectIndices,
  selectTables,
} from '../../../shared/core/selection.ts';

const where = (...path: (string | number)[]) => `tandem.yml:${path.join('.')}`;

/** Any letters that a table or an index can have in its name, and then some that are special to globs and to shells. */
const oddName = fc.string({
  unit: fc.constantFrom(..."abAB01-_. !()[]{}+@|^$~%&=;:'`éß日€".split('')),
  minLength: 1,
  maxLength: 12,
});

describe('a pattern', () => {
  test('without * and ? matches the name that it is, and no other', () => {
    fc.assert(
      fc.property(oddName, oddName, (name, other) => {
        expect(matchNames([name], [name, other])).toEqual(name === other ? [name, other] : [name]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('with * matches whatever stands there, nothing too', () => {
    fc.assert(
      fc.property(oddName, oddName, fc.option(oddName, { nil: '' }), (start, end, between) => {
        const name = `${start}${between}${end}`;
        expect(matchNames([`${start}*${end}`, 'nothing'], [name])).toEqual([name]);
        expect(matchNames([`${start}*`], [name])).toEqual([name]);
        expect(matchNames([`*${end}`], [name])).toEqual([name]);
        expect(matchNames(['*'], [name])).toEqual([name]);
      }),
      { numRuns: 2_000 },
    );
  });

  test.for([
    ['app-*', ['app-', 'app-a', 'app-a.b'], ['app', 'xapp-a', 'App-a']],
    ['app-?', ['app-a', 'app--'], ['app-', 'app-ab']],
    ['*', ['a', '.dot', '-x', '!a'], []],
    ['*-2026.*', ['logs-2026.01', '.logs-2026.'], ['logs-2025.01', 'logs-2026x01']],
    ['.*', ['.a'], ['a']],
    ['a.c', ['a.c'], ['abc']],
    ['[ab]', ['[ab]'], ['a', 'b']],
    ['{a,b}', ['{a,b}'], ['a', 'b']],
    ['!a', ['!a'], ['a', 'b']],
    ['+(a)', ['+(a)'], ['a', 'aa']],
    ['a?*', ['ab', 'abc'], ['a']],
    ['a**b', ['ab', 'axxb'], ['a']],
  ] as const)('%s takes its names and leaves the others', ([pattern, taken, left]) => {
    expect(matchNames([pattern], [...taken, ...left])).toEqual(taken);
  });

  test('that comes after another one adds what it matches; names keep their order and come once', () => {
    expect(matchNames(['c', 'a*', '*'], ['b', 'a1', 'c'])).toEqual(['b', 'a1', 'c']);
  });
});

const nothing = (message: string) =>
  expect.objectContaining({
    name: 'InvalidRequestError',
    code: expect.stringMatching(/^(TABLES|INDICES)_MATCH_NOTHING$/),
    message,
  });

describe('the tables of a plan', () => {
  const existing = ['web-b', 'app-c', 'app-a', 'app-cache'];

  test('are those that match, in the order of the alphabet, less the excluded', () => {
    const selection = { include: ['app-*', 'web-b'], exclude: ['*-cache', 'gone-*'] };
    expect(selectTables(selection, existing, [], where)).toEqual(['app-a', 'app-c', 'web-b']);
  });

  test('are those with the tags as well, less the excluded', () => {
    const selection = { include: ['app-a'], exclude: ['*-cache'], tags: { Backup: 'nightly' } };
    expect(selectTables(selection, existing, ['web-b', 'app-a', 'app-cache'], where)).toEqual(['app-a', 'web-b']);
  });

  test('may be chosen by their tags alone', () => {
    const selection = { include: [], exclude: [], tags: { Backup: 'nightly' } };
    expect(selectTables(selection, existing, ['web-b'], where)).toEqual(['web-b']);
  });

  test.for([
    [
      'a name and a glob that match nothing, each with its place',
      { include: ['app-*', 'app-orders', 'shop-*'], exclude: [] },
      'tandem.yml:include.1: "app-orders", tandem.yml:include.2: "shop-*" matches no table.',
    ],
    [
      'tags that no table carries',
      { include: ['app-*'], exclude: [], tags: { Backup: 'nightly' } },
      'tandem.yml:tags: no table carries the tags {"Backup":"nightly"}.',
    ],
    [
      'an exclusion that leaves nothing',
      { include: ['app-*'], exclude: ['app-*'] },
      'tandem.yml:exclude: leaves out every table that the plan includes.',
    ],
  ] as const)('are refused for %s', ([, { include, exclude, ...rest }, message]) => {
    const selection = { include: [...include], exclude: [...exclude], ...rest };
    expect(() => selectTables(selection, existing, [], where)).toThrow(nothing(message));
  });

  test('do not depend on the order in which DynamoDB lists them', () => {
    const names = fc.uniqueArray(oddName, { minLength: 1 });
    fc.assert(
      fc.property(names, (tables) => {
        const all = { include: ['*'], exclude: [] };
        expect(selectTables(all, tables.toReversed(), [], where)).toEqual(selectTables(all, tables, [], where));
      }),
    );
  });
});

test('a table carries the tags where it has each of them with that value', () => {
  const tags = { Backup: 'nightly', Team: 'shop' };
  expect(carriesTags(tags, { Backup: 'nightly' })).toBe(true);
  expect(carriesTags(tags, { Backup: 'nightly', Team: 'shop' })).toBe(true);
  expect(carriesTags(tags, { Backup: 'Nightly' })).toBe(false);
  expect(carriesTags(tags, { Backup: 'nightly', Stage: 'prod' })).toBe(false);
});

function of(indices: string[], dataStreams: ExistingIndices['dataStreams'] = []): ExistingIndices {
  return { indices, dataStreams };
}

describe('the indices of a plan', () => {
  const existing = of(['orders', '.kibana_1', '.notes', 'products', 'security-auditlog-2026.11.22', 'orders-old']);

  test('are all but the system ones where it takes everything: not every dot index is one', () => {
    expect(selectIndices({ include: ['*'], exclude: [] }, existing, where)).toEqual([
      '.notes',
      'orders',
      'orders-old',
      'products',
    ]);
  });

  test('are those that match, less the excluded', () => {
    expect(selectIndices({ include: ['orders*', '.notes'], exclude: ['*-old'] }, existing, where)).toEqual([
      '.notes',
      'orders',
    ]);
  });

  test.for([
    ['a pattern that matches nothing', ['orders', 'gone-*'], [], 'tandem.yml:include.1: "gone-*" matches no index.'],
    ['a system index by its name', ['.kibana_1'], [], 'tandem.yml:include.0: ".kibana_1" matches no index.'],
    [
      'a list that is empty in the end',
      ['orders*'],
      ['*'],
      'tandem.yml:exclude: leaves out every index that the plan includes.',
    ],
  ] as const)('are refused for %s', ([, include, exclude, message]) => {
    const patterns = { include: [...include], exclude: [...exclude] };
    expect(() => selectIndices(patterns, existing, where)).toThrow(nothing(message));
  });

  test('are refused on a domain that has system indices only', () => {
    expect(() => selectIndices({ include: ['*'], exclude: [] }, of(['.kibana_1', '.tasks']), where)).toThrow(
      nothing('tandem.yml:include.0: "*" matches no index.'),
    );
  });

  test('may have the name of one that holds a data stream', () => {
    expect(selectIndices({ include: ['.ds-notes'], exclude: [] }, of(['.ds-notes']), where)).toEqual(['.ds-notes']);
  });
});

describe('a data stream', () => {
  const backing = ['.ds-app-logs-000001', 'app-logs-before'];
  const existing = of(['app-1', ...backing], [{ name: 'app-logs', indices: backing }]);

  test.for([
    ['a glob that matches it', ['app-*'], []],
    ['its name', ['app-1', 'app-logs'], []],
    ['a glob that matches it and no index', ['app-l*'], []],
    ['a glob that matches only a backing index', ['app-1', '.ds-*'], []],
    ['the name of a backing index', ['app-1', 'app-logs-before'], []],
    ['everything, less some of its backing indices', ['*'], ['.ds-*']],
  ] as const)('is refused for %s', ([, include, exclude]) => {
    const patterns = { include: [...include], exclude: [...exclude] };
    expect(() => selectIndices(patterns, existing, where)).toThrow(
      expect.objectContaining({ code: 'DATA_STREAM', message: 'tandem.yml:include: matches data streams: app-logs.' }),
    );
  });

  test.for([
    ['its name', ['app-logs']],
    ['all of its backing indices', ['.ds-*', '*-before']],
  ] as const)('is left out with its backing indices by %s', ([, exclude]) => {
    expect(selectIndices({ include: ['*'], exclude: [...exclude] }, existing, where)).toEqual(['app-1']);
  });

  test('of the system is left out in any case', () => {
    const audit = { name: 'security-auditlog-2026', indices: ['.ds-security-auditlog-2026-000001'] };
    const all = of(['app-1', ...audit.indices], [audit]);
    expect(selectIndices({ include: ['*'], exclude: [] }, all, where)).toEqual(['app-1']);
  });
});
