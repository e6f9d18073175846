import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { World } from '../world.ts';
import {
  type FailingCall,
  failCall,
  failingCalls,
  type RecordedRestore,
  type RecordedTask,
} from './recorded-restore.ts';

/** Failing calls that leave their task, and the world, in the same way: whatever follows is the same for all of them. */
export interface AlikeFailures {
  calls: [FailingCall, ...FailingCall[]];
  /** True where the task ends as if nothing had failed. */
  isUnnoticed: boolean;
}

/**
 * Makes each call of a restore fail in each way, and groups the failures by what comes of the task that makes the call: what
 * it answers or fails with, and what the world is like then. A task alone takes a hundredth of the time of a restore, and
 * of those that come to the same one restore is enough.
 */
export async function alikeFailures(recorded: RecordedRestore): Promise<AlikeFailures[]> {
  const all = failingCalls(recorded);
  const found: AlikeFailures[] = [];
  for (const task of recorded.tasks) {
    const untroubled = await comesTo(task);
    const known = new Map<string, AlikeFailures>();
    for (const call of all.filter((one) => one.task === task.label)) {
      const end = await comesTo(task, call);
      const same = known.get(end);
      if (same === undefined) known.set(end, { calls: [call], isUnnoticed: end === untroubled });
      else same.calls.push(call);
    }
    found.push(...known.values());
  }
  return found;
}

async function comesTo(task: RecordedTask, call?: FailingCall): Promise<string> {
  const world = World.from(task.found);
  if (call !== undefined) failCall(world, call);
  const end = await world.deliver(task).then(
    (output) => JSON.stringify(output),
    (error) => failureOf(error),
  );
  return `${end} ${world.save().toString('base64')}`;
}

/** Step Functions goes by the name; the alert tells the code besides, of what is not tried again. */
function failureOf(error: unknown): string {
  if (!(error instanceof Error)) throw error;
  const code = error.cause instanceof TandemError ? error.cause.code : 'UNEXPECTED';
  return error.name === 'TransientError' ? error.name : `${error.name} ${code}`;
}
