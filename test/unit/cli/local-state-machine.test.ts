import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { loadDefinition } from '../../../cli/local/definition.ts';
import { handlers } from '../../../cli/local/handlers.ts';
import type { StepHandler } from '../../../cli/local/lambda-context.ts';
import { runStateMachine } from '../../../cli/local/state-machine.ts';

const definition = {
  StartAt: 'One',
  States: {
    One: { Type: 'Task' as const, Resource: arn('one'), Next: 'Two' },
    Two: {
      Type: 'Task' as const,
      Resource: arn('two'),
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Failed' }],
      End: true as const,
    },
    Failed: { Type: 'Fail' as const, ErrorPath: '$.failure.Error', CausePath: '$.failure.Cause' },
  },
};

function arn(name: string): string {
  return `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
}

const run = { name: 'run-1', input: { plan: 'app' } };
const echo: StepHandler = async (event) => event;

afterEach(() => vi.useRealTimers());

describe('a state machine in this process', () => {
  it('hands from step to step what survives JSON', async () => {
    const seen: unknown[] = [];
    const steps = {
      One: async () => ({ when: new Date(0), nothing: undefined, list: [1] }),
      Two: async (event: unknown) => seen.push(event),
    };

    const ending = await runStateMachine(definition, steps, run);

    expect(ending).toEqual({ status: 'SUCCEEDED', output: 1 });
    expect(seen).toEqual([{ when: '1970-01-01T00:00:00.000Z', list: [1] }]);
  });

  it('tells a step how much of its time is left, as Lambda does', async () => {
    const left: number[] = [];
    const One: StepHandler = async (_event, context) => left.push(context.getRemainingTimeInMillis());

    await runStateMachine(definition, { One, Two: echo }, run);

    expect(left[0]).toBeGreaterThan(890_000);
    expect(left[0]).toBeLessThanOrEqual(900_000);
  });

  it('fails under the name and with the message of the error that a step threw', async () => {
    const Two: StepHandler = async () => {
      throw Object.assign(new Error('why'), { name: 'ConflictError' });
    };

    const ending = await runStateMachine(definition, { One: echo, Two }, run);

    expect(ending).toEqual({ status: 'FAILED', failure: { Error: 'ConflictError', Cause: 'why' } });
  });

  it('tells a state machine that ran out of its own time', async () => {
    vi.useFakeTimers();
    const Two: StepHandler = () => Promise.withResolvers<never>().promise;
    const running = runStateMachine({ ...definition, TimeoutSeconds: 30 }, { One: echo, Two }, run);

    await vi.advanceTimersByTimeAsync(30_000);

    expect(await running).toEqual({ status: 'TIMED_OUT' });
  });

  it('enters no further state once it is left', async () => {
    const controller = new AbortController();
    const entered: string[] = [];
    const One: StepHandler = async () => {
      await setImmediate();
      controller.abort(new Error('left'));
    };
    const Two: StepHandler = async () => entered.push('Two');

    await expect(runStateMachine(definition, { One, Two }, run, controller.signal)).rejects.toThrow('left');

    await setImmediate();
    expect(entered).toEqual([]);
  });
});

describe.each(['backup', 'restore'] as const)('the definition of the %s', (workflow) => {
  const file = fileURLToPath(new URL(`../../../statemachines/${workflow}.asl.yml`, import.meta.url));

  it('has a function for each of its tasks, and no other', async () => {
    expect(Object.keys(handlers[workflow]).sort()).toEqual(tasksIn(await loadDefinition(file)).sort());
  });

  it('passes its own name and start to its first step', async () => {
    const first = Promise.withResolvers<unknown>();
    const endless: StepHandler = (event) => {
      first.resolve(event);
      return Promise.withResolvers<never>().promise;
    };
    const steps = Object.fromEntries(Object.keys(handlers[workflow]).map((state) => [state, endless]));
    const controller = new AbortController();
    const running = runStateMachine(await loadDefinition(file), steps, run, controller.signal);

    expect(await first.promise).toEqual({
      input: { plan: 'app' },
      execution: { name: 'run-1', startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) },
    });
    controller.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
  });
});

const taskSchema = z.looseObject({ Type: z.literal('Task') });

/** The names of all tasks, those in the branches of a Parallel state too. */
function tasksIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [
    ...(taskSchema.safeParse(part).success ? [name] : []),
    ...tasksIn(part),
  ]);
}
