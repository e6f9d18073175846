import type { Faults } from '../fakes/faults.ts';
import type { RestoreOfTest } from '../restores.ts';
import type { BegunTask } from '../task-runner.ts';
import type { SavedWorld, World } from '../world.ts';
import { type WayToFail, waysOf } from './ways-to-fail.ts';

const stores = ['dynamo', 'search', 'buckets', 'readings', 'changes'] as const;

/** A task of a restore that nothing troubled, with the world as it found it. */
export interface RecordedTask extends BegunTask {
  found: SavedWorld;
  calls: RecordedCall[];
}

/** One call that a task made. */
export interface RecordedCall {
  store: (typeof stores)[number];
  operation: string;
  target: string;
  task: string;
  /** How many such calls the same task made before. */
  skip: number;
}

/** A call of a restore that fails in one way. */
export interface FailingCall extends RecordedCall {
  way: WayToFail;
}

/** A restore that nothing troubled. */
export interface RecordedRestore {
  /** The world before it. */
  begin: SavedWorld;
  tasks: RecordedTask[];
}

/** Runs a restore to its end and keeps what its tasks began with and which calls they made. */
export async function recordRestore({ begin, input }: RestoreOfTest): Promise<RecordedRestore> {
  const world = await begin();
  world.forgetCalls();
  const saved = world.save();
  const begun: (BegunTask & { found: SavedWorld })[] = [];
  const { failure } = await world.restore(input, {
    name: 'forth',
    begins: (task) => void begun.push({ ...task, found: world.save() }),
  });
  if (failure !== undefined) throw new Error(failure.Cause);
  const calls = callsOf(world);
  const tasks = begun.map((task) => ({ ...task, calls: calls.filter((call) => call.task === task.label) }));
  return { begin: saved, tasks };
}

function callsOf(world: World): RecordedCall[] {
  return stores.flatMap((store) => {
    const faults: Faults<string> = world[store].faults;
    const same = new Map<string, number>();
    return faults.calls.flatMap(({ operation, target, task }) => {
      if (task === undefined) return [];
      const key = `${task} ${operation} ${target}`;
      const skip = same.get(key) ?? 0;
      same.set(key, skip + 1);
      return [{ store, operation, target, task, skip }];
    });
  });
}

export function failingCalls({ tasks }: RecordedRestore): FailingCall[] {
  return tasks.flatMap(({ calls }) => calls.flatMap((call) => waysOf(call.operation).map((way) => ({ ...call, way }))));
}

/** Makes that call fail in a world in which it is still to come. */
export function failCall(world: World, call: FailingCall, struck?: () => void): void {
  const { store, operation, target, task, skip, way } = call;
  const faults: Faults<string> = world[store].faults;
  faults.fail(operation, way.error, { target, task, skip, when: way.when, ...(struck && { struck }) });
}
