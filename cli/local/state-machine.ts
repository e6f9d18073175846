import {
  ExecutionAbortedError,
  ExecutionError,
  ExecutionTimeoutError,
  StateMachine,
  type StateMachineDefinition,
} from 'aws-local-stepfunctions';
import * as z from 'zod';
import type { Failure } from '../../shared/contracts/steps.ts';
import { lambdaContext, type StepHandler } from './lambda-context.ts';

/** How an execution ended, in the words of Step Functions. */
export type LocalEnding =
  | { status: 'SUCCEEDED'; output: unknown }
  | { status: 'FAILED'; failure: Failure }
  | { status: 'TIMED_OUT' };

const jsonSchema = z.json();
type Json = z.infer<typeof jsonSchema>;

/**
 * Runs a state machine in this process, each task by the handler of the state's name, to its end.
 *
 * @param signal ends it early: no further state is entered, and the signal's reason is thrown
 */
export async function runStateMachine(
  definition: StateMachineDefinition,
  handlers: Readonly<Record<string, StepHandler>>,
  execution: { name: string; input: unknown },
  signal?: AbortSignal,
): Promise<LocalEnding> {
  signal?.throwIfAborted();
  const running = new StateMachine(definition).run(throughJson(execution.input), {
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(Object.entries(handlers).map((one) => asTask(one, signal))),
    },
    context: { Execution: { Name: execution.name } },
  });
  const stop = () => running.abort();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return { status: 'SUCCEEDED', output: await running.result };
  } catch (error) {
    if (error instanceof ExecutionAbortedError) signal?.throwIfAborted();
    if (error instanceof ExecutionTimeoutError) return { status: 'TIMED_OUT' };
    if (!(error instanceof ExecutionError && error.cause instanceof Error)) throw error;
    return { status: 'FAILED', failure: { Error: error.cause.name, Cause: error.cause.message } };
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function asTask(
  [state, handler]: [string, StepHandler],
  signal: AbortSignal | undefined,
): [string, (input: unknown) => Promise<Json>] {
  return [state, async (input) => throughJson(await handler(throughJson(input), lambdaContext(state, signal)))];
}

/** What goes into a handler and what comes out is JSON on AWS, so that a Date or an undefined does not survive. */
function throughJson(value: unknown): Json {
  return jsonSchema.parse(JSON.parse(JSON.stringify(value ?? null)));
}
