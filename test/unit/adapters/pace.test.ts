import { expect, it } from 'vitest';
import { pace } from '../../../shared/adapters/pace.ts';
import { FakeClock } from '../../support/fakes/clock.ts';

it.for([
  ['wakes in time', [0]],
  ['wakes too late now and then, as a busy process does', [0, 3, 180, 0, 1, 7]],
] as const)('lets no more calls begin in any second than the rate, in order, where it %s', async ([, lateness]) => {
  const clock = new FakeClock();
  let slept = 0;
  const late = () => lateness[slept++ % lateness.length] ?? 0;
  const turn = pace({ now: () => clock.now(), sleep: (milliseconds) => clock.sleep(milliseconds + late()) }, 40);
  const begun: { call: number; at: number }[] = [];

  await Promise.all(
    Array.from({ length: 100 }, async (_, call) => {
      await turn();
      begun.push({ call, at: clock.now().getTime() });
    }),
  );

  expect(begun.map(({ call }) => call)).toEqual(Array.from({ length: 100 }, (_, call) => call));
  const inASecond = begun.map(({ at: start }) => begun.filter(({ at }) => at >= start && at < start + 1_000).length);
  expect(Math.max(...inASecond)).toBeLessThanOrEqual(40);
});

it('keeps calls further apart than the rate asks for: they arrive less evenly than they begin', async () => {
  const clock = new FakeClock();
  const turn = pace(clock, 4);
  const start = clock.now().getTime();

  for (const _ of [1, 2, 3, 4, 5]) await turn();

  expect(clock.now().getTime() - start).toBeGreaterThan(1_000);
});

it('does not make up for time in which nobody called', async () => {
  const clock = new FakeClock();
  const turn = pace(clock, 10);
  await turn();
  clock.advance(60_000);
  const start = clock.now().getTime();

  await Promise.all([turn(), turn(), turn()]);

  expect(clock.now().getTime() - start).toBeGreaterThanOrEqual(200);
});
