import type { Clock } from '../shared/ports/clock.ts';
import type { ProgressDisplay } from './output/progress-display.ts';
import { nextPause } from './pause.ts';
import type { Progress } from './progress.ts';
import type { Ending } from './workflow.ts';

/** How far a run is; undefined where that cannot be seen at the moment. */
type Look = () => Promise<Progress | undefined>;

/** Shows how far a run is until its execution has ended, and once more then. */
export async function follow(
  execution: Promise<Ending>,
  look: Look,
  display: ProgressDisplay,
  clock: Clock,
): Promise<Ending> {
  const over = new AbortController();
  const ended = execution.finally(() => over.abort());
  const [ending] = await Promise.all([ended, watch(look, display, clock, over.signal)]);
  return ending;
}

async function watch(look: Look, display: ProgressDisplay, clock: Clock, over: AbortSignal): Promise<void> {
  for (let pause = nextPause(); ; pause = nextPause(pause)) {
    const last = over.aborted;
    const progress = await look();
    if (progress !== undefined) display.show(progress);
    if (last) return;
    await sleepUntil(over, pause, clock);
  }
}

/** Sleeps, less long where it is over before. */
async function sleepUntil(over: AbortSignal, milliseconds: number, clock: Clock): Promise<void> {
  try {
    await clock.sleep(milliseconds, over);
  } catch (error) {
    if (!over.aborted) throw error;
  }
}
