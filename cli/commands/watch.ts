import { TandemError } from '../../shared/errors/tandem-error.ts';
import { type FoundPlanFile, readPlanFile } from '../chosen-plan.ts';
import { followRun } from '../follow-run.ts';
import { howItEnded } from '../how-it-ended.ts';
import { interruptible } from '../interruption.ts';
import type { WatchOptions } from '../options.ts';
import { outcomeOf } from '../outcome.ts';
import type { Answer } from '../output/answer.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Deployed, type Execution, type Run, type WorkflowName, workflowNames } from '../workflow.ts';

/** Follows a run that goes on in AWS, whoever started it, or tells how it has ended. Without a run: the one that goes on. */
export async function watch(
  wanted: string | undefined,
  options: WatchOptions,
  surroundings: Surroundings,
): Promise<Answer> {
  const found = await readPlanFile(options, surroundings);
  const deployed = await Promise.all(workflowNames.map((name) => openWorkflow(name, found, options, surroundings)));
  const running = (await Promise.all(deployed.map(runningOf))).flat();
  const [going, another] = running.filter(({ run }) => wanted === undefined || run.run === wanted);
  if (wanted === undefined && another !== undefined) throw severalRun(running);
  if (going !== undefined) {
    const sentence = `Following the ${going.run.workflow} of plan ${going.run.plan} ${going.workflow.place}. Run: ${going.run.run}`;
    return interruptible(surroundings.signals, async (signal) =>
      outcomeOf(await followRun(going.run, { ...going, sentence }, found, options, surroundings, signal)),
    );
  }
  if (wanted === undefined) throw new TandemError('NOTHING_RUNS', 'No run goes on.');
  return outcomeOf(await howItEnded(wanted, deployed, found, options, surroundings));
}

async function openWorkflow(
  name: WorkflowName,
  { path }: FoundPlanFile,
  { stage }: WatchOptions,
  { openDeployed }: Surroundings,
): Promise<Deployed> {
  return { name, workflow: await openDeployed(name, { stage, planFile: path }) };
}

async function runningOf({ name, workflow }: Deployed) {
  return (await workflow.running()).map((execution) => ({ workflow, execution, run: runOf(name, execution) }));
}

function runOf(workflow: WorkflowName, { run, plan = 'unknown', dryRun }: Execution): Run {
  return { workflow, plan, run, dryRun };
}

function severalRun(running: { run: Run }[]): TandemError {
  const runs = running.map(({ run }) => run.run).join(', ');
  return new TandemError('USAGE', `Several runs go on: ${runs}.`, { remedy: 'Name the one that is meant.' });
}
