import type { Clock } from '../ports/clock.ts';

/** Waits until it is this call's turn. */
export type Pace = () => Promise<void>;

/** Calls arrive less evenly than they begin: so much further apart than the rate asks for. */
const margin = 1.05;

/**
 * Lets calls begin evenly, at most so many a second; those that come too early wait their turn, in order. Each waits for
 * the one before it to have really begun, which may be later than planned.
 */
export function pace(clock: Clock, perSecond: number): Pace {
  const gap = Math.ceil((1_000 / perSecond) * margin);
  let previous = Promise.resolve(Number.NEGATIVE_INFINITY);
  return async () => {
    const turn = previous.then(async (begun) => {
      const early = begun + gap - clock.now().getTime();
      if (early > 0) await clock.sleep(early);
      return clock.now().getTime();
    });
    previous = turn;
    await turn;
  };
}
