import { TandemError } from '../../shared/errors/tandem-error.ts';
import { type FoundPlanFile, readPlanFile } from '../chosen-plan.ts';
import { type FoundRun, findRun, runsThatGoOn } from '../find-run.ts';
import { type EndedRun, endedRun, followRun } from '../follow-run.ts';
import { interruptible, unlessInterrupted } from '../interruption.ts';
import type { WatchOptions } from '../options.ts';
import { outcomeOf } from '../outcome.ts';
import type { Answer } from '../output/answer.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Deployed, type WorkflowName, workflowNames } from '../workflow.ts';

/** Follows a run that goes on in AWS, whoever started it, or tells how it has ended. Without a run: the one that goes on. */
export async function watch(
  wanted: string | undefined,
  options: WatchOptions,
  surroundings: Surroundings,
): Promise<Answer> {
  const found = await readPlanFile(options, surroundings);
  const ended = await interruptible(surroundings.signals, async (signal) => {
    const run = await unlessInterrupted(lookFor(wanted, found, options, surroundings), signal);
    return untilEnded(run, found, options, surroundings, signal);
  });
  return outcomeOf(ended);
}

async function lookFor(
  wanted: string | undefined,
  found: FoundPlanFile,
  options: WatchOptions,
  surroundings: Surroundings,
): Promise<FoundRun> {
  const deployed = await Promise.all(workflowNames.map((name) => openWorkflow(name, found, options, surroundings)));
  return wanted === undefined ? theOneThatGoesOn(deployed) : findRun(wanted, deployed, found, surroundings);
}

async function openWorkflow(
  name: WorkflowName,
  { path }: FoundPlanFile,
  { stage }: WatchOptions,
  { openDeployed }: Surroundings,
): Promise<Deployed> {
  return { name, workflow: await openDeployed(name, { stage, planFile: path }) };
}

/** @throws TandemError NOTHING_RUNS, or USAGE where several go on */
async function theOneThatGoesOn(deployed: Deployed[]): Promise<FoundRun> {
  const goingOn = await runsThatGoOn(deployed);
  const [only, another] = goingOn;
  if (only === undefined) throw new TandemError('NOTHING_RUNS', 'No run goes on.');
  if (another === undefined) return only;
  const runs = goingOn.map(({ run }) => run.run).join(', ');
  throw new TandemError('USAGE', `Several runs go on: ${runs}.`, { remedy: 'Name the one that is meant.' });
}

async function untilEnded(
  { run, workflow, execution }: FoundRun,
  found: FoundPlanFile,
  options: WatchOptions,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<EndedRun> {
  if (execution?.isRunning) {
    const sentence = `Following the ${run.workflow} of plan ${run.plan} ${workflow.place}. Run: ${run.run}`;
    return followRun(run, { workflow, execution, sentence }, found, options, surroundings, signal);
  }
  const ending = await execution?.ended(signal);
  return endedRun(run, ending?.failure, found, options, surroundings);
}
