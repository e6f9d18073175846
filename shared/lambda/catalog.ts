import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { awsClientOptions } from '../adapters/aws-client-options.ts';
import { s3ObjectStore } from '../adapters/s3-object-store.ts';
import type { OpenCatalog } from '../ports/object-store.ts';

/** With an endpoint of its own (an emulator) the bucket goes into the path: its host name has no names below it. */
function forcePathStyle(environment: NodeJS.ProcessEnv): boolean {
  return environment.AWS_ENDPOINT_URL !== undefined || environment.AWS_ENDPOINT_URL_S3 !== undefined;
}

export function composeBucketClient(options: S3ClientConfig): S3Client {
  return new S3Client({ ...options, forcePathStyle: forcePathStyle(process.env) });
}

export function composeCatalog(): OpenCatalog {
  const client = composeBucketClient(awsClientOptions);
  return (bucket) => s3ObjectStore(client, bucket);
}

/** The buckets of snapshots, which may be in another region than the caller. */
export function composeSnapshotBuckets(): OpenCatalog {
  const client = composeBucketClient({ ...awsClientOptions, followRegionRedirects: true });
  return (bucket) => s3ObjectStore(client, bucket, 'SNAPSHOT_BUCKET_MISSING');
}
