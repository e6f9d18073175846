import { deployedFunctions } from './service.ts';

/** Adds the key to the functions' log groups, which the Serverless Framework makes without one. */
export function logGroupKeys(kmsKey: string | undefined) {
  if (kmsKey === undefined) return {};
  return Object.fromEntries(deployedFunctions.map(({ id }) => [`${id}LogGroup`, { Properties: { KmsKeyId: kmsKey } }]));
}
