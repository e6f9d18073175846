import { hasCode } from '../../shared/errors/tandem-error.ts';
import type { Clock } from '../../shared/ports/clock.ts';

/** How to wait for something that takes a while. */
export interface Waiting {
  clock: Clock;
  pollMilliseconds: number;
}

/** More than a test may last in real time: what hangs is ended by the limit of its test. */
const polls = 10_000;

/** Asks again and again until there is an answer. */
export async function eventually<T>(
  { clock, pollMilliseconds }: Waiting,
  ask: () => Promise<T | undefined>,
): Promise<T> {
  for (let poll = 0; poll < polls; poll += 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await clock.sleep(pollMilliseconds);
  }
  throw new Error(`There was no answer after ${polls} polls.`);
}

/** Tries again and again while it is too early. */
export async function whenReady<T>(waiting: Waiting, act: () => Promise<T>): Promise<T> {
  const done = await eventually(waiting, () =>
    act().then(
      (value) => ({ value }),
      (error: unknown) => {
        if (hasCode(error, 'NOT_READY', 'TABLE_EXISTS')) return undefined;
        throw error;
      },
    ),
  );
  return done.value;
}
