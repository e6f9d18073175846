import type { Clock } from '../../shared/ports/clock.ts';
import { Backups } from './backups.ts';
import { scaledDurations } from './durations.ts';
import { Tables } from './tables.ts';

/** The state of one account in one region, as far as the emulator does not keep it. */
export interface Account {
  tables: Tables;
  backups: Backups;
}

/** An account in which nothing is under way. */
export function newAccount(clock: Clock, timeScale: number): Account {
  const lasting = scaledDurations(timeScale);
  return { tables: new Tables(clock, lasting), backups: new Backups(clock, lasting) };
}
