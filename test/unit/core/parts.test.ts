import { describe, expect, test } from 'vitest';
import { selectParts } from '../../../shared/core/parts.ts';
import { indexRecord, sampleManifest, searchRecord, tableRecord } from '../../support/sample-manifest.ts';

const manifest = sampleManifest({
  tables: [tableRecord({ name: 'app-orders' }), tableRecord({ name: 'app-users' })],
  search: searchRecord([indexRecord({ name: 'orders' }), indexRecord({ name: 'users', documents: null })]),
});
const all = { tables: ['app-orders', 'app-users'], indices: ['orders', 'users'] };

describe('a restore asks for', () => {
  test('everything where it names nothing', () => {
    expect(selectParts(manifest, {})).toEqual(all);
  });

  test('only what it names: tables alone leave the indices out, and the other way round', () => {
    expect(selectParts(manifest, { tables: ['*-users'] })).toEqual({ tables: ['app-users'], indices: [] });
    expect(selectParts(manifest, { indices: ['*'] })).toEqual({ tables: [], indices: ['orders', 'users'] });
  });

  test('the tables of a recovery point that has no indices', () => {
    expect(selectParts(sampleManifest({ search: null }), {})).toEqual({ tables: ['app-orders'], indices: [] });
  });

  test.for([
    [{ tables: ['app-orders', 'shop-*'] }, '"shop-*" matches no table of the recovery point.'],
    [{ indices: ['app-orders'] }, '"app-orders" matches no index of the recovery point.'],
  ] as const)('nothing that the recovery point does not hold: %o', ([selection, message]) => {
    const { tables, indices } = { tables: undefined, indices: undefined, ...selection };
    const asked = { tables: tables && [...tables], indices: indices && [...indices] };
    expect(() => selectParts(manifest, asked)).toThrow(
      expect.objectContaining({ code: 'NOTHING_TO_RESTORE', name: 'GuardRefusedError', message }),
    );
  });
});
