import { describe, expect, test } from 'vitest';
import { snapshotProblems } from '../../../shared/core/snapshot-verdict.ts';
import type { Snapshot } from '../../../shared/ports/snapshots.ts';

const good: Snapshot = {
  name: 'tandem-app-20261122-020000',
  uuid: 'u',
  state: 'SUCCESS',
  indices: ['orders', 'products', 'more'],
  metadata: {},
  startedAt: new Date(0),
  completedAt: new Date(1),
  shards: { total: 4, failed: 0, successful: 4 },
  failures: [],
  version: '3.8.0',
};
const expected = ['orders', 'products'];

test('a snapshot that succeeded with every shard and every expected index is good', () => {
  expect(snapshotProblems(good, expected)).toEqual([]);
});

describe('a snapshot is not good', () => {
  test.for(['PARTIAL', 'FAILED', 'INCOMPATIBLE', 'IN_PROGRESS'] as const)('in the state %s', (state) => {
    expect(snapshotProblems({ ...good, state }, expected)).toEqual([`its state is ${state}`]);
  });

  test('with a failed shard, even where its state is SUCCESS', () => {
    const shards = { total: 4, failed: 1, successful: 3 };
    expect(snapshotProblems({ ...good, shards }, expected)).toEqual(['1 of 4 shards failed']);
  });

  test('without shards', () => {
    const shards = { total: 0, failed: 0, successful: 0 };
    expect(snapshotProblems({ ...good, shards }, expected)).toEqual(['it holds no shard']);
  });

  test('without an index that it should hold', () => {
    expect(snapshotProblems({ ...good, indices: ['products'] }, expected)).toEqual(['it does not hold orders']);
  });

  test('with failures, which are told in the words of the server', () => {
    expect(snapshotProblems({ ...good, failures: ['orders[0]: disk full'] }, expected)).toEqual([
      'orders[0]: disk full',
    ]);
  });

  test('in several ways at once, each of which is told', () => {
    const shards = { total: 4, failed: 2, successful: 2 };
    const bad = { ...good, state: 'PARTIAL' as const, shards, indices: [], failures: ['why'] };
    expect(snapshotProblems(bad, expected)).toHaveLength(4);
  });
});
