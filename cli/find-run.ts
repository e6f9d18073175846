import { TandemError } from '../shared/errors/tandem-error.ts';
import type { ObjectStore } from '../shared/ports/object-store.ts';
import { alertPart, type Ledger, openLedger, verificationPart } from '../shared/steps/ledger.ts';
import { recordedBy } from '../shared/steps/recovery-points.ts';
import { readSettledRun, type SettledRun } from './carry-on.ts';
import type { FoundPlanFile } from './chosen-plan.ts';
import type { Surroundings } from './surroundings.ts';
import type { Deployed, Execution, Run, Workflow, WorkflowName } from './workflow.ts';

/** A run that somebody has started, and where it is at work or has been. */
export interface FoundRun {
  run: Run;
  workflow: Workflow;
  /** The last one that is known, or undefined where what the run has come to needs none to be told. */
  execution: Execution | undefined;
}

/** The runs that go on, the newest of each workflow first. */
export async function runsThatGoOn(deployed: Deployed[]): Promise<(FoundRun & { execution: Execution })[]> {
  const found = deployed.map(async ({ name, workflow }) =>
    (await workflow.running()).map((execution) => ({ workflow, execution, run: runOf(name, execution) })),
  );
  return (await Promise.all(found)).flat();
}

/**
 * A run by its id, or by the name of its execution, whether it goes on or has ended.
 *
 * @throws TandemError RUN_UNKNOWN
 */
export async function findRun(
  wanted: string,
  deployed: Deployed[],
  { file }: FoundPlanFile,
  { openCatalog }: Pick<Surroundings, 'openCatalog'>,
): Promise<FoundRun> {
  const goingOn = await runsThatGoOn(deployed);
  const store = openCatalog(file.catalog.bucket);
  const found =
    goingOn.find(({ run, execution }) => [run.run, execution.name].includes(wanted)) ??
    (await inCatalog(wanted, deployed, Object.keys(file.plans), store)) ??
    (await byExecution(wanted, deployed));
  if (found !== undefined) return found;
  throw new TandemError('RUN_UNKNOWN', `Neither the catalog nor Step Functions knows a run ${wanted}.`);
}

/** The recovery point of a run outlives its ledger, and that its execution. */
async function inCatalog(
  run: string,
  deployed: Deployed[],
  plans: string[],
  store: ObjectStore,
): Promise<FoundRun | undefined> {
  for (const { name, workflow } of deployed) {
    for (const plan of plans) {
      const ledger = openLedger(store, plan, run);
      const ofPlan = { workflow: name, plan, run, dryRun: false };
      if (await hasDoneWell(ofPlan, store, ledger)) return { run: ofPlan, workflow, execution: undefined };
      const settled = await readSettledRun(name, ledger);
      if (settled === undefined) continue;
      const execution = await lastExecution(run, settled, ledger, workflow);
      return { run: { ...ofPlan, dryRun: execution.dryRun }, workflow, execution };
    }
  }
  return undefined;
}

async function hasDoneWell({ workflow, plan, run }: Run, store: ObjectStore, ledger: Ledger): Promise<boolean> {
  if (workflow === 'backup') return (await recordedBy(store, plan, run)) !== undefined;
  return (await ledger.read(verificationPart))?.value.differences.length === 0;
}

/**
 * Carried on, a run had several executions: the last that failed stands beside its alert. One that was stopped, or took
 * too long, has sent none.
 */
async function lastExecution(run: string, settled: SettledRun, ledger: Ledger, workflow: Workflow): Promise<Execution> {
  const name = (await ledger.read(alertPart))?.value.execution ?? settled.execution;
  const execution = await workflow.find(name);
  if (execution !== undefined) return execution;
  throw new TandemError('RUN_UNKNOWN', `Run ${run} has begun, and Step Functions knows no execution ${name} of it.`, {
    remedy: 'It may be at work on the machine where it was started with --local; carry on with it there if it is not.',
  });
}

/** One that failed before it stood anywhere, has just been started, or goes by another name in the catalog. */
async function byExecution(name: string, deployed: Deployed[]): Promise<FoundRun | undefined> {
  for (const { name: workflowName, workflow } of deployed) {
    const execution = await workflow.find(name);
    if (execution !== undefined) return { run: runOf(workflowName, execution), workflow, execution };
  }
  return undefined;
}

function runOf(workflow: WorkflowName, { run, plan = 'unknown', dryRun }: Execution): Run {
  return { workflow, plan, run, dryRun };
}
