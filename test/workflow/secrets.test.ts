import { expect, it } from 'vitest';
import { catalog, World } from '../support/world.ts';

it('keeps the keys of a self-managed repository out of the catalog, the state and the alert', async () => {
  const world = new World().addTables(1).addIndices();
  const settings = { access_key: 'name-of-the-key', secret_key: 'the-very-secret' };
  world.plan({ search: { repository: { name: 'tandem', bucket: 'snapshots', settings } } });

  const good = await world.backup();
  world.search.setUnwritable('tandem', 'the bucket is gone');
  const bad = await world.backup();

  expect([good.status, bad.status]).toEqual(['SUCCEEDED', 'FAILED']);
  expect((await world.search.snapshots.repository('tandem'))?.settings.secret_key).toBe('the-very-secret');
  const store = world.buckets.open(catalog);
  const kept = await Promise.all((await store.list('')).map(async (key) => (await store.get(key))?.body));
  expect(JSON.stringify([kept, good, bad, world.alerts.published])).not.toContain('the-very-secret');
});
