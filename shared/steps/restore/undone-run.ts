import type { RestoreRun } from '../../contracts/ledger/restore-run.ts';
import type { Plan } from '../../contracts/plan-file.ts';
import type { RestorePlan, Strategies } from '../../contracts/restore-plan.ts';
import type { RestoreSource } from '../../contracts/restore-source.ts';
import { isRefilled } from '../../core/refill.ts';
import { scratchName } from '../../core/scratch-table.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { openLedger, restoreRunPart } from '../ledger.ts';

/** What the restore did that another one undoes. @param run its run; undefined where none is undone */
async function undonePlan(plan: string, run: string | undefined, store: ObjectStore): Promise<RestorePlan | undefined> {
  if (run === undefined) return undefined;
  return (await openLedger(store, plan, run).read(restoreRunPart))?.value.restorePlan;
}

/**
 * The strategies of a restore that is not told otherwise: those of the plan file. A restore is undone as it was done, whatever
 * that says: what it refilled keeps its stream, its replicas and its place in a stack then, too.
 */
export async function usualStrategies(
  { plan: name, safetyOf }: Pick<RestoreSource, 'plan' | 'safetyOf'>,
  { strategies }: Plan,
  store: ObjectStore,
): Promise<Strategies> {
  if (safetyOf === undefined) return strategies;
  const undone = await undonePlan(name, safetyOf, store);
  return { tables: undone?.strategies.tables === 'refill' ? 'refill' : 'replace', indices: 'replace' };
}

/** The names of the tables that are compared with and then deleted: those of the run, and those of the one that it undoes. */
export async function scratchTables(
  { run, undoes, restorePlan }: Pick<RestoreRun, 'run' | 'undoes' | 'restorePlan'>,
  store: ObjectStore,
): Promise<string[]> {
  const undone = await undonePlan(restorePlan.plan, undoes, store);
  return [...scratchTablesOf(restorePlan, run), ...(undone && undoes ? scratchTablesOf(undone, undoes) : [])];
}

function scratchTablesOf({ tables }: RestorePlan, run: string): string[] {
  return tables.filter(isRefilled).map(({ name }) => scratchName(name, run));
}
