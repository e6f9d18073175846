import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { STSClient } from '@aws-sdk/client-sts';
import { awsDeployment } from '../adapters/aws-deployment.ts';
import { endpointProbe } from '../adapters/endpoint-probe.ts';
import { iamIdentities } from '../adapters/iam-identities.ts';
import { kmsEncryptionKeys } from '../adapters/kms-encryption-keys.ts';
import { s3Buckets } from '../adapters/s3-buckets.ts';
import { s3ObjectStore } from '../adapters/s3-object-store.ts';
import { serviceQuotas } from '../adapters/service-quotas.ts';
import { stepFunctionsExecutions } from '../adapters/step-functions-executions.ts';
import { stsAccount } from '../adapters/sts-account.ts';
import { systemClock } from '../adapters/system-clock.ts';
import type { Executions } from '../ports/executions.ts';
import type { DiagnosisPorts } from '../steps/diagnosis/ports.ts';
import { composeBucketClient } from './catalog.ts';
import { composeTables } from './dynamodb.ts';
import { composeRegion, composeSearch } from './search.ts';

/** Somebody waits for the answer: what does not answer soon is told as that. */
const soon = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 4_000, throwOnRequestTimeout: true },
} as const;
const deadlineSeconds = 8;

/** All that the doctor looks at, in the account and region that the environment names. */
export function composeDiagnosis(): DiagnosisPorts & { executions: Executions } {
  const s3 = composeBucketClient({ ...soon, followRegionRedirects: true });
  return {
    account: stsAccount(new STSClient(soon)),
    region: composeRegion(),
    identities: iamIdentities(new IAMClient(soon)),
    keys: kmsEncryptionKeys((region) => new KMSClient({ ...soon, region })),
    buckets: s3Buckets(s3),
    deployment: awsDeployment({
      lambda: new LambdaClient(soon),
      scheduler: new SchedulerClient(soon),
      cloudWatch: new CloudWatchClient(soon),
      sns: new SNSClient(soon),
    }),
    executions: stepFunctionsExecutions(new SFNClient(soon)),
    quotas: serviceQuotas(new ServiceQuotasClient(soon)),
    tables: composeTables(soon),
    probe: endpointProbe(),
    connectSearch: composeSearch(deadlineSeconds),
    openCatalog: (bucket) => s3ObjectStore(s3, bucket),
    openSnapshotBucket: (bucket) => s3ObjectStore(s3, bucket, 'SNAPSHOT_BUCKET_MISSING'),
    clock: systemClock,
  };
}
