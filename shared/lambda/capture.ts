import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { applicationAutoScaling, scalingCallRates } from '../adapters/application-auto-scaling.ts';
import { awsClientOptions } from '../adapters/aws-client-options.ts';
import { callRates } from '../adapters/call-rates.ts';
import { lambdaReservedConcurrency } from '../adapters/lambda-reserved-concurrency.ts';
import { lambdaCallRates, lambdaStreamConsumers } from '../adapters/lambda-stream-consumers.ts';
import { systemClock } from '../adapters/system-clock.ts';
import type { ReservedConcurrency } from '../ports/reserved-concurrency.ts';
import type { Scaling } from '../ports/scaling.ts';
import type { StreamConsumers } from '../ports/stream-consumers.ts';

/** For the process: where workflows run locally, all functions share them. */
const atLambdaRates = callRates(systemClock, lambdaCallRates);
const atScalingRates = callRates(systemClock, scalingCallRates);

export function composeStreamConsumers(): StreamConsumers {
  return lambdaStreamConsumers((options) => atLambdaRates(new LambdaClient({ ...awsClientOptions, ...options })));
}

export function composeReservedConcurrency(): ReservedConcurrency {
  return lambdaReservedConcurrency(atLambdaRates(new LambdaClient(awsClientOptions)));
}

export function composeScaling(): Scaling {
  return applicationAutoScaling(atScalingRates(new ApplicationAutoScalingClient(awsClientOptions)));
}
