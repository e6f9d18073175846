import { describe, expect, it } from 'vitest';
import { World } from '../support/world.ts';

describe('a restore', () => {
  it('brings back what was deleted, altered and dropped', async () => {
    const world = new World().addTables(3).addIndices();
    await world.backup();
    world.dynamo.write('app-0000', 'item', undefined);
    world.dynamo.write('app-0001', 'item', 'damaged');
    world.search.removeIndex('app-orders');
    world.search.changeIndex('app-products', { documents: 3, aliases: {} });

    const run = await world.restore();

    expect(run.failure).toBeUndefined();
    expect([...world.dynamo.items('app-0000')]).toEqual([['item', 'of table 0']]);
    expect([...world.dynamo.items('app-0001')]).toEqual([['item', 'of table 1']]);
    const indices = await world.search.indices.describe(['app-orders', 'app-products']);
    expect(indices.map((index) => index.documents)).toEqual([80, 120]);
  });
});
