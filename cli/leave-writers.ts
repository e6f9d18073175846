import { resumeWritersCommand } from '../shared/core/how-to-go-on.ts';
import { reasonOf } from '../shared/errors/tandem-error.ts';
import type { ObjectStore } from '../shared/ports/object-store.ts';
import { leftPausedBy } from '../shared/steps/restore/paused-writers.ts';
import { Interruption, interruptibleAgain, unlessInterrupted } from './interruption.ts';
import type { FollowOptions } from './options.ts';
import { putWritersBackFromHere } from './resume-writers.ts';
import type { Surroundings } from './surroundings.ts';
import type { Execution, Run } from './workflow.ts';

/**
 * Puts back what a restore in this process has paused that is left before its end. The step that is at work is waited for:
 * it may be pausing still. Another Ctrl-C leaves at once.
 *
 * @returns what became of the writers, in sentences; none where none were paused
 */
export async function leaveWriters(
  { plan, run }: Run,
  { stopped }: Pick<Execution, 'stopped'>,
  store: ObjectStore,
  options: FollowOptions,
  surroundings: Surroundings,
): Promise<string[]> {
  const { signals, stderr } = surroundings;
  const command = resumeWritersCommand(plan, run, options);
  try {
    return await interruptibleAgain(signals, (signal) =>
      unlessInterrupted(
        (async () => {
          stderr.write('Stopping, as soon as the step that is at work has ended. Another Ctrl-C leaves at once.\n');
          await stopped?.();
          if ((await leftPausedBy(store, plan, run)) === undefined) return [];
          stderr.write('Putting the writers back as they were before the restore.\n');
          await putWritersBackFromHere({ plan, run }, store, options, surroundings);
          return ['The writers are as they were before the restore.'];
        })(),
        signal,
      ),
    );
  } catch (error) {
    const why = error instanceof Interruption ? '' : ` (${reasonOf(error)})`;
    return [`Writers may be paused still${why}. To put them back: ${command}`];
  }
}
