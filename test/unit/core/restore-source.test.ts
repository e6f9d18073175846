import { describe, expect, it } from 'vitest';
import { atSchema, snapshotAddressSchema } from '../../../shared/contracts/restore-source.ts';
import { mayHoldUnreadable } from '../../../shared/core/engine-compatibility.ts';
import { momentOf, sealSource, skewRemark } from '../../../shared/core/restore-source.ts';
import { indicesOfPlan, restorableIndices } from '../../../shared/core/snapshot-source.ts';
import { sampleManifest } from '../../support/sample-manifest.ts';

describe('a moment to restore to', () => {
  it.each([
    ['2026-11-27T03:00:00+01:00', '2026-11-27T02:00:00.000Z'],
    ['2026-11-27T02:00:00.999Z', '2026-11-27T02:00:00.000Z'],
    ['2026-11-27T02:00Z', '2026-11-27T02:00:00.000Z'],
  ])('is taken to the second: %s', (written, moment) => {
    expect(momentOf(atSchema.parse(written)).toISOString()).toBe(moment);
  });

  it.each(['2026-11-27T02:00:00', '2026-11-27', 'yesterday', '2026-02-30T02:00:00Z'])('is not %s', (written) => {
    expect(atSchema.safeParse(written).success).toBe(false);
  });

  it('lies so many seconds from the indices', () => {
    const [night, morning] = ['2026-11-27T02:00:00.000Z', '2026-11-27T04:00:00.000Z'];
    expect(skewRemark(morning, night)).toContain('documents are 7,200 seconds older than items');
    expect(skewRemark(night, morning)).toContain('documents are 7,200 seconds newer than items');
  });
});

it.each(['cs-automated', 'a/b/c', '/name', 'cs-automated/', 'a b/c'])('a snapshot is not named %s', (address) => {
  expect(snapshotAddressSchema.safeParse(address).success).toBe(false);
});

it('of a snapshot neither system indices nor those of data streams are restored, and by default those of the plan', () => {
  const indices = ['.kibana_1', 'shop-b', '.ds-logs-000001', '.opendistro_security', 'shop-a-swap-0123abcd', '.own'];

  const restorable = restorableIndices({ indices });

  expect(restorable).toEqual(['.own', 'shop-a-swap-0123abcd', 'shop-b']);
  expect(indicesOfPlan({ include: ['shop-*'], exclude: ['shop-a'] }, restorable)).toEqual(['shop-b']);
});

it.each([
  ['3.8.0', '3.1.0', false],
  ['3.8.0', '2.19.1', true],
  ['2.19.1', '7.10.2', true],
  ['1.3.0', '7.10.2', false],
  ['3.8.0', undefined, true],
])('an engine of version %s may meet indices that it cannot read in a snapshot of %s: %s', (engine, version, may) => {
  expect(mayHoldUnreadable({ distribution: 'opensearch', version: engine }, version)).toBe(may);
});

it('the hash of a source holds what is settled, and not what DynamoDB counts anew', () => {
  const { hash: _, ...source } = sampleManifest();
  const counted = { ...source, tables: source.tables.map((table) => ({ ...table, items: table.items + 1, bytes: 0 })) };
  const other = { ...source, tables: source.tables.map((table) => ({ ...table, tableId: 'another' })) };

  expect(sealSource(counted).hash).toBe(sealSource(source).hash);
  expect(sealSource(other).hash).not.toBe(sealSource(source).hash);
});
