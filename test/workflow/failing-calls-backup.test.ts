import { describe, it } from 'vitest';
import { failCall, failingCalls, nameOf } from '../support/failing-calls.ts';
import { expectOneRecoveryPoint, expectSuccessOrOneAlert } from '../support/round-trip.ts';
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

      await expectSuccessOrOneAlert(world, await world.backup());
      await expectOneRecoveryPoint(world);
    },
  );
});
