import { describe, expect, test } from 'vitest';
import type { PresentIndex } from '../../../shared/core/index-steps.ts';
import { makeRestorePlan, type Present, restorePlanHash } from '../../../shared/core/restore-plan.ts';
import { restoreSteps } from '../../../shared/core/restore-steps.ts';
import type { PresentTable } from '../../../shared/core/table-steps.ts';
import { indexRecord, sampleManifest, searchRecord, tableRecord } from '../../support/sample-manifest.ts';

const manifest = sampleManifest({
  tables: [tableRecord({ name: 'app-orders' }), tableRecord({ name: 'app-users' })],
  search: searchRecord([indexRecord({ name: 'orders' }), indexRecord({ name: 'users', documents: null })]),
});
const all = { tables: ['app-orders', 'app-users'], indices: ['orders', 'users'] };

const createdAt = new Date('2026-11-20T10:00:00Z');
const presentTable: PresentTable = {
  id: 'id-1',
  deletionProtected: true,
  items: 4,
  bytes: 400,
  createdAt,
  triggers: [{ uuid: 'mapping-1', functionArn: 'arn:indexer', enabled: true }],
};
const presentIndex: PresentIndex = { id: 'uuid-1', documents: 9, bytes: 900, createdAt };
const writers = {
  tables: ['app-orders', 'app-new'],
  mappings: [{ table: 'app-orders', functionArn: 'arn:indexer', uuid: 'mapping-1', enabled: true }],
  functions: [{ name: 'import', reserved: null }],
};
const present: Present = {
  tables: new Map([['app-orders', presentTable]]),
  indices: new Map([['users', presentIndex]]),
  aliases: new Map(),
  matched: { tables: ['app-orders', 'app-new'], indices: ['users', 'new'] },
  dataNodes: 1,
  writers,
};

const strategies = { tables: 'replace', indices: 'replace' } as const;
const saved = { wanted: true, unsaved: [], strategies, writeUnits: 1_000 };

function planOf(parts = all, there = present, more: { remarks?: string[]; deadline?: number } = {}, from = manifest) {
  return makeRestorePlan(from, restoreSteps(from, parts, there, saved), there, { ...saved, ...more });
}

describe('the plan of a restore', () => {
  test('replaces what exists, creates what does not, and keeps what is not in the recovery point', () => {
    const { estimate, ...plan } = planOf(all, present, { remarks: ['a remark'] });

    expect(estimate.dollars).toBeGreaterThan(0);
    const recorded = { items: 3, bytes: 300, at: '2026-11-22T02:00:01.000Z' };
    const table = { strategy: 'replace', settings: { back: [], not: [] }, recorded };
    const index = { strategy: 'replace', aliases: [], becomesAlias: false };
    expect(plan).toEqual({
      plan: 'app',
      recoveryPoint: 'app-20261122-020000',
      source: { kind: 'recoveryPoint' },
      toEndpoint: null,
      manifestHash: manifest.hash,
      strategies,
      settingsBeside: false,
      writeUnits: null,
      rename: null,
      keepOld: false,
      tables: [
        {
          ...table,
          name: 'app-orders',
          target: 'app-orders',
          action: 'replace',
          currentId: 'id-1',
          backupArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/app-orders/backup/01',
          deletionProtected: true,
          triggers: [{ functionArn: 'arn:indexer', uuid: 'mapping-1', recorded: false, enabled: true }],
          current: { items: 4, bytes: 400, createdAt: '2026-11-20T10:00:00.000Z' },
        },
        {
          ...table,
          name: 'app-users',
          target: 'app-users',
          action: 'create',
          currentId: null,
          backupArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/app-users/backup/01',
          deletionProtected: false,
          triggers: [],
          current: null,
        },
      ],
      indices: [
        {
          ...index,
          name: 'orders',
          target: 'orders',
          action: 'create',
          currentId: null,
          currentName: null,
          current: null,
          recorded: { documents: 3, bytes: 300, at: '2026-11-22T02:00:02.000Z' },
        },
        {
          ...index,
          name: 'users',
          target: 'users',
          action: 'replace',
          currentId: 'uuid-1',
          currentName: 'users',
          current: { documents: 9, bytes: 900, createdAt: '2026-11-20T10:00:00.000Z' },
          recorded: { documents: null, bytes: 300, at: '2026-11-22T02:00:02.000Z' },
        },
      ],
      kept: { tables: ['app-new'], indices: ['new'] },
      sharedAliases: [],
      writers,
      safetyPoint: {
        tables: ['app-orders'],
        indices: ['users'],
        absent: { tables: ['app-users'], indices: ['orders'] },
      },
      remarks: ['a remark'],
    });
  });

  test('touches nothing that was not asked for', () => {
    const plan = planOf({ tables: ['app-users'], indices: [] });
    expect(plan.tables.map((table) => table.name)).toEqual(['app-users']);
    expect(plan.indices).toEqual([]);
    expect(plan.kept).toEqual({ tables: ['app-orders', 'app-new'], indices: ['users', 'new'] });
  });
});

describe('the hash of a plan', () => {
  const hash = (manifestNow = manifest, parts = all, there = present) =>
    restorePlanHash(planOf(parts, there, {}, manifestNow));

  test('is the same for the same plan', () => {
    expect(hash()).toBe(hash());
    expect(hash()).toMatch(/^[0-9a-f]{64}$/);
  });

  test.for<[what: string, other: string]>([
    [
      'another table of the same name stands there',
      hash(manifest, all, { ...present, tables: new Map([['app-orders', { ...presentTable, id: 'id-2' }]]) }),
    ],
    ['a table that stood there is gone', hash(manifest, all, { ...present, tables: new Map() })],
    [
      'the protection of a table was switched',
      hash(manifest, all, {
        ...present,
        tables: new Map([['app-orders', { ...presentTable, deletionProtected: false }]]),
      }),
    ],
    [
      'another index of the same name stands there',
      hash(manifest, all, { ...present, indices: new Map([['users', { ...presentIndex, id: 'uuid-2' }]]) }),
    ],
    [
      'a trigger was made',
      hash(manifest, all, { ...present, tables: new Map([['app-orders', { ...presentTable, triggers: [] }]]) }),
    ],
    ['less is asked for', hash(manifest, { ...all, tables: ['app-orders'] })],
    ['something that is kept was added', hash(manifest, all, { ...present, matched: { tables: [], indices: [] } })],
    ['the manifest is another one', hash(sampleManifest({ ...manifest, warnings: ['x'] }))],
  ])('is another one where %s', ([, other]) => {
    expect(other).not.toBe(hash());
  });
});

test('the plan of a restore that may take longer than its deadline says so', () => {
  const remarks = (deadline: number) => planOf(all, present, { deadline }).remarks;

  expect(remarks(4 * 3_600)).toEqual([]);
  expect(remarks(600)).toEqual([expect.stringMatching(/may take up to \d+ minutes, .* stopped after 10:/)]);
});

test('the hash of a plan does not change with what moves by itself', () => {
  const grown: Present = {
    ...present,
    tables: new Map([['app-orders', { ...presentTable, items: 5, bytes: 5e9, createdAt: new Date(0) }]]),
    indices: new Map([['users', { ...presentIndex, documents: null, bytes: 7e9, createdAt: undefined }]]),
    dataNodes: 3,
  };
  const then = planOf(all);
  const now = planOf(all, grown, { remarks: ['a remark'] });

  expect(now.estimate).not.toEqual(then.estimate);
  expect(restorePlanHash(now)).toBe(restorePlanHash(then));
});
