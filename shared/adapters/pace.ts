import type { Clock } from '../ports/clock.ts';

/** Waits until it is this call's turn. */
export type Pace = () => Promise<void>;

/** Lets calls begin evenly, at most so many a second; those that come too early wait their turn, in order. */
export function pace(clock: Clock, perSecond: number): Pace {
  const gap = Math.ceil(1000 / perSecond);
  let free = 0;
  return async () => {
    const now = clock.now().getTime();
    const turn = Math.max(now, free);
    free = turn + gap;
    if (turn > now) await clock.sleep(turn - now);
  };
}
