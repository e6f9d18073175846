import { hasCode } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { TableItems } from '../../ports/table-items.ts';

/** After a call that was throttled, doubled each time. In milliseconds. */
const firstPauseMilliseconds = 500;
const longestPauseMilliseconds = 20_000;

/**
 * The same items, read and written as fast as their tables allow: one that has few units throttles for as long as there is
 * anything to do, and that is no failure. Each call is made again until it is taken.
 *
 * @param mayGoOn once it says no, the call fails with THROTTLED after all
 */
export function patientItems(items: TableItems, clock: Clock, mayGoOn: () => boolean): TableItems {
  async function untilTaken<Answer>(call: () => Promise<Answer>, pause = firstPauseMilliseconds): Promise<Answer> {
    try {
      return await call();
    } catch (error) {
      if (!hasCode(error, 'THROTTLED') || !mayGoOn()) throw error;
    }
    await clock.sleep(pause);
    return untilTaken(call, Math.min(2 * pause, longestPauseMilliseconds));
  }

  return {
    scan: (table, options) => untilTaken(() => items.scan(table, options)),
    count: (table, options) => untilTaken(() => items.count(table, options)),
    get: (table, keys, attributes) => untilTaken(() => items.get(table, keys, attributes)),
    write: (table, changes) => untilTaken(() => items.write(table, changes)),
  };
}
