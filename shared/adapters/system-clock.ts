import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../ports/clock.ts';

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
};
