import { describe, expect, it } from 'vitest';
import { expectOneRecoveryPoint } from '../support/round-trip.ts';
import { World } from '../support/world.ts';

/** What the Scheduler sends: it gives the execution no name, so that a second delivery starts another execution. */
const nightly = { scheduledTime: '2026-11-22T02:00:00Z' };

describe('a start that the Scheduler delivers twice', () => {
  it('is one run: the second execution finds it, ends well and raises no alert', async () => {
    const world = new World().addTables(3).addIndices();

    const first = await world.backup(nightly);
    const second = await world.backup(nightly);

    expect([first.status, second.status]).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    await expectOnce(world);
  });

  it.for([0, 1, 2, 5, 30])('is one run with both executions at once, the second %d seconds later', async (seconds) => {
    const world = new World().addTables(3).addIndices();
    const later = async () => {
      await world.clock.sleep(seconds * 1_000);
      return world.backup(nightly);
    };

    const runs = await Promise.all([world.backup(nightly), later()]);

    expect(runs.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    await expectOnce(world);
  });
});

async function expectOnce(world: World): Promise<void> {
  await expectOneRecoveryPoint(world);
  expect(world.dynamo.faults.count('backups.create')).toBe(3);
  expect(world.alerts.published).toEqual([]);
}
