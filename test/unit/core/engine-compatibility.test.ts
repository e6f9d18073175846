import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Engine } from '../../../shared/contracts/manifest.ts';
import { unreadableIndices } from '../../../shared/core/engine-compatibility.ts';

function reads(distribution: Engine['distribution'], version: string, createdVersion: string): boolean {
  return unreadableIndices({ distribution, version }, [{ name: 'orders', createdVersion }]).length === 0;
}

test.for([
  [
    'opensearch',
    '3.8.0',
    ['3.8.0', '3.0.0', '2.19.1', '2.0.0'],
    ['3.8.1', '3.9.0', '4.0.0', '1.3.20', '7.10.2', '8.15.0'],
  ],
  [
    'opensearch',
    '2.19.1',
    ['2.19.1', '2.3.0', '1.0.0', '7.10.2', '7.1.1'],
    ['2.20.0', '3.0.0', '6.8.23', '7.17.0', '8.0.0'],
  ],
  ['opensearch', '1.3.20', ['1.3.20', '1.0.0', '7.10.2', '7.0.0', '6.8.0'], ['2.0.0', '5.6.16', '7.11.0', '8.0.0']],
  ['elasticsearch', '8.15.0', ['8.15.0', '8.0.0', '7.17.24', '7.0.0'], ['8.15.1', '6.8.23', '1.0.0', '2.0.0', '3.0.0']],
  [
    'elasticsearch',
    '7.10.2',
    ['7.10.2', '7.10.0', '6.8.23', '6.0.0'],
    ['7.10.3', '7.11.0', '8.0.0', '5.6.16', '1.0.0'],
  ],
  ['elasticsearch', '6.8.23', ['6.8.23', '5.0.0'], ['7.0.0', '1.0.0', '2.3.0']],
] as const)(
  '%s %s reads the indices of its major version and of the one before, none newer than itself',
  ([distribution, version, readable, unreadable]) => {
    expect([...readable, ...unreadable].filter((created) => reads(distribution, version, created))).toEqual(readable);
  },
);

test('versions are numbers, not text', () => {
  expect(reads('opensearch', '2.9.0', '2.11.0')).toBe(false);
  expect(reads('opensearch', '2.11.0', '2.9.0')).toBe(true);
  expect(reads('opensearch', '10.0.0', '9.1.0')).toBe(false);
});

test('a pre-release counts as its version', () => {
  expect(reads('opensearch', '3.8.0-SNAPSHOT', '3.8.0')).toBe(true);
});

test('an engine reads what it makes itself', () => {
  const version = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(30), fc.nat(30)).map((parts) => parts.join('.'));
  fc.assert(fc.property(version, (made) => void expect(reads('opensearch', made, made)).toBe(true)));
});

test('only what cannot be read is named', () => {
  const indices = ['2.0.0', '1.0.0', '3.0.0'].map((createdVersion) => ({ name: `i${createdVersion}`, createdVersion }));
  expect(unreadableIndices({ distribution: 'opensearch', version: '3.1.0' }, indices)).toEqual([indices[1]]);
});
