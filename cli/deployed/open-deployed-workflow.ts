import { readFailure } from '../../shared/errors/description.ts';
import { hasCode, isTransient, TandemError } from '../../shared/errors/tandem-error.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ExecutionDescription, Executions } from '../../shared/ports/executions.ts';
import { nextPause } from '../pause.ts';
import { startedRun } from '../started-run.ts';
import {
  type Ending,
  type Execution,
  type ExecutionNames,
  failureOfExecution,
  type OpenWorkflow,
  outOfTime,
} from '../workflow.ts';
import { findStateMachine } from './find-state-machine.ts';

/** Opens a workflow where it is deployed: an execution goes on there, whatever becomes of this process. */
export function deployedWorkflows(executions: Executions, clock: Clock): OpenWorkflow {
  return async (workflow, { stage }) => {
    const machine = await findStateMachine(executions, workflow, stage);
    const asExecution = (description: ExecutionDescription): Execution => ({
      ...startedRun(description.name, JSON.parse(description.input)),
      isRunning: description.status === 'RUNNING',
      ended: (signal) => untilEnded(executions, { machineArn: machine.arn, name: description.name, clock }, signal),
    });
    return {
      place: `in AWS (${machine.name})`,
      outlivesUs: true,
      start: async (names, input) => {
        const text = JSON.stringify(input);
        const name = await startOnce(executions, machine.arn, names, text);
        return asExecution({ name, status: 'RUNNING', input: text, failure: undefined });
      },
      running: async () => (await executions.running(machine.arn)).map(asExecution),
      find: async (name) => {
        const found = await executions.find(machine.arn, name);
        return found && asExecution(found);
      },
    };
  };
}

/**
 * Starts an execution, or leaves it at the one that somebody started a moment ago to do the same.
 *
 * @returns the name of the execution
 */
async function startOnce(
  executions: Executions,
  machineArn: string,
  { once, justBefore, anew }: ExecutionNames,
  input: string,
): Promise<string> {
  const doesTheSame = async (name: string) => {
    const there = await executions.find(machineArn, name);
    return there?.status === 'RUNNING' && there.input === input;
  };
  if (await doesTheSame(justBefore)) return justBefore;
  try {
    await executions.start(machineArn, once, input);
    return once;
  } catch (error) {
    if (!hasCode(error, 'EXECUTION_EXISTS')) throw error;
  }
  if (await doesTheSame(once)) return once;
  await executions.start(machineArn, anew, input);
  return anew;
}

interface Followed {
  machineArn: string;
  name: string;
  clock: Clock;
}

async function untilEnded(executions: Executions, followed: Followed, signal: AbortSignal): Promise<Ending> {
  for (let pause = nextPause(); ; pause = nextPause(pause)) {
    const ending = endingOf(await look(executions, followed));
    if (ending !== undefined) return ending;
    await followed.clock.sleep(pause, signal);
  }
}

/** A look that fails for a moment does not end the following of a run of hours. */
async function look(executions: Executions, { machineArn, name }: Followed): Promise<ExecutionDescription | undefined> {
  try {
    const found = await executions.find(machineArn, name);
    if (found !== undefined) return found;
  } catch (error) {
    if (isTransient(error)) return undefined;
    throw error;
  }
  throw new TandemError('RUN_UNKNOWN', `Step Functions knows no execution ${name} any more.`);
}

function endingOf(execution: ExecutionDescription | undefined): Ending | undefined {
  switch (execution?.status) {
    case undefined:
    case 'RUNNING':
      return undefined;
    case 'SUCCEEDED':
      return { failure: undefined };
    case 'TIMED_OUT':
      return { failure: outOfTime() };
    case 'ABORTED':
      return { failure: failureOfExecution(new TandemError('EXECUTION_STOPPED', 'Somebody stopped the execution.')) };
    case 'FAILED':
      return { failure: readFailure(execution.failure ?? { Error: 'States.Runtime', Cause: '' }) };
  }
}
