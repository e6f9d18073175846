import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { awsClientOptions } from '../../shared/adapters/aws-client-options.ts';

/** The options of a client of an emulator, which knows the root of its account by these keys. */
export function clientOf(endpoint: string) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return { ...awsClientOptions, endpoint, region: 'us-east-1', credentials };
}

/** Makes a bucket and answers its name. */
export async function newBucket(client: S3Client): Promise<string> {
  const name = `catalog-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: name }));
  return name;
}
