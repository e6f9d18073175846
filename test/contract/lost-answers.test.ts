import { randomUUID } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type FaultLayer, startFaultLayer } from '../../sandbox/faults/layer.ts';
import { s3ObjectStore } from '../../shared/adapters/s3-object-store.ts';
import { systemClock } from '../../shared/adapters/system-clock.ts';
import { dynamodbOfEmulator } from '../support/dynamodb-of-emulator.ts';
import { clientOf, newBucket } from '../support/emulators.ts';

let layer: FaultLayer;
beforeAll(async () => {
  layer = await startFaultLayer(inject('miniStack'));
});
afterAll(() => layer.stop());

const loseNextAnswer = (service: 'dynamodb' | 's3') => layer.add({ kind: 'lost answer', service });

describe('a table backup whose answer is lost', () => {
  const outcomeUnknown = { code: 'OUTCOME_UNKNOWN' };

  async function newTable() {
    const db = dynamodbOfEmulator(layer.endpoint, systemClock);
    const name = `lost-${randomUUID()}`;
    await db.createTable({ name });
    return { name, ...db };
  }

  it('is not asked for again', async () => {
    const { name, backups } = await newTable();

    loseNextAnswer('dynamodb');
    await expect(backups.create(name, 'nightly')).rejects.toMatchObject(outcomeUnknown);

    const made: string[] = [];
    for await (const page of backups.list({ since: new Date(0), table: name }))
      made.push(...page.map((one) => one.name));
    expect(made).toEqual(['nightly']);
  });

  it('is not restored again', async () => {
    const { name, backups, tables } = await newTable();
    const { arn } = await backups.create(name, 'nightly');

    loseNextAnswer('dynamodb');
    await expect(backups.restore(arn, `${name}-restored`)).rejects.toMatchObject(outcomeUnknown);

    expect(await tables.describe(`${name}-restored`)).toBeDefined();
  });
});

describe('an object whose answer is lost', () => {
  async function newStore() {
    const client = new S3Client(clientOf(layer.endpoint));
    return s3ObjectStore(client, await newBucket(client));
  }

  it('is known again by who wrote it', async () => {
    const store = await newStore();

    loseNextAnswer('s3');
    const first = await store.create('lost', '1');
    expect(await store.get('lost')).toEqual({ body: '1', version: first });

    loseNextAnswer('s3');
    const second = await store.replace('lost', '2', first ?? '');
    expect(await store.get('lost')).toEqual({ body: '2', version: second });
  });

  it('is not taken for the one that another wrote', async () => {
    const store = await newStore();
    await store.create('foreign', 'theirs');

    loseNextAnswer('s3');

    expect(await store.create('foreign', 'ours')).toBeUndefined();
  });
});
