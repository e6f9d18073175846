import { type SavedWorld, World } from '../world.ts';
import { failCall, failingCalls, type RecordedRestore } from './recorded-restore.ts';

/** A world in which a restore was killed. */
export interface KilledState {
  /** The name of the state that it was at. */
  state: string;
  /** Killed before the task began, or after one of its changes. */
  moment: 'before it' | 'within it';
  /** For the name of a test. */
  name: string;
  world: SavedWorld;
}

/** The worlds that there are when a restore is killed before each of its tasks, and after each change of each; each once. */
export async function killedStates(recorded: RecordedRestore): Promise<KilledState[]> {
  const seen = new Set<string>();
  const all: KilledState[] = [];
  const add = (one: KilledState) => {
    const key = `${one.state} ${one.moment} ${one.world.toString('base64')}`;
    if (!seen.has(key)) all.push(one);
    seen.add(key);
  };
  const cutOff = failingCalls(recorded).filter(({ way }) => way.name === 'cut off');
  for (const task of recorded.tasks) {
    add({ state: task.name, moment: 'before it', name: `before ${task.label}`, world: task.found });
    for (const call of cutOff.filter((one) => one.task === task.label)) {
      const world = World.from(task.found);
      const struck = () => {
        const name = `in ${task.label} after ${call.operation} ${call.target} (${call.skip + 1}.)`;
        add({ state: task.name, moment: 'within it', name, world: world.save() });
      };
      failCall(world, call, struck);
      await world.deliver(task).catch(() => {});
    }
  }
  return all;
}
