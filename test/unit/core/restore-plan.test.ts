import { describe, expect, test } from 'vitest';
import {
  assertConfirmed,
  makeRestorePlan,
  type Present,
  restorePlanHash,
  selectParts,
} from '../../../shared/core/restore-plan.ts';
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

const present: Present = {
  tables: new Map([['app-orders', { id: 'id-1', deletionProtected: true }]]),
  indices: new Map([['users', 'uuid-1']]),
  aliases: new Map(),
  matched: { tables: ['app-orders', 'app-new'], indices: ['users', 'new'] },
};

describe('the plan of a restore', () => {
  test('replaces what exists, creates what does not, and keeps what is not in the recovery point', () => {
    expect(makeRestorePlan(manifest, all, 'replace', present)).toEqual({
      plan: 'app',
      recoveryPoint: 'app-20261122-020000',
      manifestHash: manifest.hash,
      strategy: 'replace',
      tables: [
        {
          name: 'app-orders',
          action: 'replace',
          currentId: 'id-1',
          backupArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/app-orders/backup/01',
          deletionProtected: true,
        },
        {
          name: 'app-users',
          action: 'create',
          currentId: null,
          backupArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/app-users/backup/01',
          deletionProtected: false,
        },
      ],
      indices: [
        { name: 'orders', action: 'create', currentId: null, documents: 3 },
        { name: 'users', action: 'replace', currentId: 'uuid-1', documents: null },
      ],
      kept: { tables: ['app-new'], indices: ['new'] },
      sharedAliases: [],
    });
  });

  test('touches nothing that was not asked for', () => {
    const plan = makeRestorePlan(manifest, { tables: ['app-users'], indices: [] }, 'replace', present);
    expect(plan.tables.map((table) => table.name)).toEqual(['app-users']);
    expect(plan.indices).toEqual([]);
    expect(plan.kept).toEqual({ tables: ['app-orders', 'app-new'], indices: ['users', 'new'] });
  });
});

describe('the hash of a plan', () => {
  const hash = (manifestNow = manifest, parts = all, there = present) =>
    restorePlanHash(makeRestorePlan(manifestNow, parts, 'replace', there));

  test('is the same for the same plan', () => {
    expect(hash()).toBe(hash());
    expect(hash()).toMatch(/^[0-9a-f]{64}$/);
  });

  test.for<[what: string, other: string]>([
    [
      'another table of the same name stands there',
      hash(manifest, all, { ...present, tables: new Map([['app-orders', { id: 'id-2', deletionProtected: true }]]) }),
    ],
    ['a table that stood there is gone', hash(manifest, all, { ...present, tables: new Map() })],
    [
      'the protection of a table was switched',
      hash(manifest, all, { ...present, tables: new Map([['app-orders', { id: 'id-1', deletionProtected: false }]]) }),
    ],
    [
      'another index of the same name stands there',
      hash(manifest, all, { ...present, indices: new Map([['users', 'uuid-2']]) }),
    ],
    ['less is asked for', hash(manifest, { ...all, tables: ['app-orders'] })],
    ['something that is kept was added', hash(manifest, all, { ...present, matched: { tables: [], indices: [] } })],
    ['the manifest is another one', hash(sampleManifest({ ...manifest, warnings: ['x'] }))],
  ])('is another one where %s', ([, other]) => {
    expect(other).not.toBe(hash());
  });
});

describe('a restore is', () => {
  test('confirmed by the hash of its plan', () => {
    expect(() => assertConfirmed('abc', { planHash: 'abc', confirmed: false })).not.toThrow();
  });

  test('confirmed without a look at the plan', () => {
    expect(() => assertConfirmed('abc', { confirmed: true })).not.toThrow();
  });

  test('not confirmed by nothing; the hash that would is named', () => {
    expect(() => assertConfirmed('abc', { confirmed: false })).toThrow(
      expect.objectContaining({
        code: 'NOT_CONFIRMED',
        name: 'GuardRefusedError',
        message: expect.stringContaining('abc'),
      }),
    );
  });

  test.for([true, false])('not confirmed by the hash of another plan, with --yes (%s) or without', (confirmed) => {
    expect(() => assertConfirmed('abc', { planHash: 'xyz', confirmed })).toThrow(
      expect.objectContaining({ code: 'PLAN_CHANGED', message: expect.stringMatching(/xyz.*abc/) }),
    );
  });
});
