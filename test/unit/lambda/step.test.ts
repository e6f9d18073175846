import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { lambdaContext } from '../../../cli/local/lambda-context.ts';
import { readFailure } from '../../../shared/errors/description.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { lambdaStep } from '../../../shared/lambda/step.ts';
import type { StepRun } from '../../../shared/ports/step-run.ts';

const inputSchema = z.object({ plan: z.string(), run: z.string() });
const event = { plan: 'app', run: 'app-1' };

/** What the step wrote to its log and its metrics, as CloudWatch would read it. */
let written: Record<string, unknown>[];

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'INFO');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  written = [];
  for (const method of ['log', 'info', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((line: string) => void written.push(JSON.parse(line)));
  }
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

function handlerOf(run: (input: z.output<typeof inputSchema>, ports: object, step: StepRun) => Promise<unknown>) {
  return lambdaStep('StartTableBackups', inputSchema, run)(() => ({}));
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable('the step did not fail'),
    (error: Error) => error,
  );

describe('a step as a Lambda function', () => {
  it('logs JSON lines that name the run, the plan and the step', async () => {
    const handler = handlerOf(async (_input, _ports, step) => step.info('looked', { pending: 3 }));

    await handler(event, lambdaContext('test'));

    expect(written).toContainEqual(
      expect.objectContaining({ message: 'looked', pending: 3, run: 'app-1', plan: 'app', step: 'StartTableBackups' }),
    );
  });

  it('never logs its input, whatever the environment says', async () => {
    vi.stubEnv('POWERTOOLS_LOGGER_LOG_EVENT', 'true');
    const handler = handlerOf(async () => undefined);

    await handler({ ...event, master: { password: 'secret word' } }, lambdaContext('test'));
    await failureOf(handler({ plan: 1, master: { password: 'secret word' } }, lambdaContext('test')));

    expect(written.length).toBeGreaterThan(0);
    expect(JSON.stringify(written)).not.toContain('secret word');
  });

  it('counts what it did, by plan and step, and how long it took', async () => {
    const handler = handlerOf(async (_input, _ports, step) => step.metric('tables', 'Count', 7));

    await handler(event, lambdaContext('test'));

    const metrics = written.find((line) => '_aws' in line);
    expect(metrics).toMatchObject({ tables: 7, plan: 'app', step: 'StartTableBackups', duration: expect.any(Number) });
    expect(metrics).not.toHaveProperty('failed');
  });

  it('fails under the name that Step Functions matches on, with what happened and what to do', async () => {
    const handler = handlerOf(async () => {
      throw new TandemError('TABLE_NOT_FOUND', 'Table orders is gone.');
    });

    const error = await failureOf(handler(event, lambdaContext('test')));

    expect(error.name).toBe('InvalidRequestError');
    expect(readFailure({ Error: error.name, Cause: error.message })).toMatchObject({
      step: 'StartTableBackups',
      code: 'TABLE_NOT_FOUND',
      message: 'Table orders is gone.',
    });
    expect(written.find((line) => '_aws' in line)).toMatchObject({ failed: 1 });
  });

  it('lets an error that it does not know out under its own name', async () => {
    const handler = handlerOf(async () => {
      throw new RangeError('out of range');
    });

    const error = await failureOf(handler(event, lambdaContext('test')));

    expect(error.name).toBe('RangeError');
    expect(error.message).toContain('[UNEXPECTED] StartTableBackups: out of range');
  });

  it('refuses an input that it does not understand', async () => {
    const error = await failureOf(handlerOf(async () => undefined)({ plan: 1 }, lambdaContext('test')));

    expect(error).toMatchObject({ name: 'InvalidRequestError', message: expect.stringContaining('[USAGE]') });
  });

  it('makes its ports once, however often it is called', async () => {
    const compose = vi.fn(() => ({}));
    const handler = lambdaStep('StartTableBackups', inputSchema, async () => 'done')(compose);

    await handler(event, lambdaContext('test'));
    await handler(event, lambdaContext('test'));

    expect(compose).toHaveBeenCalledOnce();
  });
});
