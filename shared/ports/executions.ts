import type { Failure } from '../contracts/steps.ts';

/** An execution as Step Functions tells it. */
export interface ExecutionDescription {
  name: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** What it was started with, as JSON text. */
  input: string;
  /** Why it failed. */
  failure: Failure | undefined;
}

/**
 * The state machines of an account and region, and their executions.
 *
 * All may be retried: starting twice with one name and one input, while it runs, is starting once. Throws CREDENTIALS_MISSING,
 * REGION_MISSING, ACCESS_DENIED; THROTTLED or SERVICE_UNAVAILABLE where asking again is right.
 */
export interface Executions {
  /** Every state machine of the account and region. */
  machines(): Promise<{ name: string; arn: string }[]>;
  /** Starts an execution. @throws EXECUTION_EXISTS where one of that name has ended, or runs with another input */
  start(machineArn: string, name: string, input: string): Promise<void>;
  /** The execution of that name, or undefined where there is none, or none any more: they are kept for 90 days. */
  find(machineArn: string, name: string): Promise<ExecutionDescription | undefined>;
  /** The executions that run now, the newest first. */
  running(machineArn: string): Promise<ExecutionDescription[]>;
}
