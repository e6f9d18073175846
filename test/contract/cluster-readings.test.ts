import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ClusterDisks } from '../../shared/ports/cluster-readings.ts';
import { searchSubjects } from '../support/search-subjects.ts';

describe.each(searchSubjects)('a domain as a whole: $name', ({ open }) => {
  async function opened() {
    const search = await open();
    onTestFinished(() => search.stop());
    return search;
  }

  it('counts all shards, those without a place included, and says how many a data node takes', async () => {
    const search = await opened();
    const index = `health-${randomUUID()}`;
    onTestFinished(() => search.removeIndex(index));
    const before = await search.cluster.health();

    await search.createIndex(index, { primaries: 2, replicas: 1 });

    const { dataNodes, shards, unassigned, status } = await search.cluster.health();
    expect(dataNodes).toBe(1);
    // Others make and delete indices of the same server at the same time.
    expect(shards).toBeGreaterThanOrEqual(4);
    expect(unassigned).toBeGreaterThanOrEqual(2);
    expect(['yellow', 'red']).toContain(status);
    expect(before.dataNodes).toBe(1);
    expect(await search.cluster.shardsPerNode()).toBe(1_000);
  });

  it('is red while an index lacks a primary', async () => {
    const search = await opened();
    const index = `red-${randomUUID()}`;
    onTestFinished(() => search.removeIndex(index));

    await search.createRedIndex(index);

    expect((await search.cluster.health()).status).toBe('red');
  });

  it.each<[what: string, watermarks: ClusterDisks['watermarks'] | undefined]>([
    ['nobody limits', undefined],
    ['a share may be used of', { low: { usedShare: 0.97 }, high: { usedShare: 0.99 } }],
    ['bytes must stay free of', { low: { freeBytes: 64 * 1_024 ** 2 }, high: { freeBytes: 16 * 1_024 ** 2 } }],
  ])('tells the disks of its data nodes, and how full they may get: %s', async (_, watermarks) => {
    const search = await opened();
    onTestFinished(() => search.setWatermarks(undefined));
    await search.setWatermarks(watermarks);

    const disks = await search.cluster.disks();

    expect(disks.watermarks).toEqual(watermarks ?? { low: { usedShare: 1 }, high: { usedShare: 1 } });
    const [{ totalBytes, availableBytes } = { totalBytes: 0, availableBytes: 0 }, ...others] = disks.nodes;
    expect(others).toEqual([]);
    expect(availableBytes).toBeGreaterThan(0);
    expect(totalBytes).toBeGreaterThan(availableBytes);
  });
});
