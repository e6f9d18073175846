import { firstWaitSeconds } from '../../core/waits.ts';
import { isTransient, reasonOf, TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StepRun } from '../../ports/step-run.ts';

/** One writer on its way to what it is to be. */
export interface Turn {
  /** In words. */
  name: string;
  /** Asks for it where it is not so yet. @returns true once it is so */
  make(): Promise<boolean>;
}

/**
 * A mapping takes up to a minute to change: so long after the last one that has, nothing is waited for any more. That all
 * are asked for takes longer where there are hundreds, since Lambda takes a few calls a second. In milliseconds.
 */
const patienceMilliseconds = 300_000;

/** What is left of the function's time when it stops looking again, in milliseconds. */
const reserveMilliseconds = 60_000;

/**
 * Turns writers until each is what it is to be. One that is refused keeps none of the others from being turned.
 *
 * @returns what could not be turned, and why, a sentence each
 * @throws TandemError NOT_READY where the time of the function is over and writers turn still: to be called again
 */
export async function turnWriters(turns: Turn[], clock: Clock, step: StepRun): Promise<string[]> {
  const refused: string[] = [];
  let pending = turns;
  let turnedAt: number | undefined;
  for (;;) {
    const left: Turn[] = [];
    const waiting: string[] = [];
    for (const turn of pending) {
      const { outcome, why } = await once(turn);
      if (outcome === 'REFUSED') refused.push(`${turn.name}: ${why}`);
      if (outcome !== 'WAITING') continue;
      left.push(turn);
      waiting.push(`${turn.name}: ${why}`);
    }
    if (turnedAt === undefined || left.length < pending.length) turnedAt = clock.now().getTime();
    pending = left;
    if (pending.length === 0) return refused;
    if (clock.now().getTime() - turnedAt >= patienceMilliseconds) return [...refused, ...waiting];
    if (step.millisecondsLeft() < reserveMilliseconds) throw new TandemError('NOT_READY', waiting.join('; '));
    await clock.sleep(firstWaitSeconds * 1_000);
  }
}

async function once({ make }: Turn): Promise<{ outcome: 'TURNED' | 'WAITING' | 'REFUSED'; why?: string }> {
  try {
    return (await make()) ? { outcome: 'TURNED' } : { outcome: 'WAITING', why: 'it is asked for, and is not so yet' };
  } catch (error) {
    return { outcome: isTransient(error) ? 'WAITING' : 'REFUSED', why: reasonOf(error) };
  }
}
