import { describe, it } from 'vitest';
import { failCall, failingCalls, nameOf } from '../support/failing-calls.ts';
import { type RestoreOfTest, restores } from '../support/restores.ts';
import { expectSuccessOrOneAlert } from '../support/round-trip.ts';
import type { World } from '../support/world.ts';

async function toRestore({ begin }: RestoreOfTest): Promise<World> {
  const world = await begin();
  world.forgetCalls();
  return world;
}

async function callsOf(restore: RestoreOfTest) {
  const world = await toRestore(restore);
  await world.restore(restore.input);
  return failingCalls(world).map((call) => ({ call, name: nameOf(call) }));
}

const toFail = await Promise.all(restores.map(async (restore) => ({ ...restore, calls: await callsOf(restore) })));

describe.for(toFail)('a restore by $strategy of which one call', (restore) => {
  it.for(restore.calls)('$name ends well, or with one alert that tells how to go on', async ({ call }) => {
    const world = await toRestore(restore);
    failCall(world, call);

    await expectSuccessOrOneAlert(world, await world.restore(restore.input));
    restore.expectRestored(world);
  });
});
