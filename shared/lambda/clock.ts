import { systemClock } from '../adapters/system-clock.ts';
import type { Clock } from '../ports/clock.ts';

export function composeClock(): Clock {
  return systemClock;
}
