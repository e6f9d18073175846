import { describe, expect, it } from 'vitest';
import { filtersByAttribute, filtersOf, filterText, pairsOf } from '../../../shared/core/pairs.ts';
import { webinyPairs } from '../../../shared/core/webiny-pairs.ts';
import { indexRecord, searchRecord, tableRecord } from '../../support/sample-manifest.ts';

describe('filters of items', () => {
  it.for([
    [{ S: '1' }, '1', true],
    [{ N: '1' }, 1, true],
    [{ N: '1.0' }, 1, true],
    [{ BOOL: false }, false, true],
    [{ N: '1' }, '1', false],
    [{ S: 'false' }, false, false],
    [{ SS: ['1'] }, '1', false],
    [{ NULL: true }, 'true', false],
  ] as const)('%j equals %j: %s', ([value, equals, isTaken]) => {
    const filter = { attribute: 'kind', equals };
    const given = { kind: 'SS' in value ? { SS: [...value.SS] } : value };

    expect(filtersOf(given, filtersByAttribute([filter]))).toEqual(isTaken ? [filterText(filter)] : []);
  });

  it('take an item by each attribute, and by that it has one', () => {
    const filters = [{ attribute: 'a' }, { attribute: 'a', equals: 'x' }, { attribute: 'b', equals: 2 }];

    const item = { a: { S: 'x' }, b: { N: '2' }, c: { S: 'x' } };
    expect(filtersOf(item, filtersByAttribute(filters))).toEqual(['a', 'a = "x"', 'b = 2']);
    expect(filtersOf({ a: { S: 'y' } }, filtersByAttribute(filters))).toEqual(['a']);
  });
});

describe('the pairs of Webiny', () => {
  const search = 'wby-webiny-es-1a2b3c4';
  const indices = [
    'root-headless-cms-en-us-posts',
    'prod-t1-headless-cms-posts',
    'root-page-builder',
    'root-form-builder',
    'orders',
  ];

  it('are of the search table and each index of the application, by the index that items name', () => {
    expect(webinyPairs(['wby-webiny-1a2b3c4', search, 'webiny-audit-logs-1a2b3c4'], indices)).toEqual(
      indices.slice(0, 4).map((name) => ({
        ...{ table: search, indices: [name] },
        where: { attribute: 'index', equals: name },
      })),
    );
  });

  it('are none where there are two applications, or none', () => {
    expect(webinyPairs([search, 'webiny-es-9'], indices)).toEqual([]);
    expect(webinyPairs(['webiny-1a2b3c4'], indices)).toEqual([]);
  });

  it('give way to what the plan says of the table', () => {
    const manifest = {
      tables: [tableRecord({ name: search })],
      search: searchRecord(indices.map((name) => indexRecord({ name }))),
    };
    const named = [{ table: search, index: 'root-*' }];

    expect(pairsOf(named, manifest)).toEqual({
      pairs: [{ table: search, indices: [indices[0], indices[2], indices[3]] }],
      remarks: [],
    });
    expect(pairsOf([], manifest).pairs).toHaveLength(4);
  });
});
