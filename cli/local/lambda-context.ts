import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Context } from 'aws-lambda';

/** A step of a workflow, as Lambda calls it. */
export type StepHandler = (event: unknown, context: Context) => Promise<unknown>;

/** The longest that Lambda lets a function run. */
const longestMilliseconds = 900_000;

/**
 * What Lambda would tell a step about the call that it is in, with as much time as Lambda gives at most.
 *
 * @param signal leaves it no time any more: it ends what it has begun, and begins nothing else
 */
export function lambdaContext(step: string, signal?: AbortSignal): Context {
  const start = performance.now();
  return {
    functionName: step,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${step}`,
    memoryLimitInMB: '512',
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${step}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => (signal?.aborted ? 0 : longestMilliseconds - (performance.now() - start)),
    done: refuseCallback,
    fail: refuseCallback,
    succeed: refuseCallback,
  };
}

function refuseCallback(): never {
  throw new Error('A step answers with a promise: Lambda has no callbacks any more.');
}
