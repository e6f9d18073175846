import { describe, expect, it } from 'vitest';
import { type Ending, waysToFail } from '../../../docs/faults/words.ts';
import { type RestoreOfTest, restores } from '../restores.ts';
import { World } from '../world.ts';
import { alikeFailures } from './alike-failures.ts';
import { before, endingOf, endingOfKilled } from './ending.ts';
import { killedStates } from './killed-states.ts';
import { type FailingCall, failCall, recordRestore } from './recorded-restore.ts';
import { Results } from './results.ts';

/**
 * Tests of one strategy: every call of a restore fails in every way, every function of it ends by force, and the restore is
 * killed at every state. What comes of it stands in docs/faults/, which `npm run faults` writes.
 */
export async function describeFaults(strategy: string): Promise<void> {
  const restore = restoreBy(strategy);
  const recorded = await recordRestore(restore);
  const earlier = before(restore, recorded.begin);
  const ofCalls = new Results(Object.keys(waysToFail));
  const ofStates = new Results(['its function ends', 'killed before it', 'killed within it']);

  const alike = (await alikeFailures(recorded)).map((one) => ({ ...one, name: nameOf(one.calls) }));
  const note = (calls: FailingCall[], ending: Ending) => {
    for (const { operation, way } of calls) ofCalls.add(operation, way.name, ending);
  };
  for (const { calls } of alike.filter(({ isUnnoticed }) => isUnnoticed)) note(calls, 'identical');

  describe(`a restore by ${strategy} in which`, () => {
    it.for(alike.filter(({ isUnnoticed }) => !isUnnoticed))('$name', async ({ calls }) => {
      const world = World.from(recorded.begin);
      failCall(world, calls[0]);

      const run = await world.restore(restore.input, { name: 'forth' });

      note(calls, await endingOf(restore, world, run, earlier));
    });

    it.for(recorded.tasks)('the function of $label ends by force', async ({ name, label }) => {
      const world = World.from(recorded.begin);
      const breakDown = { task: name, skip: Number(label.split(' ')[1]) - 1, error: 'Runtime.ExitError', times: 1 };

      const run = await world.restore(restore.input, { name: 'forth', breakDown });

      expect(run.status).toBe('FAILED');
      ofStates.add(name, 'its function ends', await endingOf(restore, world, run, earlier));
    });
  });

  describe(`a restore by ${strategy} that is killed`, async () => {
    it.for(await killedStates(recorded))('$name', async ({ state, moment, world }) => {
      ofStates.add(state, `killed ${moment}`, await endingOfKilled(restore, world, earlier));
    });
  });

  it('what comes of each stands in docs/faults/ (`npm run faults` writes it there)', async () => {
    const page = [
      `# Faults in a restore by ${strategy}`,
      'Found by the tests; [faults.md](../faults.md) says what the words mean.',
      ofCalls.table('call'),
      ofStates.table('state'),
    ];
    await expect(`${page.join('\n\n')}\n`).toMatchFileSnapshot(`../../../docs/faults/${strategy}.md`);
  });
}

function restoreBy(strategy: string): RestoreOfTest {
  const found = restores.find((one) => one.strategy === strategy);
  if (found === undefined) throw new Error(`No restore by ${strategy} is known.`);
  return found;
}

function nameOf([{ operation, target, task, skip, way }, ...others]: [FailingCall, ...FailingCall[]]): string {
  const alike = others.length === 0 ? '' : `, and ${others.length} alike`;
  return `${operation} ${target} (${skip + 1}.) of ${task}: ${way.name}${alike}`;
}
