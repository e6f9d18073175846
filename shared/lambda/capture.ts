import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { applicationAutoScaling } from '../adapters/application-auto-scaling.ts';
import { awsClientOptions } from '../adapters/aws-client-options.ts';
import { lambdaStreamConsumers } from '../adapters/lambda-stream-consumers.ts';
import { systemClock } from '../adapters/system-clock.ts';
import type { Scaling } from '../ports/scaling.ts';
import type { StreamConsumers } from '../ports/stream-consumers.ts';

export function composeStreamConsumers(): StreamConsumers {
  return lambdaStreamConsumers(new LambdaClient(awsClientOptions), systemClock);
}

export function composeScaling(): Scaling {
  return applicationAutoScaling(new ApplicationAutoScalingClient(awsClientOptions), systemClock);
}
