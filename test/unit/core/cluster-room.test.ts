import { describe, expect, test } from 'vitest';
import { type Change, diskVerdict, shardProblems } from '../../../shared/core/cluster-room.ts';
import type { ClusterDisks } from '../../../shared/ports/cluster-readings.ts';

const index = (bytes: number, primaries = 1, replicas = 0) => ({ bytes, primaries, replicas });
const health = (shards: number, dataNodes = 1) => ({ status: 'green' as const, dataNodes, shards, unassigned: 0 });

describe('the shards of a restore', () => {
  const change: Change = { deleted: [index(0, 2, 1)], restored: [index(0, 3, 1), index(0)] };

  test('count with all their replicas, and without those that are deleted first', () => {
    expect(shardProblems(change, health(10), 13)).toEqual([]);
    expect(shardProblems(change, health(10), 12)).toEqual([
      expect.objectContaining({
        code: 'SHARD_LIMIT',
        name: 'GuardRefusedError',
        message:
          'The domain would have 13 shards, and takes 12 (cluster.max_shards_per_node 12, data nodes 1): it has 10, of which 4 are deleted first, and 7 come back.',
      }),
    ]);
  });

  test('may be as many as all data nodes take together', () => {
    expect(shardProblems(change, health(10, 3), 5)).toEqual([]);
  });

  test('are none of the restore where it brings no index back, even in a domain that is full', () => {
    expect(shardProblems({ deleted: [], restored: [] }, health(20), 10)).toEqual([]);
  });
});

describe('the room on disk', () => {
  const disks = (...available: number[]): ClusterDisks => ({
    nodes: available.map((availableBytes) => ({ totalBytes: 1_000e9, availableBytes })),
    watermarks: { low: { usedShare: 0.85 }, high: { usedShare: 0.9 } },
  });

  test('ends at the high watermark', () => {
    expect(diskVerdict({ deleted: [], restored: [index(100e9)] }, disks(200e9)).problems).toEqual([]);
    const [problem] = diskVerdict({ deleted: [], restored: [index(101e9)] }, disks(200e9)).problems;
    expect(problem).toMatchObject({
      code: 'DISK_ROOM',
      message:
        'There is not enough room on disk: the restored indices take 101 GB with their replicas, and the data nodes (1) have 100 GB below their high watermark, the 0 GB of what is deleted first counted in.',
    });
  });

  test('is scarce beyond the low watermark', () => {
    const remarks = (bytes: number) => diskVerdict({ deleted: [], restored: [index(bytes)] }, disks(200e9)).remarks;
    expect(remarks(50e9)).toEqual([]);
    expect(remarks(51e9)).toEqual([expect.stringContaining('50 GB below their low watermark')]);
  });

  test('holds as many replicas as there are other nodes, and has no more of them', () => {
    const change = { deleted: [], restored: [index(100e9, 1, 5)] };
    expect(diskVerdict(change, disks(200e9)).problems).toEqual([]);
    expect(diskVerdict(change, disks(200e9, 200e9)).problems).toEqual([]);
    expect(diskVerdict(change, disks(200e9, 190e9)).problems).toHaveLength(1);
  });

  test('grows by what is deleted first', () => {
    const change = { deleted: [index(60e9)], restored: [index(150e9)] };
    expect(diskVerdict(change, disks(200e9)).problems).toEqual([]);
    expect(diskVerdict({ ...change, deleted: [] }, disks(200e9)).problems).toHaveLength(1);
  });

  test('of a full node is not below nothing', () => {
    expect(diskVerdict({ deleted: [], restored: [index(100e9)] }, disks(200e9, 10e9)).problems).toEqual([]);
  });

  test('may be limited by the bytes that stay free', () => {
    const watermarks = { low: { freeBytes: 20e9 }, high: { freeBytes: 10e9 } };
    const verdict = (bytes: number) =>
      diskVerdict({ deleted: [], restored: [index(bytes)] }, { ...disks(50e9), watermarks }).problems;
    expect(verdict(40e9)).toEqual([]);
    expect(verdict(41e9)).toHaveLength(1);
  });

  test('is not asked for where no index comes back', () => {
    expect(diskVerdict({ deleted: [], restored: [] }, disks(0))).toEqual({ problems: [], remarks: [] });
  });
});
