import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import type { FaultyService } from '../../sandbox/faults/kinds.ts';
import { applicationAutoScaling } from '../../shared/adapters/application-auto-scaling.ts';
import { lambdaReservedConcurrency } from '../../shared/adapters/lambda-reserved-concurrency.ts';
import { lambdaStreamConsumers } from '../../shared/adapters/lambda-stream-consumers.ts';
import { connectOpenSearch } from '../../shared/adapters/opensearch/connect-opensearch.ts';
import { s3ObjectStore } from '../../shared/adapters/s3-object-store.ts';
import type { Alerts } from '../../shared/ports/alerts.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { dynamodbOfEmulator } from './dynamodb-of-emulator.ts';
import { clientOf } from './emulators.ts';
import { fakePlanFiles } from './fakes/plan-files.ts';
import { FakeStreamReferences } from './fakes/stream-references.ts';
import type { AllPorts } from './handlers.ts';

/** The address of each service; that of Lambda is that of Application Auto Scaling too. */
export type Endpoints = Readonly<Record<FaultyService, string>>;

interface Surroundings {
  planFile: string;
  alerts: Alerts;
  clock: Clock;
  /** How long a request may take, in milliseconds; in OpenSearch with all its attempts. */
  patience: number;
}

/** The real adapters on the services of the sandbox, for all but the plan file, the alerts, pipes and exports. */
export function sandboxPorts(endpoints: Endpoints, { planFile, alerts, clock, patience }: Surroundings): AllPorts {
  const timeouts = { requestHandler: { requestTimeout: patience, throwOnRequestTimeout: true } };
  const at = (service: FaultyService) => ({ ...clientOf(endpoints[service]), ...timeouts });
  const s3 = new S3Client(at('s3'));
  return {
    ...dynamodbOfEmulator(endpoints.dynamodb, clock, timeouts),
    planFiles: fakePlanFiles(planFile),
    streamConsumers: lambdaStreamConsumers((own) => new LambdaClient({ ...at('lambda'), ...own })),
    reservedConcurrency: lambdaReservedConcurrency(new LambdaClient(at('lambda'))),
    scaling: applicationAutoScaling(new ApplicationAutoScalingClient(at('lambda'))),
    streamReferences: new FakeStreamReferences(),
    openCatalog: (bucket) => s3ObjectStore(s3, bucket),
    openSnapshotBucket: (bucket) => s3ObjectStore(s3, bucket, 'SNAPSHOT_BUCKET_MISSING'),
    connectSearch: connectOpenSearch({
      clock,
      deadlineSeconds: patience / 1_000,
      credentials: async () => ({ accessKeyId: 'x', secretAccessKey: 'y' }),
      region: async () => 'us-east-1',
      secrets: { read: async () => 'none' },
    }),
    region: async () => 'us-east-1',
    alerts,
    place: { local: true },
    defaultTopic: 'arn:aws:sns:us-east-1:000000000000:alerts',
    clock,
  };
}
