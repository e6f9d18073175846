import { describe, expect, it } from 'vitest';
import { failCall, failingCalls, nameOf } from '../support/failing-calls.ts';
import { expectSuccess, expectSuccessOrOneAlert } from '../support/round-trip.ts';
import { damagedIndices, documentsByName, documentsOfThen, knownNames } from '../support/search-application.ts';
import type { World } from '../support/world.ts';

const confirmed = { confirmed: true };

async function expectAsThen(world: World): Promise<void> {
  expect(await documentsByName(world, knownNames)).toEqual(documentsOfThen);
  expect(world.search.settingsNow).toEqual({});
}

/** The strategies that bring everything back in place. */
const strategies = [{ indexStrategy: 'replace' }, { indexStrategy: 'close' }, { indexStrategy: 'swap' }];

describe.for(strategies)('a restore of indices by %o', (asked) => {
  it('brings everything back, and is undone', async () => {
    const world = await damagedIndices();
    const before = world.application().indices;

    expectSuccess(await world.restore({ ...confirmed, ...asked }, { name: 'forth' }));
    await expectAsThen(world);

    expectSuccess(await world.restore({ point: 'forth-safety', ...confirmed }));
    expect(world.application().indices).toEqual(before);
    expect(world.alerts.published).toEqual([]);
  });

  it('can be done again, over what it has brought back itself', async () => {
    const world = await damagedIndices();
    for (const _ of [1, 2, 3]) {
      expectSuccess(await world.restore({ ...confirmed, ...asked }));
      await expectAsThen(world);
    }
    expect(world.search.everything().indices).toHaveLength(4);
  });

  it('does the same where every step is delivered twice', async () => {
    const world = await damagedIndices();

    expectSuccess(await world.restore({ ...confirmed, ...asked }, { deliver: 'twice' }));

    await expectAsThen(world);
  });
});

describe.for(strategies)('a restore of indices by %o that is killed', async (asked) => {
  const { tasks } = await (await damagedIndices()).restore({ ...confirmed, ...asked });
  const numbers = Array.from({ length: tasks }, (_, number) => number + 1);

  it.for(numbers)('after task %i ends the same when it is carried on', async (killAfterTasks) => {
    const world = await damagedIndices();
    await world.restore({ ...confirmed, ...asked }, { name: 'forth', killAfterTasks });

    expectSuccess(await world.restore({ ...confirmed, ...asked }, { name: 'forth' }));

    await expectAsThen(world);
    expect(world.alerts.published).toEqual([]);
  });

  it.for(numbers)('after task %i is undone', async (killAfterTasks) => {
    const world = await damagedIndices();
    const before = world.application().indices;
    await world.restore({ ...confirmed, ...asked }, { name: 'forth', killAfterTasks });
    const [safetyPoint] = await world.safetyPoints();
    if (safetyPoint === undefined) return expect(world.application().indices).toEqual(before);
    await world.clock.sleep(900_000);

    expectSuccess(await world.restore({ point: 'forth-safety', takeOver: 'forth', ...confirmed }));

    expect(world.application().indices).toEqual(before);
    expect(world.search.settingsNow).toEqual({});
  });
});

describe.for(strategies)('a restore of indices by %o of which one call', async (asked) => {
  const untroubled = await damagedIndices();
  await untroubled.restore({ ...confirmed, ...asked });
  const calls = failingCalls(untroubled).filter(({ store }) => store === 'search');

  it.for(calls.map((call) => ({ call, name: nameOf(call) })))(
    '$name ends well, or with one alert that tells how to go on',
    async ({ call }) => {
      const world = await damagedIndices();
      failCall(world, call);

      await expectSuccessOrOneAlert(world, await world.restore({ ...confirmed, ...asked }));

      await expectAsThen(world);
    },
  );
});
