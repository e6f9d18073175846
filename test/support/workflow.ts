import { ExecutionError, StateMachine } from 'aws-local-stepfunctions';
import * as z from 'zod';
import { loadDefinition } from '../../cli/local/definition.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { type Delivery, type Functions, type Retry, retrySchema, TaskRunner, throughJson } from './task-runner.ts';

export interface WorkflowRun {
  status: 'SUCCEEDED' | 'FAILED' | 'KILLED';
  output: unknown;
  /** The name and the cause that the execution failed with. */
  failure: { Error: string; Cause: string } | undefined;
  /** The states that were entered, in order. */
  states: string[];
  /** How many tasks ended well. */
  tasks: number;
  /** The largest input or output of a task, in bytes of JSON. */
  largestPayload: number;
}

export interface Execution extends Delivery {
  name: string;
  input: unknown;
  /** Ends the execution, as by force, when so many tasks have ended. */
  killAfterTasks?: number;
}

const stateSchema = z.looseObject({
  Type: z.string(),
  Retry: retrySchema.optional(),
});

/** Made once: that they are valid is found out then, and takes longer than a run. */
const machines = {
  backup: await loadMachine('backup'),
  restore: await loadMachine('restore'),
};

async function loadMachine(workflow: string) {
  const definition = await loadDefinition(new URL(`../../statemachines/${workflow}.asl.yml`, import.meta.url));
  const [tasks, waits] = [statesOf(definition, 'Task'), statesOf(definition, 'Wait')];
  return {
    machine: new StateMachine(definition),
    tasks,
    noWaits: Object.fromEntries(waits.map((state) => [state.name, 0])),
    noRetryIntervals: Object.fromEntries(tasks.map((state) => [state.name, 0])),
  };
}

/**
 * Runs the very definition that is deployed with the very handlers, in virtual time: where a state machine waits, the
 * clock moves instead.
 *
 * @param functions makes them, as each process of Lambda does
 */
export async function runWorkflow(
  workflow: keyof typeof machines,
  functions: Functions,
  clock: Clock,
  { name, input, killAfterTasks = Number.POSITIVE_INFINITY, ...delivery }: Execution,
): Promise<WorkflowRun> {
  const { machine, tasks: states, noWaits, noRetryIntervals } = machines[workflow];
  const run: WorkflowRun = {
    status: 'SUCCEEDED',
    output: undefined,
    failure: undefined,
    states: [],
    tasks: 0,
    largestPayload: 0,
  };
  const tasks = new TaskRunner(clock, delivery, (ended) => {
    if (ended >= killAfterTasks) execution.abort();
  });
  const execution = machine.run(throughJson(input), {
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(
        states.map(({ name: state, retry }) => [
          state,
          (event) => tasks.run({ name: state, retry, start: functions[state] }, event),
        ]),
      ),
      waitTimeOverrides: noWaits,
      retryIntervalOverrides: noRetryIntervals,
    },
    context: { Execution: { Name: name } },
  });
  const followed = follow(execution.eventLogs, run.states);
  try {
    run.output = await execution.result;
  } catch (error) {
    run.status = tasks.ended >= killAfterTasks ? 'KILLED' : 'FAILED';
    run.failure = failureOf(error);
  }
  await followed;
  return { ...run, tasks: tasks.ended, largestPayload: tasks.largestPayload };
}

async function follow(events: ReturnType<StateMachine['run']>['eventLogs'], states: string[]): Promise<void> {
  for await (const event of events) if (event.type === 'StateEntered') states.push(event.state.name);
}

function failureOf(error: unknown): WorkflowRun['failure'] {
  const cause = error instanceof ExecutionError ? error.cause : error;
  return cause instanceof Error
    ? { Error: cause.name, Cause: cause.message }
    : { Error: 'Error', Cause: String(cause) };
}

/** All states of a type, those in the branches of a Parallel state too, and how they are tried again. */
function statesOf(definition: unknown, type: string): { name: string; retry: Retry | undefined }[] {
  if (typeof definition !== 'object' || definition === null) return [];
  return Object.entries(definition).flatMap(([name, part]) => {
    const state = stateSchema.safeParse(part).data;
    return [...(state?.Type === type ? [{ name, retry: state.Retry }] : []), ...statesOf(part, type)];
  });
}
