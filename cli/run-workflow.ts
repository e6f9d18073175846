import { hashOf } from '../shared/core/hash.ts';
import { newRunId, onceRunId } from '../shared/core/names.ts';
import { TandemError } from '../shared/errors/tandem-error.ts';
import { openLedger } from '../shared/steps/ledger.ts';
import { readSettledRun } from './carry-on.ts';
import type { FoundPlanFile } from './chosen-plan.ts';
import { type EndedRun, followRun } from './follow-run.ts';
import { interruptible, unlessInterrupted } from './interruption.ts';
import type { WorkflowOptions } from './options.ts';
import type { Surroundings } from './surroundings.ts';
import type { Execution, Run, Workflow, WorkflowName } from './workflow.ts';

/** A run that is asked for: a new one, or one to carry on with where the options name it. */
export interface RequestedRun {
  workflow: WorkflowName;
  plan: string;
  /** What is about to happen: `Backing up plan app`. */
  title: string;
  /** The input of the state machine, but for the run. */
  input: { plan: string };
  dryRun: boolean;
}

/**
 * Runs a workflow to its end, here or in AWS, and shows how far it is. A run that goes on already is followed instead of
 * being started a second time.
 *
 * @throws TandemError where it cannot be started; RunError where it is left before its end
 */
export function runWorkflow(
  request: RequestedRun,
  found: FoundPlanFile,
  options: WorkflowOptions,
  surroundings: Surroundings,
): Promise<EndedRun> {
  return interruptible(surroundings.signals, async (signal) => {
    const { run, workflow, execution } = await startWorkflow(request, found, options, surroundings, signal);
    const sentence = `${request.title} ${workflow.place}. Run: ${run.run}`;
    return followRun(run, { workflow, execution, sentence }, found, options, surroundings, signal);
  });
}

/**
 * Has a workflow started, here or in AWS.
 *
 * @param signal keeps it from being started, until that is asked for
 * @throws TandemError where it cannot be
 */
export async function startWorkflow(
  request: RequestedRun,
  { file, path }: FoundPlanFile,
  options: WorkflowOptions,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<{ run: Run; workflow: Workflow; execution: Execution }> {
  const { plan, dryRun } = request;
  const open = options.local ? surroundings.openLocal : surroundings.openDeployed;
  const workflow = await unlessInterrupted(open(request.workflow, { stage: options.stage, planFile: path }), signal);
  const carriedOn = options.run;
  const running =
    carriedOn === undefined ? undefined : await unlessInterrupted(findRunning(carriedOn, workflow), signal);
  const execution = running ?? (await start(request, carriedOn, workflow, file.catalog.bucket, surroundings, signal));
  return { run: { workflow: request.workflow, plan, run: execution.run, dryRun }, workflow, execution };
}

/** The execution that is at work on a run. */
async function findRunning(run: string, workflow: Workflow): Promise<Execution | undefined> {
  return (await workflow.running()).find((execution) => execution.run === run);
}

/** @throws TandemError RUN_UNKNOWN where the run that is to be carried on with never began */
async function start(
  { workflow: name, plan, input }: RequestedRun,
  carriedOn: string | undefined,
  workflow: Workflow,
  catalog: string,
  { clock, randomSuffix, openCatalog }: Surroundings,
  signal: AbortSignal,
): Promise<Execution> {
  const whole = { ...input, ...(carriedOn === undefined ? {} : { run: carriedOn }) };
  const now = clock.now();
  const onceIn = (minute: Date) => onceRunId(plan, minute, hashOf(whole), name);
  const anew = newRunId(plan, now, randomSuffix(), name);
  // The first call to the catalog: it shows missing credentials and a missing bucket before anything is started.
  const ledger = openLedger(openCatalog(catalog), plan, carriedOn ?? anew);
  const settled = await unlessInterrupted(readSettledRun(name, ledger), signal);
  if (carriedOn !== undefined && settled === undefined) {
    throw new TandemError('RUN_UNKNOWN', `The catalog knows no ${name} run ${carriedOn} of plan ${plan}.`);
  }
  const justBefore = onceIn(new Date(now.getTime() - 60_000));
  return workflow.start({ once: onceIn(now), justBefore, anew }, whole);
}
