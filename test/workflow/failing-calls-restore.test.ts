import { describe, it } from 'vitest';
import { failCall, failingCalls, nameOf } from '../support/failing-calls.ts';
import { expectRestored, expectSuccessOrOneAlert } from '../support/round-trip.ts';
import { World } from '../support/world.ts';

async function toRestore(): Promise<World> {
  const world = await new World().damaged();
  world.forgetCalls();
  return world;
}

const untroubled = await toRestore();
await untroubled.restore();

describe('a restore of which one call', () => {
  it.for(failingCalls(untroubled).map((call) => ({ call, name: nameOf(call) })))(
    '$name ends well, or with one alert that tells how to go on',
    async ({ call }) => {
      const world = await toRestore();
      failCall(world, call);

      await expectSuccessOrOneAlert(world, await world.restore());
      expectRestored(world);
    },
  );
});
