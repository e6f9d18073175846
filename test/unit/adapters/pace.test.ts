import { expect, it } from 'vitest';
import { pace } from '../../../shared/adapters/pace.ts';
import { FakeClock } from '../../support/fakes/clock.ts';

it('lets no more calls begin in any second than the rate, in the order in which they came', async () => {
  const clock = new FakeClock();
  const turn = pace(clock, 40);
  const begun: { call: number; at: number }[] = [];

  await Promise.all(
    Array.from({ length: 100 }, async (_, call) => {
      await turn();
      begun.push({ call, at: clock.now().getTime() });
    }),
  );

  expect(begun.map(({ call }) => call)).toEqual(Array.from({ length: 100 }, (_, call) => call));
  const mostInASecond = Math.max(
    ...begun.map(({ at: start }) => begun.filter(({ at }) => at >= start && at < start + 1_000).length),
  );
  expect(mostInASecond).toBe(40);
});

it('does not make up for time in which nobody called', async () => {
  const clock = new FakeClock();
  const turn = pace(clock, 10);
  await turn();
  clock.advance(60_000);
  const start = clock.now().getTime();

  await Promise.all([turn(), turn(), turn()]);

  expect(clock.now().getTime()).toBe(start + 200);
});
