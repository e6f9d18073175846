import { describe, expect, it } from 'vitest';
import { restores } from '../support/restores.ts';
import { expectOneRecoveryPoint, expectSuccess } from '../support/round-trip.ts';
import type { WorkflowRun } from '../support/workflow.ts';
import { World } from '../support/world.ts';

const toBackUp = () => new World().addTables(2).addIndices();

/** How many tasks a run has that nothing troubles; a number for each, to kill the run after it. */
async function tasksOf(run: Promise<WorkflowRun>): Promise<number[]> {
  const { tasks } = await run;
  return Array.from({ length: tasks }, (_, number) => number + 1);
}

const backupTasks = await tasksOf(toBackUp().backup());
const toKill = await Promise.all(
  restores.map(async (one) => ({ ...one, tasks: await tasksOf((await one.begin()).restore(one.input)) })),
);

describe('a backup that is killed', () => {
  it.for(backupTasks)(
    'after task %i and run again with its name ends with one recovery point',
    async (killAfterTasks) => {
      const world = toBackUp();
      const killed = await world.backup({}, { name: 'nightly', killAfterTasks });
      const wasRecorded = (await world.recoveryPoints()).length > 0;

      expectSuccess(await world.backup({}, { name: 'nightly' }));

      await expectOneRecoveryPoint(world);
      expect(world.alerts.published).toEqual([]);
      expect([killed.status, wasRecorded]).toEqual(['KILLED', killAfterTasks > backupTasks.length - 2]);
    },
  );
});

describe.for(toKill)('a restore by $strategy that is killed', ({ begin, input, tasks }) => {
  it('after any task deletes nothing that it has brought back', async () => {
    for (const killAfterTasks of tasks.slice(-2)) {
      const world = await begin();
      await world.restore(input, { name: 'undo', killAfterTasks });
      await world.clock.sleep(60_000);
      const before = world.dynamo.everything();

      expectSuccess(await world.restore({ run: 'undo', confirmed: true }));

      expect(world.dynamo.everything()).toEqual(before);
    }
  });
});
