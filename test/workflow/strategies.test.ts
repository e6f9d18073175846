import { describe, expect, it } from 'vitest';
import { expectSuccess } from '../support/round-trip.ts';
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
