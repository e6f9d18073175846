import { describe, expect, it } from 'vitest';
import { failCall, failingCalls, nameOf } from '../support/failing-calls.ts';
import { expectOneRecoveryPoint, expectSuccess } from '../support/round-trip.ts';
import { World } from '../support/world.ts';

const toBackUp = () => new World().addTables(2).addIndices();

const untroubled = toBackUp();
await untroubled.backup();

describe('a backup of which one call', () => {
  it.for(failingCalls(untroubled).map((call) => ({ call, name: nameOf(call) })))(
    '$name ends well, or with one alert that tells how to go on',
    async ({ call }) => {
      const world = toBackUp();
      failCall(world, call);

      const run = await world.backup();

      const alerts = world.alerts.published.length;
      if (run.status === 'SUCCEEDED') expect(alerts).toBe(0);
      else {
        expect([run.status, alerts]).toEqual(['FAILED', 1]);
        expectSuccess(await world.carryOn());
        expect(world.alerts.published).toHaveLength(1);
      }
      await expectOneRecoveryPoint(world);
    },
  );
});
