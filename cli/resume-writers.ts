import type { PausedWriters } from '../shared/contracts/ledger/changed-meanwhile.ts';
import { leftWritersSchema } from '../shared/contracts/writers.ts';
import { resumeWritersCommand } from '../shared/core/how-to-go-on.ts';
import { TandemError } from '../shared/errors/tandem-error.ts';
import type { ObjectStore } from '../shared/ports/object-store.ts';
import { openLedger, restoreRunPart } from '../shared/steps/ledger.ts';
import { putWritersBack } from '../shared/steps/restore/put-writers-back.ts';
import type { FoundPlanFile } from './chosen-plan.ts';
import { findStateMachine } from './deployed/find-state-machine.ts';
import type { FollowOptions } from './options.ts';
import type { Answer } from './output/answer.ts';
import { reportOf } from './output/error-report.ts';
import { writersAnswer } from './output/writers-answer.ts';
import { RunError } from './run-error.ts';
import type { Surroundings } from './surroundings.ts';

interface RestoreOfPlan {
  plan: string;
  run: string;
}

/**
 * Puts the writers back that a restore has left paused, from here or by the function of the deployment.
 *
 * @throws TandemError RUN_UNKNOWN, RUN_GOES_ON; RunError where they could not be put back
 */
export async function resumeWriters(
  restore: RestoreOfPlan,
  { file, path }: FoundPlanFile,
  options: FollowOptions,
  surroundings: Surroundings,
): Promise<Answer> {
  const store = surroundings.openCatalog(file.catalog.bucket);
  await openLedger(store, restore.plan, restore.run).get(restoreRunPart);
  await refuseWhereItGoesOn(restore, path, options, surroundings);
  try {
    const writers = options.local
      ? await putWritersBackFromHere(restore, store, options, surroundings)
      : await putWritersBackThere(restore, options, surroundings);
    return writersAnswer(restore, writers);
  } catch (error) {
    const carryOn = resumeWritersCommand(restore.plan, restore.run, options);
    throw new RunError(reportOf(error), { ...restore, ended: true, notes: [`Run: ${restore.run}`], carryOn }, error);
  }
}

/** A restore that is at work puts its writers back itself; before that, they would write into what it restores. */
async function refuseWhereItGoesOn(
  { run }: RestoreOfPlan,
  planFile: string,
  { local, stage }: FollowOptions,
  { openLocal, openDeployed }: Surroundings,
): Promise<void> {
  const workflow = await (local ? openLocal : openDeployed)('restore', { stage, planFile });
  const running = await workflow.running();
  if (running.some((execution) => execution.run === run)) {
    throw new TandemError('RUN_GOES_ON', `Restore ${run} goes on.`);
  }
}

/** With the caller's own credentials. */
export async function putWritersBackFromHere(
  restore: RestoreOfPlan,
  store: ObjectStore,
  { config }: FollowOptions,
  { openWriters, clock }: Surroundings,
): Promise<PausedWriters | undefined> {
  const quiet = { millisecondsLeft: () => Number.POSITIVE_INFINITY, info: () => {}, metric: () => {} };
  const ports = { ...(await openWriters()), clock, place: { local: true, config } };
  return putWritersBack(store, restore, ports, quiet);
}

async function putWritersBackThere(
  restore: RestoreOfPlan,
  { stage }: FollowOptions,
  { setUpAccount: { executions, functions } }: Surroundings,
): Promise<PausedWriters | undefined> {
  const { name } = await findStateMachine(executions, 'restore', stage);
  const functionName = `${name.replace(/-restore$/, '')}-resumeLeftWriters`;
  const answer = leftWritersSchema.safeParse(await functions.call(functionName, restore));
  if (answer.success) return answer.data.writers ?? undefined;
  throw new TandemError('PROVIDER_FAILURE', `${functionName} does not answer as this version of Tandem does.`, {
    cause: answer.error,
    remedy: 'Deploy Tandem again, so that the function is of the version that is used here.',
  });
}
