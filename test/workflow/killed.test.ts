import { describe, expect, it } from 'vitest';
import { expectOneRecoveryPoint, expectRestored, expectSuccess } from '../support/round-trip.ts';
import type { WorkflowRun } from '../support/workflow.ts';
import { World } from '../support/world.ts';

const toBackUp = () => new World().addTables(2).addIndices();
const toRestore = () => new World().damaged();

/** How many tasks a run has that nothing troubles; a number for each, to kill the run after it. */
async function tasksOf(run: Promise<WorkflowRun>): Promise<number[]> {
  const { tasks } = await run;
  return Array.from({ length: tasks }, (_, number) => number + 1);
}

const confirmed = { confirmed: true };
const backupTasks = await tasksOf(toBackUp().backup());
const restoreTasks = await tasksOf((await toRestore()).restore());

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

describe('a restore that is killed', () => {
  it.for(restoreTasks)('after task %i and run again with its name ends the same', async (killAfterTasks) => {
    const world = await toRestore();
    await world.restore(confirmed, { name: 'undo', killAfterTasks });

    expectSuccess(await world.restore(confirmed, { name: 'undo' }));

    expectRestored(world);
    expect(world.alerts.published).toEqual([]);
  });

  it('after any task deletes nothing that it has brought back', async () => {
    for (const killAfterTasks of restoreTasks.slice(-2)) {
      const world = await toRestore();
      await world.restore(confirmed, { name: 'undo', killAfterTasks });
      const before = world.dynamo.everything();

      expectSuccess(await world.restore({ run: 'undo', confirmed: true }));

      expect(world.dynamo.everything()).toEqual(before);
    }
  });
});
