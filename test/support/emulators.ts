import { awsClientOptions } from '../../shared/adapters/aws-client-options.ts';

/** The options of a client of an emulator, which knows the root of its account by these keys. */
export function clientOf(endpoint: string) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return { ...awsClientOptions, endpoint, region: 'us-east-1', credentials };
}
