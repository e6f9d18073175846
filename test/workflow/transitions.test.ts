import { describe, expect, it } from 'vitest';
import { simulateRestore } from '../support/restore-simulation.ts';
import type { WorkflowRun } from '../support/workflow.ts';
import { World } from '../support/world.ts';

const sixteenKiB = 16_384;

function polls({ states }: WorkflowRun): Record<string, number> {
  const count = (name: string) => states.filter((state) => state === name).length;
  return { tables: count('CheckTableBackups'), snapshot: count('CheckIndexSnapshot') };
}

describe('a backup with 2 polls of its tables and 10 of its snapshot', () => {
  /** @param creatingBackup such that the last backup is made between the first poll and the second */
  async function backup(tables: number, creatingBackup: number): Promise<WorkflowRun> {
    const world = new World({ dynamo: { creatingBackup }, search: { snapshot: 236 } }).addTables(tables).addIndices();
    const run = await world.backup();
    expect(run.failure).toBeUndefined();
    expect(polls(run)).toEqual({ tables: 2, snapshot: 10 });
    return run;
  }

  it('enters the same states, fewer than 60, with 1 table and with 1,000, and passes on less than 16 KiB', async () => {
    const [one, thousand] = await Promise.all([backup(1, 4), backup(1_000, 138)]);

    expect(thousand.states.toSorted()).toEqual(one.states.toSorted());
    expect(thousand.states.length).toBeLessThan(60);
    expect(thousand.largestPayload).toBeLessThan(sixteenKiB);
  });
});

describe('a restore', () => {
  /** @param creatingBackup such that the backups of the safety point are made before its fourth poll */
  async function restore(tables: number, creatingBackup = 20): Promise<WorkflowRun> {
    const world = new World({ dynamo: { creatingBackup } }).addTables(tables).addIndices();
    await world.backup();
    const run = await world.restore();
    expect(run.failure).toBeUndefined();
    expect(run.largestPayload).toBeLessThan(sixteenKiB);
    return run;
  }

  it('enters the same states with 1 table and with as many as are restored at once', async () => {
    const [one, fifty] = await Promise.all([restore(1, 12), restore(50)]);

    expect(fifty.states.toSorted()).toEqual(one.states.toSorted());
  });

  it('enters more only as fifties are added', async () => {
    const [fifty, threeHundred] = await Promise.all([restore(50), restore(300)]);

    const looks = (run: WorkflowRun) => run.states.filter((state) => state === 'RestoreTables').length;
    expect(looks(threeHundred)).toBeLessThanOrEqual(6 * looks(fifty));
  });
});

describe('a restore of more tables than are restored at a time', () => {
  it('leaves no place free, and looks so seldom that its history has room', async () => {
    const { used, whole, restore } = await simulateRestore(120, 7);

    expect(restore.failure).toBeUndefined();
    expect(used).toBeGreaterThan(0.95);
    const aMinute = 3;
    expect(restore.states.length).toBeLessThan(60 + (whole / 60) * aMinute);
  });
});
