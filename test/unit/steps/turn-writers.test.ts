import { describe, expect, it } from 'vitest';
import { turnWriters } from '../../../shared/steps/restore/turn-writers.ts';
import { FakeClock } from '../../support/fakes/clock.ts';

const step = { millisecondsLeft: () => 900_000, info: () => {}, metric: () => {} };

/** Writers that are each asked for in half a second, and turn some seconds later, or never. */
function writers(count: number, clock: FakeClock, turns = true) {
  return Array.from({ length: count }, (_, number) => {
    let askedAt: number | undefined;
    return {
      name: `writer ${number}`,
      async make() {
        const now = clock.now().getTime();
        if (askedAt !== undefined) return turns && now - askedAt >= 4_000;
        askedAt = now;
        await clock.sleep(500);
        return false;
      },
    };
  });
}

describe('writers that are turned', () => {
  it('are waited for however long it takes to ask for all of them', async () => {
    const clock = new FakeClock();

    expect(await turnWriters(writers(1_000, clock), clock, step)).toEqual([]);
  });

  it('are waited for no longer where none turns', async () => {
    const clock = new FakeClock();
    const began = clock.now().getTime();

    expect(await turnWriters(writers(2, clock, false), clock, step)).toEqual([
      'writer 0: it is asked for, and is not so yet',
      'writer 1: it is asked for, and is not so yet',
    ]);
    expect(clock.now().getTime() - began).toBeLessThan(320_000);
  });
});
