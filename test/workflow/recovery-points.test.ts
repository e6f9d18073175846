import { expect, it } from 'vitest';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import { listRecoveryPoints } from '../../shared/steps/recovery-points.ts';
import { FakeClock } from '../support/fakes/clock.ts';

it('of a long catalog are read twenty at a time, each once', async () => {
  const clock = new FakeClock();
  const ids = Array.from({ length: 45 }, (_, night) => `app-${night}`);
  let reading = 0;
  let mostAtOnce = 0;
  const store: Pick<ObjectStore, 'list' | 'get'> = {
    list: async () => ids.map((id) => `recovery-points/app/${id}/manifest.json`),
    get: async () => {
      reading += 1;
      mostAtOnce = Math.max(mostAtOnce, reading);
      await clock.sleep(50);
      reading -= 1;
      return { body: '{}', version: '1' };
    },
  };

  const listed = await listRecoveryPoints(store);

  expect(listed.map((point) => point.id).toSorted()).toEqual(ids.toSorted());
  expect(mostAtOnce).toBe(20);
});
