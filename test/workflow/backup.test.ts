import { describe, expect, it } from 'vitest';
import { World } from '../support/world.ts';

describe('a backup', () => {
  it('records tables and indices as one recovery point', async () => {
    const world = new World().addTables(3).addIndices();

    const run = await world.backup();

    expect(run.failure).toBeUndefined();
    const [manifest] = await world.recoveryPoints();
    expect(manifest?.tables.map((table) => table.name)).toEqual(['app-0000', 'app-0001', 'app-0002']);
    expect(manifest?.search?.indices.map(({ name, documents, primaries }) => ({ name, documents, primaries }))).toEqual(
      [
        { name: 'app-empty', documents: 0, primaries: 1 },
        { name: 'app-orders', documents: 80, primaries: 2 },
        { name: 'app-products', documents: 120, primaries: 3 },
      ],
    );
    expect(world.alerts.published).toEqual([]);
  });
});
