import { ExecutionError, StateMachine } from 'aws-local-stepfunctions';
import * as z from 'zod';
import { loadDefinition } from '../../cli/local/definition.ts';
import { lambdaContext, type StepHandler } from '../../cli/local/lambda-context.ts';
import type { Clock } from '../../shared/ports/clock.ts';

export interface WorkflowRun {
  status: 'SUCCEEDED' | 'FAILED' | 'KILLED';
  output: unknown;
  /** The name and the cause that the execution failed with. */
  failure: { Error: string; Cause: string } | undefined;
  /** The states that were entered, in order. */
  states: string[];
  /** The largest input or output of a task, in bytes of JSON. */
  largestPayload: number;
}

export interface Execution {
  name: string;
  input: unknown;
  /** Ends the execution, as by force, when so many tasks have ended. */
  killAfterTasks?: number;
}

const definitions = {
  backup: await loadDefinition(new URL('../../statemachines/backup.asl.yml', import.meta.url)),
  restore: await loadDefinition(new URL('../../statemachines/restore.asl.yml', import.meta.url)),
};

/**
 * Runs the very definition that is deployed with the very handlers, in virtual time: where a state machine waits, the
 * clock moves instead.
 */
export async function runWorkflow(
  workflow: keyof typeof definitions,
  handlers: Record<string, StepHandler>,
  clock: Clock,
  { name, input, killAfterTasks = Number.POSITIVE_INFINITY }: Execution,
): Promise<WorkflowRun> {
  const definition = definitions[workflow];
  const run: WorkflowRun = {
    status: 'SUCCEEDED',
    output: undefined,
    failure: undefined,
    states: [],
    largestPayload: 0,
  };
  let tasks = 0;
  const start = clock.now().toISOString();
  const task = (state: string, handler: StepHandler) => async (event: unknown) => {
    await waited(event, clock);
    run.largestPayload = Math.max(run.largestPayload, sizeOf(event));
    const output = await handler(throughJson(startedAt(event, start)), lambdaContext(state));
    run.largestPayload = Math.max(run.largestPayload, sizeOf(output));
    tasks += 1;
    if (tasks >= killAfterTasks) execution.abort();
    return throughJson(output);
  };
  const execution = new StateMachine(definition).run(throughJson(input), {
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(
        Object.entries(handlers).map(([state, handler]) => [state, task(state, handler)]),
      ),
      waitTimeOverrides: Object.fromEntries(statesOf(definition, 'Wait').map((state) => [state, 0])),
      retryIntervalOverrides: Object.fromEntries(statesOf(definition, 'Task').map((state) => [state, 0])),
    },
    context: { Execution: { Name: name } },
  });
  const followed = follow(execution.eventLogs, run.states);
  try {
    run.output = await execution.result;
  } catch (error) {
    run.status = tasks >= killAfterTasks ? 'KILLED' : 'FAILED';
    run.failure = failureOf(error);
  }
  await followed;
  return run;
}

/** The interpreter fills in the real time, whatever its context says. */
function startedAt(event: unknown, start: string): unknown {
  const { execution, ...rest } = startSchema.parse(event);
  return execution === undefined ? event : { ...rest, execution: { ...execution, startedAt: start } };
}

const startSchema = z.looseObject({ execution: z.looseObject({ name: z.string() }).optional() }).catch({});

/** Lets the seconds of the Wait state that led to this task pass. */
async function waited(event: unknown, clock: Clock): Promise<void> {
  const { progress, waitSeconds } = waitingSchema.parse(event);
  if (progress !== undefined && waitSeconds !== undefined) await clock.sleep(waitSeconds * 1_000);
}

const waitingSchema = z.looseObject({ progress: z.string().optional(), waitSeconds: z.number().optional() }).catch({});

async function follow(events: ReturnType<StateMachine['run']>['eventLogs'], states: string[]): Promise<void> {
  for await (const event of events) if (event.type === 'StateEntered') states.push(event.state.name);
}

function failureOf(error: unknown): WorkflowRun['failure'] {
  const cause = error instanceof ExecutionError ? error.cause : error;
  return cause instanceof Error
    ? { Error: cause.name, Cause: cause.message }
    : { Error: 'Error', Cause: String(cause) };
}

/** The names of all states of a type, those in the branches of a Parallel state too. */
function statesOf(definition: unknown, type: string): string[] {
  if (typeof definition !== 'object' || definition === null) return [];
  const nested = Object.entries(definition).flatMap(([name, part]) => {
    const own = typeof part === 'object' && part !== null && 'Type' in part && part.Type === type ? [name] : [];
    return [...own, ...statesOf(part, type)];
  });
  return nested;
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value ?? null));
}

function throughJson(value: unknown) {
  return z.json().parse(JSON.parse(JSON.stringify(value ?? null)));
}
