import type { RestoreState } from '../../contracts/steps.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { indexRestorePart } from '../ledger.ts';
import { putSettingsBack } from './changed-settings.ts';
import { type IndexSidePorts, type IndicesOfRun, indicesOfRun } from './indices-of-run.ts';
import { putReplicasBack } from './replicas.ts';

/**
 * Takes back what the restore of indices changed for its time alone, whether it went well or not: what it closed and did
 * not restore over is opened again, since its documents are there still; what was restored without replicas has them
 * again; and the settings of the cluster are as they were.
 *
 * @throws TandemError INDEX_BLOCKED
 */
export async function releaseIndices(state: RestoreState, ports: IndexSidePorts, step: StepRun): Promise<RestoreState> {
  const side = await indicesOfRun(state, ports);
  const opened = await openAgain(side);
  await putReplicasBack(side);
  await putSettingsBack(side);
  step.info('released indices', { opened: opened.length });
  return { ...state, lastStep: 'ReleaseIndices' };
}

/** The ledger says first that they are not asked for (any more): one that is open would pass for restored. */
async function openAgain({ plan, domain, present, ledger, entry, restore }: IndicesOfRun): Promise<string[]> {
  const candidates = plan.indices
    .filter(({ action, target, currentId }) => action === 'close' && present.get(target) === currentId)
    .map(({ target }) => target)
    .filter((name) => restore.closed.includes(name) && !restore.recovered.includes(name));
  if (candidates.length === 0) return [];
  const recoveries = await domain.indices.recovery(candidates);
  const closed = recoveries.filter(({ open }) => !open).map(({ index }) => index);
  if (closed.length === 0) return [];
  const requested = restore.requested.filter((name) => !closed.includes(name));
  const forgotten = await ledger.write(indexRestorePart, { ...restore, requested }, entry);
  await domain.indices.open(closed);
  const stillClosed = restore.closed.filter((name) => !closed.includes(name));
  await ledger.write(indexRestorePart, { ...restore, requested, closed: stillClosed }, forgotten);
  return closed;
}
