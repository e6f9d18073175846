import type { RestoreState } from '../../contracts/steps.ts';
import { few } from '../../core/deadline.ts';
import { firstWaitSeconds } from '../../core/waits.ts';
import { hasCode, TandemError } from '../../errors/tandem-error.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { indexRestorePart } from '../ledger.ts';
import { type IndexSidePorts, type IndicesOfRun, indicesOfRun } from './indices-of-run.ts';

/**
 * Asks for the restore of what is not there yet, by explicit names, without waiting for it. The ledger says that it was
 * asked for before it is: whatever exists afterwards was made by this run, because none of it existed just before.
 *
 * @throws TandemError INDEX_IN_THE_WAY, RESTORE_INCOMPLETE
 */
export async function restoreIndices(state: RestoreState, ports: IndexSidePorts, step: StepRun): Promise<RestoreState> {
  const side = await indicesOfRun(state, ports);
  const { domain, names, ledger, entry, restore, recorded } = side;
  const present = await domain.indices.uuids(names);
  const missing = names.filter((name) => present[name] === undefined);
  if (missing.length > 0) {
    const requested = [...new Set([...restore.requested, ...missing])];
    const shardsTotal = recorded.indices
      .filter((index) => names.includes(index.name))
      .reduce((sum, index) => sum + index.primaries, 0);
    await ledger.write(indexRestorePart, { ...restore, requested, shardsTotal }, entry);
    await ask(side, missing);
  }
  step.info('asked for the restore of indices', { indices: missing.length });
  return { ...state, lastStep: 'RestoreIndices', progress: 'RUNNING', waitSeconds: firstWaitSeconds };
}

async function ask({ domain, recorded }: IndicesOfRun, missing: string[]): Promise<void> {
  try {
    await domain.snapshots.restore(recorded.repository.name, recorded.snapshot.name, missing);
  } catch (error) {
    if (!hasCode(error, 'OUTCOME_UNKNOWN')) throw error;
  }
  // Acceptance means that the indices exist; a lost answer is settled by looking whether they do.
  const made = await domain.indices.uuids(missing);
  const absent = missing.filter((name) => made[name] === undefined);
  if (absent.length === 0) return;
  throw new TandemError('SERVICE_UNAVAILABLE', `The domain did not take up the restore of ${few(absent)}.`);
}
