import type { DescribedFailure } from '../shared/errors/description.ts';
import { TandemError } from '../shared/errors/tandem-error.ts';

export const workflowNames = ['backup', 'restore'] as const;
export type WorkflowName = (typeof workflowNames)[number];

/** A run that is at work, or has ended. */
export interface Run {
  workflow: WorkflowName;
  plan: string;
  run: string;
  /** Whether it only looks: there is no progress to show, and nothing to carry on with. */
  dryRun: boolean;
}

/** How an execution ended: well, or with a failure. */
export interface Ending {
  failure: DescribedFailure | undefined;
}

/** What an execution was started for. */
export interface StartedRun {
  /** What the execution is called where it runs. */
  name: string;
  /** Undefined where its input names none. */
  plan: string | undefined;
  run: string;
  dryRun: boolean;
}

/** An execution that was started, by whomever. */
export interface Execution extends StartedRun {
  /** Whether it was at work when it was looked at. */
  isRunning: boolean;
  /** Resolves when it has ended; rejects with the signal's reason where it is left before. */
  ended(signal: AbortSignal): Promise<Ending>;
  /** Resolves once no step of it is at work in this process any more; undefined of one that is not in this process. */
  stopped?: () => Promise<void>;
}

/** What an execution may be called. */
export interface ExecutionNames {
  /** The same whenever the same command is given in this minute. */
  once: string;
  /** What that was in the minute before: a command given twice may fall on both sides of its end. */
  justBefore: string;
  /** Unlike every other. */
  anew: string;
}

/** A workflow where it runs: in the account where it is deployed, or in this process. */
export interface Workflow {
  /** `in AWS (tandem-prod-backup)`, for the sentence that says what is about to happen. */
  place: string;
  /** Whether an execution goes on when this process ends. */
  outlivesUs: boolean;
  /** Starts an execution, unless the same was started a moment ago and runs: then it is that one. */
  start(names: ExecutionNames, input: { plan: string }): Promise<Execution>;
  /** The executions that run now, as far as can be seen from here, the newest first. */
  running(): Promise<Execution[]>;
  /** The execution of a name, ended or not, as far as can be seen from here. */
  find(name: string): Promise<Execution | undefined>;
}

/** A workflow of a deployment. */
export interface Deployed {
  name: WorkflowName;
  workflow: Workflow;
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
