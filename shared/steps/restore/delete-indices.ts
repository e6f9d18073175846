import type { RestoreState } from '../../contracts/steps.ts';
import { assertWithinDeadline, few } from '../../core/deadline.ts';
import { makingWay } from '../../core/making-way.ts';
import { firstWaitSeconds, nextWaitSeconds } from '../../core/waits.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { indexRestorePart } from '../ledger.ts';
import { denialOfAutoCreation } from './auto-creation.ts';
import { changeSettings } from './changed-settings.ts';
import { type IndexSidePorts, indicesOfRun } from './indices-of-run.ts';
import { liftedThrottles } from './lifted-throttles.ts';
import { unlessBusy } from './unless-busy.ts';

/**
 * Deletes the indices that the plan replaces or removes, and closes those that it restores over, by explicit names. Indices
 * that this run restored already stay, unless they came back broken. What somebody else made since the plan was made is
 * nobody's to delete. The ledger says what is deleted or closed before it is.
 *
 * @throws TandemError INDEX_IN_THE_WAY, DEADLINE_EXCEEDED
 */
export async function deleteIndices(state: RestoreState, ports: IndexSidePorts, step: StepRun): Promise<RestoreState> {
  const side = await indicesOfRun(state, ports);
  const { ledger, domain, plan, targets, present, entry, restore } = side;
  const { inTheWay, doomed, toClose } = makingWay(plan.indices, present, restore);
  if (inTheWay.length > 0) {
    throw new TandemError('INDEX_IN_THE_WAY', `Made by somebody else since the plan was made: ${few(inTheWay)}.`);
  }
  await ledger.write(
    indexRestorePart,
    {
      ...restore,
      requested: restore.requested.filter((name) => !restore.failed.includes(name)),
      deleted: [...new Set([...restore.deleted, ...doomed])],
      closed: [...new Set([...restore.closed, ...toClose])],
      failed: [],
    },
    entry,
  );
  await changeSettings(side, [...denialOfAutoCreation(plan), ...liftedThrottles(plan)]);
  const { indices } = domain;
  const gone = doomed.length === 0 || (await unlessBusy(() => indices.delete(doomed)));
  const shut = toClose.length === 0 || (await unlessBusy(() => indices.close(toClose)));
  if (!gone || !shut) {
    const pending = () => `the deletion of indices ${few([...doomed, ...toClose])}`;
    assertWithinDeadline(ports.clock.now(), state.deadlineAt, pending);
    const waitSeconds = nextWaitSeconds(state.waitSeconds ?? firstWaitSeconds);
    return { ...state, lastStep: 'DeleteIndices', progress: 'TO_START', waitSeconds };
  }
  step.info('made way for indices', { deleted: doomed.length, closed: toClose.length });
  return { ...state, lastStep: 'DeleteIndices', progress: targets.length === 0 ? 'DONE' : 'RUNNING' };
}
