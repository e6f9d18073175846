import { restoreWindow } from '../../shared/core/restore-window.ts';
import type { WorkflowRun } from './workflow.ts';
import { World } from './world.ts';

/** Restores that DynamoDB takes a second. */
const restoresPerSecond = 10;

/** What a restore of many tables takes in virtual time, in seconds, and what the quotas alone let it take. */
export interface SimulatedRestore {
  /** No restore of these tables is faster: 50 at a time, 10 asked for a second, and none done before the longest is. */
  bound: number;
  /** From the first change of a table until the last one has its settings back. */
  tables: number;
  /** How much of the places was in use, of 1, from the first restore to the last one that was asked for. */
  used: number;
  /** The whole workflow, its safety point, its proof and all it looks at included. */
  whole: number;
  backup: WorkflowRun;
  restore: WorkflowRun;
}

/**
 * Backs up tables of many sizes, and restores them with the workflow that is deployed.
 *
 * @param seed decides the sizes
 */
export async function simulateRestore(count: number, seed: number): Promise<SimulatedRestore> {
  const world = new World({ dynamo: { restoringTable: (table) => seconds.get(table) ?? 0 } });
  world.addTables(count).plan({ search: null, deadline: '18h' });
  const seconds = new Map<string, number>();
  const random = randomNumbers(seed);
  for (const { name } of world.dynamo.everything().tables) {
    const { bytes, ...drawn } = drawTable(random);
    seconds.set(name, drawn.seconds);
    world.dynamo.write(name, 'item', 'x'.repeat(bytes));
  }

  const backup = await world.backup();
  const began = world.clock.now().getTime();
  const [changes, asked] = [watchChanges(world), watchRestores(world)];
  const restore = await world.restore();
  const all = [...seconds.values()];
  return {
    bound: Math.max(all.reduce((sum, one) => sum + one, 0) / restoreWindow, count / restoresPerSecond, ...all),
    tables: ((changes.at(-1) ?? 0) - (changes[0] ?? 0)) / 1_000,
    used: usedOf(asked, seconds),
    whole: (world.clock.now().getTime() - began) / 1_000,
    backup,
    restore,
  };
}

/** When deletion protection was switched: off before anything else happens to a table, on after everything else. */
function watchChanges({ dynamo: { tables }, clock }: World): number[] {
  const moments: number[] = [];
  const { setDeletionProtection } = tables;
  tables.setDeletionProtection = (...change) => {
    moments.push(clock.now().getTime());
    return setDeletionProtection(...change);
  };
  return moments;
}

/** When the restore of each table was asked for, in seconds. */
function watchRestores({ dynamo: { backups }, clock }: World): Map<string, number> {
  const moments = new Map<string, number>();
  const { restore } = backups;
  backups.restore = async (arn, table, encryption) => {
    const id = await restore(arn, table, encryption);
    moments.set(table, clock.now().getTime() / 1_000);
    return id;
  };
  return moments;
}

function usedOf(asked: ReadonlyMap<string, number>, seconds: ReadonlyMap<string, number>): number {
  const [first, last] = [Math.min(...asked.values()), Math.max(...asked.values())];
  const used = [...asked].reduce((sum, [name, at]) => sum + Math.min(seconds.get(name) ?? 0, last - at), 0);
  return used / ((last - first) * restoreWindow);
}

/**
 * A small table takes 80 to 720 seconds, whatever its size, as it was seen; every tenth is large and takes up to an hour,
 * so much the longer as it is larger, by a byte a second: only which one is larger counts.
 */
function drawTable(random: () => number): { seconds: number; bytes: number } {
  const small = 80 + random() * (720 - 80);
  const bytes = random() < 0.9 ? 1 : Math.round(random() * (3_600 - 720));
  return { seconds: small + bytes, bytes };
}

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
