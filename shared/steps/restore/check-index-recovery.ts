import type { SearchRecord } from '../../contracts/manifest.ts';
import type { RestoreState } from '../../contracts/steps.ts';
import { assertWithinDeadline, few } from '../../core/deadline.ts';
import { type RecoveryState, recoveryState, remarkOn } from '../../core/index-recovery.ts';
import { firstWaitSeconds, nextWaitSeconds } from '../../core/waits.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { SearchDomain } from '../../ports/search-domain.ts';
import type { IndexRecovery, SearchIndices } from '../../ports/search-indices.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { indexRestorePart } from '../ledger.ts';
import { type IndexSidePorts, type IndicesOfRun, restoredIndicesOfRun } from './indices-of-run.ts';
import { giveReplicas } from './replicas.ts';
import { unlessBusy } from './unless-busy.ts';

/**
 * Looks how far the restored indices are, shard by shard. Those that were restored without replicas get them once all
 * primaries are there, and are looked at until they have them. A restore brings closed ones back open: once they are
 * there they are closed again, and looked at again, because their shards start anew.
 *
 * @throws TandemError RECOVERY_FAILED, with the server's own reason; those indices are restored again when the run is
 * carried on. INDEX_IN_THE_WAY, INDEX_BLOCKED, DEADLINE_EXCEEDED
 */
export async function checkIndexRecovery(
  state: RestoreState,
  ports: IndexSidePorts,
  step: StepRun,
): Promise<RestoreState> {
  const { ledger, domain, entry, ...side } = await restoredIndicesOfRun(state, ports);
  const looked = await lookAt(side, domain.indices);
  const { running, toReplicate, toClose } = looked;
  const isBack =
    running.length + toReplicate.length + toClose.length + looked.foreign.length + looked.restore.failed.length === 0;
  const recoveredAt = isBack ? (side.restore.recoveredAt ?? ports.clock.now().toISOString()) : undefined;
  const written = await ledger.write(indexRestorePart, { ...looked.restore, recoveredAt }, entry);
  const { failed, shardsDone, shardsTotal } = looked.restore;
  step.info('looked at the recovery', { shardsDone, shardsTotal, running: running.length });

  if (looked.foreign.length > 0) {
    throw new TandemError('INDEX_IN_THE_WAY', `Made by somebody else before the restore: ${few(looked.foreign)}.`);
  }
  const [first] = failed;
  if (first !== undefined) {
    throw new TandemError(
      'RECOVERY_FAILED',
      `Not restored: ${few(failed)}. ${first}: ${await reasonOf(first, domain)}`,
    );
  }
  if (toClose.length > 0) await unlessBusy(() => domain.indices.close(toClose));
  if (toReplicate.length > 0) {
    await giveReplicas(toReplicate, looked.restore.withoutReplicas, domain.indices);
    await ledger.write(indexRestorePart, { ...written.value, withoutReplicas: new Map() }, written);
  }
  const pending = [...running, ...toReplicate, ...toClose];
  if (pending.length > 0) assertWithinDeadline(ports.clock.now(), state.deadlineAt, () => `indices ${few(pending)}`);
  return {
    ...state,
    lastStep: 'CheckIndexRecovery',
    progress: pending.length > 0 ? 'RUNNING' : 'DONE',
    waitSeconds: nextWaitSeconds(state.waitSeconds ?? firstWaitSeconds),
  };
}

/** The server's own reason; that it cannot be had must not take the place of what happened. */
async function reasonOf(index: string, { indices }: SearchDomain): Promise<string> {
  try {
    return (await indices.whyUnassigned(index)) ?? 'it is not there, or was not restored whole';
  } catch (error) {
    return `the reason cannot be read: ${String(error)}`;
  }
}

interface Looked {
  index: SearchRecord['indices'][number];
  recovery: IndexRecovery | undefined;
  state: RecoveryState;
}

type Side = Pick<IndicesOfRun, 'restored' | 'present' | 'restore'> & { recorded: SearchRecord };

async function lookAt({ restored, recorded, present, restore }: Side, indices: SearchIndices) {
  const targets = restored.map(({ target }) => target);
  const { dataNodes } = await indices.topology();
  const recoveries = new Map((await indices.recovery(targets)).map((recovery) => [recovery.index, recovery]));
  const source = { repository: recorded.repository.name, snapshot: recorded.snapshot.name };
  const records = new Map(recorded.indices.map((index) => [index.name, index]));
  const looked: Looked[] = restored.flatMap(({ name, target }) => {
    const record = records.get(name);
    const recovery = recoveries.get(target);
    if (record === undefined) return [];
    return { index: { ...record, name: target }, recovery, state: recoveryState(record, recovery, dataNodes, source) };
  });
  const inState = (wanted: RecoveryState) => looked.filter((one) => one.state === wanted).map((one) => one.index.name);
  const foreign = inState('FOREIGN');
  const [running, recovered] = [inState('RUNNING'), inState('RECOVERED')];
  // Replicas of one would take the room of primaries of another that are on their way still.
  const toReplicate = running.length > 0 ? [] : recovered.filter((name) => restore.withoutReplicas.has(name));
  return {
    running,
    toReplicate,
    toClose: looked
      .filter(({ index, recovery, state }) => state === 'RECOVERED' && !index.open && recovery?.open)
      .map(({ index }) => index.name)
      .filter((name) => !restore.withoutReplicas.has(name)),
    foreign,
    restore: {
      ...restore,
      // One that somebody else made is not this run's to delete.
      requested: restore.requested.filter((name) => !foreign.includes(name)),
      made: targets.filter((name) => !foreign.includes(name)).flatMap((name) => present.get(name) ?? []),
      failed: inState('FAILED'),
      recovered: recovered.filter((name) => !restore.withoutReplicas.has(name)),
      shardsDone: looked.reduce((sum, one) => sum + (one.recovery?.primariesDone ?? 0), 0),
      remarks: looked
        .filter((one) => one.state === 'RECOVERED' && one.recovery?.health === 'yellow')
        .map((one) => remarkOn(one.index, dataNodes)),
    },
  };
}
