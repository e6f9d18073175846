import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
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
});
