import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, hashOf } from '../../../shared/core/hash.ts';
import { manifestText, readManifest, searchWindow, skewSeconds, tablesWindow } from '../../../shared/core/manifest.ts';
import {
  indexRecord,
  plainSettings,
  sampleManifest,
  searchRecord,
  tableRecord,
} from '../../support/sample-manifest.ts';

const changed = expect.objectContaining({ code: 'RECOVERY_POINT_CHANGED', name: 'GuardRefusedError' });

describe('a sealed manifest', () => {
  test('reads back as it was written', () => {
    const manifest = sampleManifest();
    expect(readManifest(manifestText(manifest), manifest.recoveryPoint)).toEqual(manifest);
  });

  test('is not made of what could not be read again', () => {
    const tables = [tableRecord({ backupCreatedAt: 'yesterday' })];
    expect(() => sampleManifest({ tables })).toThrow('backupCreatedAt');
  });

  test('is refused after a change of any one byte', () => {
    const tables = [tableRecord({ settings: { ...plainSettings, tags: { Äpfel: '日本 ✓' } } })];
    const bytes = Buffer.from(manifestText(sampleManifest({ tables })));
    const changes = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(changes, ([position, by]) => {
        const damaged = Buffer.from(bytes);
        damaged.writeUInt8((bytes.readUInt8(position) + by) % 256, position);
        expect(() => readManifest(damaged.toString(), 'app-1')).toThrow(changed);
      }),
      { numRuns: 2_000 },
    );
  });

  test.for([
    ['cut off', (text: string) => text.slice(0, -1)],
    ['longer by a line end', (text: string) => `${text}\n`],
    ['formatted anew', (text: string) => JSON.stringify(JSON.parse(text), null, 2)],
    ['with a key more', (text: string) => text.replace('{', '{"aaa":1,')],
    ['with a key twice', (text: string) => text.replace('{', '{"plan":"app",')],
    ['empty', () => ''],
    ['a list', () => '[]'],
    ['null', () => 'null'],
    ['without its hash', () => '{"plan":"app"}'],
  ] as const)('is refused where it is %s', ([, damage]) => {
    expect(() => readManifest(damage(manifestText(sampleManifest())), 'app-1')).toThrow(changed);
  });

  test('is refused where it was changed and another hash was put over it by hand', () => {
    const manifest = { ...sampleManifest(), plan: 'other' };
    expect(() => readManifest(manifestText(manifest), 'app-1')).toThrow('does not match its hash');
  });

  test('is refused, with the reason, where a later version of Tandem wrote it', () => {
    const { hash: _, ...manifest } = sampleManifest();
    const later = { ...manifest, schemaVersion: 2 };
    const text = canonicalJson({ ...later, hash: hashOf(later) });
    expect(() => readManifest(text, 'app-1')).toThrow('is not one that this version of Tandem reads');
  });

  test('holds names and tags of any letters', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), { maxKeys: 3 }),
        fc.string({ unit: 'binary' }),
        (tags, name) => {
          const settings = { ...plainSettings, tags };
          const search = searchRecord([indexRecord({ name, aliases: { [name]: { filter: tags } } })]);
          const text = manifestText(sampleManifest({ tables: [tableRecord({ name, settings })], search }));
          expect(readManifest(text, 'app-1').tables[0]?.name).toBe(name);
        },
      ),
    );
  });

  test('holds the tag __proto__, which schemas drop', () => {
    const tags = Object.fromEntries([['__proto__', 'x']]);
    const text = manifestText(sampleManifest({ tables: [tableRecord({ settings: { ...plainSettings, tags } })] }));
    expect(text).toContain('"__proto__":"x"');
    expect(() => readManifest(text, 'app-1')).not.toThrow();
  });
});

describe('the windows', () => {
  const at = (time: string) => ({ backupCreatedAt: `2026-11-22T${time}.000Z` });

  test('of the tables goes from the first to the last backup, in whatever order they come', () => {
    const window = tablesWindow([at('02:00:05'), at('02:00:01'), at('02:00:09')]);
    expect(window).toEqual({ from: '2026-11-22T02:00:01.000Z', to: '2026-11-22T02:00:09.000Z' });
  });

  test('of a side that a plan does not have is none', () => {
    expect(tablesWindow([])).toBeNull();
    expect(searchWindow(null)).toBeNull();
  });

  test('of the search side is that of the snapshot', () => {
    const { startedAt, completedAt } = searchRecord([]).snapshot;
    expect(searchWindow(searchRecord([]))).toEqual({ from: startedAt, to: completedAt });
  });
});

describe('the skew', () => {
  const window = (from: string, to: string) => ({ from: `2026-11-22T02:${from}.000Z`, to: `2026-11-22T02:${to}.000Z` });

  test.for([
    ['the tables are first', window('00:00', '00:10'), window('00:30', '01:00'), 60],
    ['the snapshot is first', window('00:30', '01:00'), window('00:00', '00:10'), 60],
    ['one lies within the other', window('00:00', '01:00'), window('00:20', '00:30'), 40],
    ['both are one moment', window('00:00', '00:00'), window('00:00', '00:00'), 0],
  ] as const)('is the longest time between two states: %s', ([, tables, search, seconds]) => {
    expect(skewSeconds(tables, search)).toBe(seconds);
  });

  test('of one side alone is none', () => {
    expect(skewSeconds(window('00:00', '01:00'), null)).toBe(0);
    expect(skewSeconds(null, window('00:00', '01:00'))).toBe(0);
  });
});
