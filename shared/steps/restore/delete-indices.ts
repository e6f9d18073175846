import type { RestoreState } from '../../contracts/steps.ts';
import { assertWithinDeadline, few } from '../../core/deadline.ts';
import { firstWaitSeconds, nextWaitSeconds } from '../../core/waits.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { indexRestorePart } from '../ledger.ts';
import { type IndexSidePorts, indicesOfRun } from './indices-of-run.ts';
import { unlessBusy } from './unless-busy.ts';

/**
 * Deletes the indices that the plan replaces or removes, by explicit names. Indices that this run restored already stay,
 * unless they came back broken. What somebody else made since the plan was made is nobody's to delete. The ledger says
 * what is deleted before it is.
 *
 * @throws TandemError INDEX_IN_THE_WAY, DEADLINE_EXCEEDED
 */
export async function deleteIndices(state: RestoreState, ports: IndexSidePorts, step: StepRun): Promise<RestoreState> {
  const { ledger, domain, planned, names: restored, present, entry, restore } = await indicesOfRun(state, ports);
  const requested = restore.requested.filter((name) => !restore.failed.includes(name));
  const toGo = planned.filter(({ name }) => present.has(name) && !requested.includes(name));
  const inTheWay = toGo.filter(({ name, currentId }) => {
    const uuid = present.get(name);
    return uuid !== currentId && !restore.made.some((made) => made === uuid);
  });
  if (inTheWay.length > 0) {
    const names = few(inTheWay.map(({ name }) => name));
    throw new TandemError('INDEX_IN_THE_WAY', `Made by somebody else since the plan was made: ${names}.`);
  }
  const doomed = toGo.map(({ name }) => name);
  const deleted = [...new Set([...restore.deleted, ...doomed])];
  await ledger.write(indexRestorePart, { ...restore, requested, deleted, failed: [] }, entry);
  if (doomed.length > 0 && !(await unlessBusy(() => domain.indices.delete(doomed)))) {
    assertWithinDeadline(ports.clock.now(), state.deadlineAt, () => `the deletion of indices ${few(doomed)}`);
    const waitSeconds = nextWaitSeconds(state.waitSeconds ?? firstWaitSeconds);
    return { ...state, lastStep: 'DeleteIndices', progress: 'TO_START', waitSeconds };
  }
  step.info('deleted indices', { indices: doomed.length });
  return { ...state, lastStep: 'DeleteIndices', progress: restored.length === 0 ? 'DONE' : 'RUNNING' };
}
