import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DynamoDb, dynamodbSubjects } from '../support/dynamodb-subjects.ts';
import { whenReady } from '../support/eventually.ts';
import { active, newTable } from '../support/tables-under-test.ts';

const policyOn = (arn: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'dynamodb:DescribeStream', Resource: arn },
    ],
  });

describe.each(dynamodbSubjects)('settings of tables: $name', ({ plays, open }) => {
  let db: DynamoDb;
  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db.stop());

  it('changes provisioned throughput of a table and of an index', async () => {
    const [from, to] = [
      { readUnits: 2, writeUnits: 3 },
      { readUnits: 4, writeUnits: 5 },
    ];
    const globalIndex = {
      name: 'by-other',
      keys: [{ attribute: 'other', type: 'HASH' as const }],
      projection: { type: 'ALL', attributes: [] },
      throughput: from,
    };
    const shape = {
      attributes: { pk: 'S', other: 'S' },
      billingMode: 'PROVISIONED' as const,
      throughput: from,
      globalIndexes: [globalIndex],
    };
    const { name } = await newTable(db, { shape });

    await db.tables.setCapacity(name, { throughput: to, indexes: [{ name: 'by-other', throughput: to }] });

    expect((await active(db, name)).shape).toMatchObject({ throughput: to, globalIndexes: [{ throughput: to }] });
  });

  if (plays('on-demand maximum')) {
    it('gives a table on-demand maximums, and takes them off', async () => {
      const { name } = await newTable(db);
      const maximum = { readUnits: 100, writeUnits: 50 };

      await db.tables.setCapacity(name, { onDemandMaximum: maximum, indexes: [] });
      expect((await active(db, name)).shape.onDemandMaximum).toEqual(maximum);
      await db.tables.setCapacity(name, { onDemandMaximum: {}, indexes: [] });
      expect((await active(db, name)).shape.onDemandMaximum).toBeUndefined();
    });
  }

  if (plays('table class')) {
    it('changes the class of a table, once or again', async () => {
      const { name } = await newTable(db);
      for (const _ of [1, 2]) {
        await whenReady(db, () => db.tables.setTableClass(name, 'STANDARD_INFREQUENT_ACCESS'));
      }

      expect(await active(db, name)).toMatchObject({ tableClass: 'STANDARD_INFREQUENT_ACCESS' });
    });
  }

  if (plays('encryption')) {
    it('encrypts a table with a key, once or again', async () => {
      const encryption = { type: 'KMS', keyArn: 'arn:aws:kms:us-east-1:000000000000:key/0a1b' };
      const { name } = await newTable(db);
      for (const _ of [1, 2]) await whenReady(db, () => db.tables.setEncryption(name, encryption));

      expect((await active(db, name)).encryption).toEqual(encryption);
    });
  }

  it('gives a table a resource policy, once or again', async () => {
    const table = await newTable(db);
    for (const _ of [1, 2]) await whenReady(db, () => db.tables.setResourcePolicy(table.arn, policyOn(table.arn)));

    expect(await db.tables.ownSettings(table)).toMatchObject({ resourcePolicy: policyOn(table.arn) });
  });

  if (plays('stream policy')) {
    it('gives the stream of a table a resource policy, once or again', async () => {
      const table = await newTable(db, { stream: 'NEW_IMAGE' });
      const arn = table.stream?.arn ?? '';
      for (const _ of [1, 2]) await whenReady(db, () => db.tables.setResourcePolicy(arn, policyOn(arn)));

      const { streamPolicy, resourcePolicy } = await db.tables.ownSettings(await active(db, table.name));
      expect({ streamPolicy, resourcePolicy }).toEqual({ streamPolicy: policyOn(arn), resourcePolicy: undefined });
    });
  }

  if (plays('feeds')) {
    it('switches Contributor Insights on, of a table or an index, once or again', async () => {
      const keys = [{ attribute: 'other', type: 'HASH' as const }];
      const globalIndexes = [{ name: 'by-other', keys, projection: { type: 'ALL', attributes: [] } }];
      const { name } = await newTable(db, { shape: { attributes: { pk: 'S', other: 'S' }, globalIndexes } });
      const mode = plays('mode of insights') ? { mode: 'THROTTLED_KEYS' } : {};
      expect(await db.contributorInsights.list(name)).toEqual([]);

      for (const _ of [1, 2]) {
        for (const part of [{}, { index: 'by-other' }]) await db.contributorInsights.enable(name, { ...part, ...mode });
      }

      expect(await db.contributorInsights.list(name)).toEqual([mode, { index: 'by-other', ...mode }]);
    });

    it('sends the changes of a table to a Kinesis data stream', async () => {
      const { name } = await newTable(db);
      const streamArn = `arn:aws:kinesis:us-east-1:000000000000:stream/of-${name}`;
      const destination = { streamArn, precision: 'MICROSECOND' };
      expect(await db.kinesisDestinations.list(name)).toEqual([]);

      await db.kinesisDestinations.enable(name, destination);

      expect(await db.kinesisDestinations.list(name)).toEqual([destination]);
      await expect(db.kinesisDestinations.enable(name, destination)).rejects.toMatchObject({ code: 'NOT_READY' });
    });
  } else {
    it('says that an endpoint offers neither Contributor Insights nor Kinesis destinations', async () => {
      const { name } = await newTable(db);
      const notOffered = { code: 'SERVICE_NOT_OFFERED' };

      await expect(db.contributorInsights.list(name)).rejects.toMatchObject(notOffered);
      await expect(db.kinesisDestinations.list(name)).rejects.toMatchObject(notOffered);
    });
  }
});
