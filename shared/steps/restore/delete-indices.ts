import type { RestoreState } from '../../contracts/steps.ts';
import { assertWithinDeadline, few } from '../../core/deadline.ts';
import { firstWaitSeconds, nextWaitSeconds } from '../../core/waits.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { indexRestorePart } from '../ledger.ts';
import { type IndexSidePorts, indicesOfRun } from './indices-of-run.ts';
import { unlessBusy } from './unless-busy.ts';

/**
 * Deletes the indices that the plan replaces, by explicit names. Indices that this run restored already stay, unless
 * they came back broken. What came into being since the plan was made is nobody's to delete.
 *
 * @throws TandemError INDEX_IN_THE_WAY, DEADLINE_EXCEEDED
 */
export async function deleteIndices(state: RestoreState, ports: IndexSidePorts, step: StepRun): Promise<RestoreState> {
  const { ledger, domain, planned, names, entry, restore } = await indicesOfRun(state, ports);
  const present = await domain.indices.uuids(names);
  const broken = new Set(restore.failed);
  const made = new Set(restore.requested.filter((name) => !broken.has(name)));
  const inTheWay = planned
    .filter(({ name, currentId }) => present.has(name) && present.get(name) !== currentId)
    .map(({ name }) => name)
    .filter((name) => !made.has(name) && !broken.has(name));
  if (inTheWay.length > 0) {
    throw new TandemError('INDEX_IN_THE_WAY', `Made by somebody else since the plan was made: ${few(inTheWay)}.`);
  }
  const doomed = names.filter((name) => present.has(name) && !made.has(name));
  if (doomed.length > 0 && !(await unlessBusy(() => domain.indices.delete(doomed)))) {
    assertWithinDeadline(ports.clock.now(), state.deadlineAt, () => `the deletion of indices ${few(doomed)}`);
    const waitSeconds = nextWaitSeconds(state.waitSeconds ?? firstWaitSeconds);
    return { ...state, lastStep: 'DeleteIndices', progress: 'TO_START', waitSeconds };
  }
  const requested = [...made];
  await ledger.write(indexRestorePart, { ...restore, requested, failed: [] }, entry);
  step.info('deleted indices', { indices: doomed.length });
  return { ...state, lastStep: 'DeleteIndices', progress: 'DONE' };
}
