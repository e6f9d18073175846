import type { RestoreState } from '../../contracts/steps.ts';
import { assertWithinDeadline, few } from '../../core/deadline.ts';
import { recoveryState, remarkOn } from '../../core/index-recovery.ts';
import { firstWaitSeconds, nextWaitSeconds } from '../../core/waits.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { indexRestorePart } from '../ledger.ts';
import { type IndexSidePorts, indicesOfRun } from './indices-of-run.ts';

export interface CheckIndexRecoveryPorts extends IndexSidePorts {
  clock: Clock;
}

/**
 * Looks how far the restored indices are, shard by shard.
 *
 * @throws TandemError RECOVERY_FAILED, with the server's own reason; those indices are restored again when the run is
 * carried on. DEADLINE_EXCEEDED
 */
export async function checkIndexRecovery(
  state: RestoreState,
  ports: CheckIndexRecoveryPorts,
  step: StepRun,
): Promise<RestoreState> {
  const { ledger, domain, names, recorded, entry, restore } = await indicesOfRun(state, ports);
  const { dataNodes } = await domain.indices.topology();
  const recoveries = new Map((await domain.indices.recovery(names)).map((recovery) => [recovery.index, recovery]));
  const looked = recorded.indices
    .filter((index) => names.includes(index.name))
    .map((index) => {
      const recovery = recoveries.get(index.name);
      return { index, recovery, state: recoveryState(index, recovery, dataNodes) };
    });
  const inState = (wanted: string) => looked.filter((one) => one.state === wanted).map((one) => one.index.name);
  const [failed, running, recovered] = [inState('FAILED'), inState('RUNNING'), inState('RECOVERED')];
  const remarks = looked
    .filter((one) => one.state === 'RECOVERED' && one.recovery?.health === 'yellow')
    .map((one) => remarkOn(one.index, dataNodes));
  const shardsDone = looked.reduce((sum, one) => sum + (one.recovery?.primariesDone ?? 0), 0);
  await ledger.write(indexRestorePart, { ...restore, failed, recovered, shardsDone, remarks }, entry);
  step.info('looked at the recovery', { shardsDone, shardsTotal: restore.shardsTotal, running: running.length });

  const [first] = failed;
  if (first !== undefined) {
    const why = (await domain.indices.whyUnassigned(first)) ?? 'the index does not exist';
    throw new TandemError('RECOVERY_FAILED', `Not restored: ${few(failed)}. ${first}: ${why}`);
  }
  if (running.length > 0) assertWithinDeadline(ports.clock.now(), state.deadlineAt, () => `indices ${few(running)}`);
  return {
    ...state,
    lastStep: 'CheckIndexRecovery',
    progress: running.length > 0 ? 'RUNNING' : 'DONE',
    waitSeconds: nextWaitSeconds(state.waitSeconds ?? firstWaitSeconds),
  };
}
