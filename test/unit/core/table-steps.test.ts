import { describe, expect, test } from 'vitest';
import { recordUnder } from '../../../shared/core/record-under.ts';
import { chooseStrategies } from '../../../shared/core/strategies.ts';
import { type PresentTable, tableSteps } from '../../../shared/core/table-steps.ts';
import { plainSettings, sampleManifest, tableRecord } from '../../support/sample-manifest.ts';

const tags = { ...plainSettings, tags: { team: 'shop' } };
const manifest = sampleManifest({
  tables: [tableRecord({ name: 'orders', settings: tags }), tableRecord({ name: 'users' })],
  safetyOf: 'forth',
  absent: { tables: ['made'], indices: [] },
});
const orders: PresentTable = {
  ...{ id: 'id-1', deletionProtected: true, items: 4, bytes: 400, createdAt: new Date(0), writeUnits: 50 },
  triggers: [{ uuid: 'mapping-1', functionArn: 'arn:indexer', enabled: true }],
};
const present = new Map([
  ['orders', orders],
  ['made', { ...orders, id: 'id-2' }],
]);
const all = ['orders', 'users', 'made'];

describe('tables', () => {
  test('that are refilled stay what they are; those that are away are made', () => {
    expect(tableSteps(manifest, all, { strategy: 'refill' }, present)).toMatchObject([
      {
        ...{ name: 'orders', target: 'orders', action: 'refill', currentId: 'id-1', deletionProtected: false },
        ...{ triggers: [], current: { writeUnits: 50 } },
      },
      { name: 'users', action: 'create', currentId: null },
      { name: 'made', action: 'remove', currentId: 'id-2', deletionProtected: true },
    ]);
  });

  test('that are restored beside touch none that is there, and remove none', () => {
    expect(tableSteps(manifest, all, { strategy: 'beside' }, present)).toMatchObject([
      { name: 'orders', target: 'orders-restored', action: 'create', currentId: null, settings: { back: [] } },
      { name: 'users', target: 'users-restored', action: 'create' },
    ]);
    const [first] = tableSteps(manifest, ['orders'], { strategy: 'beside', suffix: 'x', settings: true }, present);
    expect(first).toMatchObject({ target: 'orders-x', triggers: [], settings: { back: ['tags'] } });
  });

  test('get no longer names than DynamoDB takes', () => {
    const wishes = { strategy: 'beside', suffix: 'x'.repeat(250) } as const;
    expect(() => tableSteps(manifest, ['orders'], wishes, present)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});

test('a record under another name names nothing of the first table', () => {
  const target = (id: string) => ({
    resourceId: id,
    dimension: 'dynamodb:table:ReadCapacityUnits' as const,
    ...{ minimum: 1, maximum: 5, policies: [] },
  });
  const record = tableRecord({ name: 'orders' });
  const settings = {
    ...plainSettings,
    resourcePolicy: `{"Resource":["${record.arn}","${record.arn}/index/*","${record.arn}-other"]}`,
    scaling: [target('table/orders'), target('table/orders/index/by-user')],
  };

  const other = recordUnder({ ...record, settings }, 'orders-restored');

  expect(other).toMatchObject({ name: 'orders-restored', arn: `${record.arn}-restored`, backupArn: record.backupArn });
  expect(other.settings.scaling.map(({ resourceId }) => resourceId)).toEqual([
    'table/orders-restored',
    'table/orders-restored/index/by-user',
  ]);
  expect(other.settings.resourcePolicy).toBe(
    `{"Resource":["${record.arn}-restored","${record.arn}-restored/index/*","${record.arn}-other"]}`,
  );
  expect(recordUnder(record, 'orders')).toBe(record);
});

describe('the strategies', () => {
  const usual = { tables: 'refill', indices: 'swap' } as const;

  test('are those of the plan file where nothing is asked for, and one for both where both know it', () => {
    expect(chooseStrategies({}, usual)).toEqual(usual);
    expect(chooseStrategies({ strategy: 'beside' }, usual)).toEqual({ tables: 'beside', indices: 'beside' });
    expect(chooseStrategies({ strategy: 'close' }, usual)).toEqual({ tables: 'refill', indices: 'close' });
    expect(chooseStrategies({ strategy: 'beside', tableStrategy: 'replace' }, usual).tables).toBe('replace');
  });
});
