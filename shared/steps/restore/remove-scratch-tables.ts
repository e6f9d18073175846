import type { RestoreState } from '../../contracts/steps.ts';
import { assertWithinDeadline, few } from '../../core/deadline.ts';
import { firstWaitSeconds, nextWaitSeconds } from '../../core/waits.ts';
import { hasCode } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { StepRun } from '../../ports/step-run.ts';
import type { Tables } from '../../ports/tables.ts';
import { openLedger, restoreRunPart } from '../ledger.ts';
import { scratchTables } from './undone-run.ts';

export interface RemoveScratchTablesPorts {
  openCatalog: OpenCatalog;
  tables: Pick<Tables, 'describe' | 'delete'>;
  clock: Clock;
}

/** Tables that are looked at and deleted at the same time. */
const deletedAtOnce = 20;

/**
 * Deletes what the tables that were refilled were compared with, once that is proven, and what a restore that this one
 * undoes has left of its own. Nobody but Tandem makes tables of such names. Called again and again until they are gone.
 *
 * @throws TandemError DEADLINE_EXCEEDED
 */
export async function removeScratchTables(
  state: RestoreState,
  { openCatalog, tables, clock }: RemoveScratchTablesPorts,
  step: StepRun,
): Promise<RestoreState> {
  const store = openCatalog(state.catalog);
  const restore = (await openLedger(store, state.plan, state.run).get(restoreRunPart)).value;
  const names = await scratchTables(restore, store);
  const pending: string[] = [];
  for (let first = 0; first < names.length; first += deletedAtOnce) {
    const some = names.slice(first, first + deletedAtOnce);
    const removed = await Promise.all(some.map((name) => isRemoved(name, tables)));
    pending.push(...some.filter((_, position) => !removed[position]));
  }
  step.info('deleted scratch tables', { tables: names.length, pending: pending.length });
  const reached = { ...state, lastStep: 'RemoveScratchTables' };
  if (pending.length === 0) return { ...reached, progress: 'DONE' };
  assertWithinDeadline(clock.now(), state.deadlineAt, () => `the deletion of scratch tables ${few(pending)}`);
  return { ...reached, progress: 'RUNNING', waitSeconds: nextWaitSeconds(state.waitSeconds ?? firstWaitSeconds) };
}

/** Has a table deleted. @returns true once it is gone */
async function isRemoved(name: string, tables: RemoveScratchTablesPorts['tables']): Promise<boolean> {
  const present = await tables.describe(name);
  if (present === undefined) return true;
  try {
    if (present.status !== 'DELETING') await tables.delete(name);
  } catch (error) {
    if (!hasCode(error, 'NOT_READY')) throw error;
  }
  return false;
}
