import type { DescribedFailure } from '../shared/errors/description.ts';
import { TandemError } from '../shared/errors/tandem-error.ts';

export type WorkflowName = 'backup' | 'restore';

/** How an execution ended: well, or with a failure. */
export interface Ending {
  failure: DescribedFailure | undefined;
}

/** An execution that was started, by whomever. */
export interface Execution {
  /** What it is called where it runs. */
  name: string;
  /** Resolves when it has ended; rejects with the signal's reason where it is left before. */
  ended: Promise<Ending>;
}

/** A workflow where it runs: in the account where it is deployed, or in this process. */
export interface Workflow {
  /** `in AWS (tandem-prod-backup)`, for the sentence that says what is about to happen. */
  place: string;
  /** Whether an execution goes on when this process ends. */
  outlivesUs: boolean;
  /** Starts an execution. @param signal leaves it */
  start(name: string, input: object, signal: AbortSignal): Promise<Execution>;
  /** The execution that is at work on a run, as far as can be seen from here; undefined where there is none. */
  findRunning(run: string, signal: AbortSignal): Promise<Execution | undefined>;
}

export interface WorkflowOptions {
  /** The stage of the deployment; not needed where there is one alone. */
  stage: string | undefined;
  /** The absolute path of the plan file, which the steps in this process read too. */
  planFile: string;
}

/** Finds a workflow. @throws TandemError where it is not there */
export type OpenWorkflow = (name: WorkflowName, options: WorkflowOptions) => Promise<Workflow>;

/** A failure that the execution itself tells, not one of its steps. */
export function failureOfExecution({ name, code, message, remedy }: TandemError): DescribedFailure {
  return { name, step: undefined, code, message, remedy };
}

/** An execution that was ended by its state machine's own limit, whatever the deadline of the plan. */
export function outOfTime(): DescribedFailure {
  const message = 'The execution took longer than its state machine allows.';
  return failureOfExecution(new TandemError('DEADLINE_EXCEEDED', message));
}
