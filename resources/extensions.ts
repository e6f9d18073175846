import { acceptedIn } from './accepted-findings.ts';
import { deployedFunctions } from './service.ts';

/**
 * What is added to the resources that the Serverless Framework makes itself: the key, which log groups have none of
 * without it, and what is accepted in them.
 */
export function extensions(kmsKey: string | undefined) {
  const key = kmsKey === undefined ? {} : { KmsKeyId: kmsKey };
  const ofFunctions = deployedFunctions.flatMap(({ id }) => [
    [`${id}LambdaFunction`, { Metadata: acceptedIn('lambda') }],
    [`${id}LogGroup`, { Properties: key, Metadata: kmsKey === undefined ? acceptedIn('logGroup') : {} }],
  ]);
  return {
    ...Object.fromEntries(ofFunctions),
    ServerlessDeploymentBucket: { Metadata: acceptedIn('deploymentBucket') },
  };
}
