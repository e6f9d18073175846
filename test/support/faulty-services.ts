import { randomUUID } from 'node:crypto';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { inject } from 'vitest';
import type { FaultKind, FaultyService } from '../../sandbox/faults/kinds.ts';
import { lambdaStreamConsumers } from '../../shared/adapters/lambda-stream-consumers.ts';
import { connectOpenSearch } from '../../shared/adapters/opensearch/connect-opensearch.ts';
import { s3ObjectStore } from '../../shared/adapters/s3-object-store.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { dynamodbOfEmulator } from './dynamodb-of-emulator.ts';
import { clientOf, newBucket } from './emulators.ts';
import { searchOfEngine } from './search-of-engine.ts';

/** Calls of one service by the real adapters. */
interface Calls {
  /** One that may be sent again, of those that can fail in this way. */
  repeatable(kind: FaultKind): Promise<unknown>;
  /** One that must not be done twice, where the service has such a one. */
  once?: () => Promise<unknown>;
}

/** A service that calls can be made of through a fault layer before it. */
interface FaultySubject {
  /** The address of what stands behind the layer. */
  upstream(): string;
  /** Answers calls that do well, but for those of which only the failure is looked at, through this address. */
  open(endpoint: string): Promise<Calls>;
}

/** Waits before another attempt take no time. */
const impatient: Clock = { now: () => systemClock.now(), sleep: async () => {} };
const impatientClient = { requestHandler: { requestTimeout: 400, throwOnRequestTimeout: true } };
const ofChanges: readonly FaultKind[] = ['in use', 'limit exceeded'];
const unknown = { bucket: 'none', arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/none/stream/none', uuid: 'none' };

export const faultySubjects: Readonly<Record<FaultyService, FaultySubject>> = {
  dynamodb: {
    upstream: () => inject('miniStack'),
    async open(endpoint) {
      const name = `faulty-${randomUUID()}`;
      await dynamodbOfEmulator(inject('miniStack'), systemClock).createTable({ name });
      const { tables, backups } = dynamodbOfEmulator(endpoint, systemClock, impatientClient);
      return {
        repeatable: (kind) => (ofChanges.includes(kind) ? tables.delete(unknown.uuid) : tables.describe(name)),
        once: () => backups.create(name, 'nightly'),
      };
    },
  },
  s3: {
    upstream: () => inject('miniStack'),
    async open(endpoint) {
      const bucket = await newBucket(new S3Client(clientOf(inject('miniStack'))));
      const direct = s3ObjectStore(new S3Client(clientOf(inject('miniStack'))), bucket);
      await direct.create('key', 'an object of some length');
      const store = s3ObjectStore(new S3Client({ ...clientOf(endpoint), ...impatientClient }), bucket);
      return { repeatable: () => store.get('key') };
    },
  },
  lambda: {
    upstream: () => inject('miniStack'),
    async open(endpoint) {
      const client = (own: object) => new LambdaClient({ ...clientOf(endpoint), ...impatientClient, ...own });
      const consumers = lambdaStreamConsumers(client);
      const like = { functionArn: 'none', configuration: { StartingPosition: 'LATEST' } };
      return {
        repeatable: (kind) => (ofChanges.includes(kind) ? consumers.delete(unknown.uuid) : consumers.list(unknown.arn)),
        once: () => consumers.create(unknown.arn, like),
      };
    },
  },
  opensearch: {
    upstream: () => inject('openSearch'),
    async open(endpoint) {
      const connect = connectOpenSearch({
        clock: impatient,
        deadlineSeconds: 1,
        credentials: async () => ({ accessKeyId: 'x', secretAccessKey: 'y' }),
        region: async () => 'us-east-1',
        secrets: { read: async () => 'none' },
      });
      const { indices } = connect({ endpoint, auth: { type: 'none' } });
      const index = `faulty-${randomUUID()}`;
      await searchOfEngine(inject('openSearch')).createIndex(index, {});
      return {
        repeatable: () => indices.engine(),
        once: () => indices.changeAliases([{ add: { index, alias: `${index}-alias` } }]),
      };
    },
  },
};
