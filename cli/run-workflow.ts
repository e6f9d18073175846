import { isBeyondRepair } from '../shared/core/how-to-go-on.ts';
import { newRunId } from '../shared/core/names.ts';
import type { DescribedFailure } from '../shared/errors/description.ts';
import { TandemError } from '../shared/errors/tandem-error.ts';
import type { ObjectStore } from '../shared/ports/object-store.ts';
import { type Ledger, openLedger } from '../shared/steps/ledger.ts';
import { carryOnCommand, readSettledRun } from './carry-on.ts';
import type { FoundPlanFile } from './chosen-plan.ts';
import { follow } from './follow.ts';
import { interruptible } from './interruption.ts';
import { leaveRun } from './leave-run.ts';
import type { WorkflowOptions } from './options.ts';
import type { Answer } from './output/answer.ts';
import { noDisplay, progressDisplay } from './output/progress-display.ts';
import { readProgress } from './progress.ts';
import { RunError } from './run-error.ts';
import type { Surroundings } from './surroundings.ts';
import type { Execution, Workflow, WorkflowName } from './workflow.ts';

/** A run that is asked for: a new one, or one to carry on with where the options name it. */
export interface RequestedRun {
  workflow: WorkflowName;
  plan: string;
  /** What is about to happen: `Backing up plan app`. */
  title: string;
  /** The input of the state machine, but for the run. */
  input: object;
  /** Whether it only looks: there is no progress to show, and nothing to carry on with. */
  dryRun: boolean;
}

/** A run whose execution has ended, and where it has left what it did. */
export interface EndedRun {
  plan: string;
  run: string;
  failure: DescribedFailure | undefined;
  /** The command that carries on with a run that failed. */
  carryOn: string | undefined;
  store: ObjectStore;
  ledger: Ledger;
}

/** A run whose execution ended with a failure, as an error. @param answer what it has come to nevertheless */
export function runFailed({ plan, run, carryOn }: EndedRun, failure: DescribedFailure, answer?: Answer): RunError {
  return new RunError(failure, { plan, run, ended: true, notes: [`Run: ${run}`], carryOn, answer });
}

/**
 * Runs a workflow to its end, here or in AWS, and shows how far it is. A run that goes on already is followed instead of
 * being started a second time.
 *
 * @throws TandemError where it cannot be started; RunError where it is left before its end
 */
export async function runWorkflow(
  request: RequestedRun,
  { file, path }: FoundPlanFile,
  options: WorkflowOptions,
  surroundings: Surroundings,
): Promise<EndedRun> {
  const { clock, signals, stderr } = surroundings;
  const name = newRunId(request.plan, clock.now(), surroundings.randomSuffix(), request.workflow);
  const run = options.run ?? name;
  const store = surroundings.openCatalog(file.catalog.bucket);
  const ledger = openLedger(store, request.plan, run);
  const open = options.local ? surroundings.openLocal : surroundings.openDeployed;
  const workflow = await open(request.workflow, { stage: options.stage, planFile: path });
  const display = options.quiet ? noDisplay : progressDisplay(stderr, clock);

  const look = async () => (request.dryRun ? undefined : readProgress(request.workflow, ledger));

  const { failure } = await interruptible(signals, async (signal) => {
    const execution = await findOrStart(request, { name, carriedOn: options.run }, workflow, ledger, signal);
    display.begin(`${request.title} ${workflow.place}. Run: ${run}`);
    try {
      return await follow(execution, look, display, clock);
    } catch (error) {
      throw await leaveRun(error, { ...request, run }, workflow, ledger, options);
    } finally {
      display.end();
    }
  });
  const settled = failure && !request.dryRun ? await readSettledRun(request.workflow, ledger) : undefined;
  const canGoOn = settled && failure && !isBeyondRepair(request.workflow, [failure.code], settled.begun);
  const carryOn = canGoOn ? carryOnCommand({ ...request, run }, settled, options) : undefined;
  return { plan: request.plan, run, failure, carryOn, store, ledger };
}

/**
 * @param run the name for a new execution, and the run to carry on with
 * @throws TandemError RUN_UNKNOWN
 */
async function findOrStart(
  request: RequestedRun,
  run: { name: string; carriedOn: string | undefined },
  workflow: Workflow,
  ledger: Ledger,
  signal: AbortSignal,
): Promise<Execution> {
  const { name, carriedOn } = run;
  const running = carriedOn === undefined ? undefined : await workflow.findRunning(carriedOn, signal);
  if (running !== undefined) return running;
  // The first call to AWS: it shows missing credentials, a missing region and a missing bucket before anything is started.
  const settled = await readSettledRun(request.workflow, ledger);
  if (carriedOn === undefined) return workflow.start(name, request.input, signal);
  if (settled !== undefined) return workflow.start(name, { ...request.input, run: carriedOn }, signal);
  throw new TandemError(
    'RUN_UNKNOWN',
    `The catalog knows no ${request.workflow} run ${carriedOn} of plan ${request.plan}.`,
  );
}
