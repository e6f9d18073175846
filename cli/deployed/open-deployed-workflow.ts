import * as z from 'zod';
import { scheduledRunId } from '../../shared/core/names.ts';
import { readFailure } from '../../shared/errors/description.ts';
import { isTransient, TandemError } from '../../shared/errors/tandem-error.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ExecutionDescription, Executions } from '../../shared/ports/executions.ts';
import { nextPause } from '../pause.ts';
import { type Ending, failureOfExecution, type OpenWorkflow, outOfTime } from '../workflow.ts';
import { findStateMachine } from './find-state-machine.ts';

/** Opens a workflow where it is deployed: an execution goes on there, whatever becomes of this process. */
export function deployedWorkflows(executions: Executions, clock: Clock): OpenWorkflow {
  return async (workflow, { stage }) => {
    const machine = await findStateMachine(executions, workflow, stage);
    const follow = (arn: string, signal: AbortSignal) => untilEnded(executions, arn, clock, signal);
    return {
      place: `in AWS (${machine.name})`,
      outlivesUs: true,
      start: async (name, input, signal) => {
        const arn = await executions.start(machine.arn, name, JSON.stringify(input));
        return { name, ended: follow(arn, signal) };
      },
      findRunning: async (run, signal) => {
        for (const arn of await executions.running(machine.arn)) {
          const execution = await executions.describe(arn);
          if (isAtWorkOn(execution, run)) return { name: execution.name, ended: follow(arn, signal) };
        }
        return undefined;
      },
    };
  };
}

const inputOfRun = z.looseObject({ run: z.string() });
const inputOfSchedule = z.looseObject({ plan: z.string(), scheduledTime: z.string().pipe(z.coerce.date()) });

/** A run that is carried on has its id in the input, a scheduled one its time; otherwise the execution's name is its id. */
function isAtWorkOn(execution: ExecutionDescription, run: string): boolean {
  if (execution.name === run) return true;
  const input: unknown = JSON.parse(execution.input);
  const carriedOn = inputOfRun.safeParse(input).data;
  if (carriedOn !== undefined) return carriedOn.run === run;
  const scheduled = inputOfSchedule.safeParse(input).data;
  return scheduled !== undefined && scheduledRunId(scheduled.plan, scheduled.scheduledTime) === run;
}

async function untilEnded(executions: Executions, arn: string, clock: Clock, signal: AbortSignal): Promise<Ending> {
  for (let pause = nextPause(); ; pause = nextPause(pause)) {
    const ending = endingOf(await describe(executions, arn));
    if (ending !== undefined) return ending;
    await clock.sleep(pause, signal);
  }
}

/** A look that fails for a moment does not end the following of a run of hours. */
async function describe(executions: Executions, arn: string): Promise<ExecutionDescription | undefined> {
  try {
    return await executions.describe(arn);
  } catch (error) {
    if (isTransient(error)) return undefined;
    throw error;
  }
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
