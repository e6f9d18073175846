import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { systemClock } from '../adapters/system-clock.ts';
import { failureAt } from '../core/deadline.ts';
import { describeFailure } from '../errors/description.ts';
import { understandGiven } from '../errors/understand-given.ts';
import type { Clock } from '../ports/clock.ts';
import type { StepRun } from '../ports/step-run.ts';

const units = { Count: MetricUnit.Count, Bytes: MetricUnit.Bytes, Seconds: MetricUnit.Seconds };

const text = z.string().optional().catch(undefined);
const names = z.object({ plan: text, run: text });

/** Where the run and the plan are in the input of a step, for its log lines, and its deadline; a first step has none yet. */
const identitySchema = names.extend({
  deadlineAt: text,
  input: names.optional().catch(undefined),
  state: names
    .extend({ input: names.optional().catch(undefined) })
    .optional()
    .catch(undefined),
  execution: z.object({ name: z.string() }).optional().catch(undefined),
});

/**
 * Makes a step of a workflow a Lambda function: parses the input, gives the step its log and metrics, and lets a failure
 * out under the name that Step Functions matches on, with a message that tells the step, the reason and the remedy.
 *
 * @returns a function that takes what makes the step's ports (called once a cold start) and gives the handler
 */
export function lambdaStep<Input, Ports, Output>(
  name: string,
  inputSchema: z.ZodType<Input>,
  run: (input: Input, ports: Ports, step: StepRun) => Promise<Output>,
) {
  return (compose: () => Ports, clock: Clock = systemClock) => {
    // The name of the stack where it is deployed: two deployments may have plans of the same name.
    const serviceName = process.env.POWERTOOLS_SERVICE_NAME ?? 'tandem';
    const logger = new Logger({ serviceName });
    let ports: Ports | undefined;

    // One a call: where workflows run locally, calls of one function go on side by side, each with metrics of its own.
    const makeHandler = () => {
      const metrics = new Metrics({ namespace: 'Tandem', serviceName });
      return (
        middy<unknown, Output, Error, Context>()
          // Whatever the environment wants logged: the input of a set-up may hold a password.
          .use(injectLambdaContext(logger, { resetKeys: true, logEvent: false }))
          .use(logMetrics(metrics))
          .onError((request) => {
            metrics.addMetric('failed', MetricUnit.Count, 1);
            logger.error('the step failed', request.error ?? new Error('no error was given'));
            const { deadlineAt } = identify(request.event);
            request.error = asStepFunctionsSeesIt(name, failureAt(clock.now(), deadlineAt, name, request.error));
          })
          .handler(async (event, context) => {
            const started = clock.now().getTime();
            const { plan, run: id } = identify(event);
            logger.appendKeys({ step: name, run: id, plan });
            metrics.addDimensions({ step: name, plan });
            ports ??= compose();
            const output = await run(understandGiven(inputSchema, event, 'input'), ports, {
              millisecondsLeft: () => context.getRemainingTimeInMillis(),
              info: (message, details) => logger.info(message, details ?? {}),
              metric: (metric, unit, value) => metrics.addMetric(metric, units[unit], value),
            });
            metrics.addMetric('duration', MetricUnit.Seconds, (clock.now().getTime() - started) / 1_000);
            return output;
          })
      );
    };
    return (event: unknown, context: Context): Promise<Output> => makeHandler()(event, context);
  };
}

function identify(event: unknown): { run: string; plan: string; deadlineAt: string | undefined } {
  const { run, plan, input, state, execution, deadlineAt } = identitySchema.catch({}).parse(event);
  return {
    run: run ?? state?.run ?? state?.input?.run ?? input?.run ?? execution?.name ?? 'unknown',
    plan: plan ?? state?.plan ?? state?.input?.plan ?? input?.plan ?? 'unknown',
    deadlineAt,
  };
}

/** Step Functions gets a name and a text; the name is set on the instance, because a minifier renames classes. */
function asStepFunctionsSeesIt(step: string, error: unknown): Error {
  const seen = new Error(describeFailure(step, error), { cause: error });
  seen.name = error instanceof Error ? error.name : 'Error';
  return seen;
}
