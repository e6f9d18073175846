import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DynamoDb, dynamodbSubjects } from '../support/dynamodb-subjects.ts';
import { whenReady } from '../support/eventually.ts';
import { active, nameOf, newTable } from '../support/tables-under-test.ts';

describe.each(dynamodbSubjects)('tables: $name', ({ plays, open }) => {
  let db: DynamoDb;
  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db.stop());

  it('lists every table, however many there are', async () => {
    const prefix = nameOf('many');
    const names = Array.from({ length: 101 }, (_, number) => `${prefix}-${number}`);
    for (const name of names) await db.createTable({ name });

    const listed = await db.tables.list();

    expect(listed.filter((name) => name.startsWith(prefix)).sort()).toEqual(names.sort());
  });

  it('says nothing of a table that does not exist', async () => {
    expect(await db.tables.describe(nameOf('nothing'))).toBeUndefined();
  });

  it('describes how a table is built', async () => {
    const shape = {
      keys: [
        { attribute: 'pk', type: 'HASH' as const },
        { attribute: 'sk', type: 'RANGE' as const },
      ],
      attributes: { other: 'S', pk: 'S', sk: 'N' },
      globalIndexes: [
        {
          name: 'a-global',
          keys: [{ attribute: 'sk', type: 'HASH' as const }],
          projection: { type: 'INCLUDE', attributes: ['other', 'third'] },
          throughput: { readUnits: 2, writeUnits: 3 },
        },
        {
          name: 'b-global',
          keys: [{ attribute: 'other', type: 'HASH' as const }],
          projection: { type: 'ALL', attributes: [] },
          throughput: { readUnits: 4, writeUnits: 5 },
        },
      ],
      localIndexes: [
        {
          name: 'local',
          keys: [
            { attribute: 'pk', type: 'HASH' as const },
            { attribute: 'other', type: 'RANGE' as const },
          ],
          projection: { type: 'ALL', attributes: [] },
        },
      ],
      billingMode: 'PROVISIONED' as const,
      throughput: { readUnits: 6, writeUnits: 7 },
    };

    const table = await newTable(db, { shape, stream: 'NEW_AND_OLD_IMAGES', deletionProtection: true });

    expect(table.shape).toEqual(shape);
    expect(table).toMatchObject({ deletionProtection: true, replicas: [], restoredFrom: undefined });
    expect(table.stream).toEqual({
      arn: expect.stringContaining(`${table.arn}/stream/`),
      viewType: 'NEW_AND_OLD_IMAGES',
    });
  });

  it('describes a table that is paid by request', async () => {
    const table = await newTable(db);

    expect(table.shape).toEqual({
      keys: [{ attribute: 'pk', type: 'HASH' }],
      attributes: { pk: 'S' },
      globalIndexes: [],
      localIndexes: [],
      billingMode: 'PAY_PER_REQUEST',
    });
    expect(table).toMatchObject({
      deletionProtection: false,
      stream: undefined,
      encryption: undefined,
      tableClass: 'STANDARD',
    });
  });

  if (plays('table class')) {
    it('tells the class of a table', async () => {
      expect(await newTable(db, { tableClass: 'STANDARD_INFREQUENT_ACCESS' })).toMatchObject({
        tableClass: 'STANDARD_INFREQUENT_ACCESS',
      });
    });
  }

  it('has no settings for a table that has none', async () => {
    const table = await newTable(db);

    expect(await db.tables.ownSettings(table)).toEqual({ tags: {}, notCaptured: [] });
    expect(await db.tables.pointInTimeRecovery(table.name)).toBeUndefined();
  });

  it('puts settings in place, and finds them there', async () => {
    const { name, arn } = await newTable(db, { tags: { team: 'web' } });
    for (const again of [false, true]) {
      await whenReady(db, () => db.tables.setTimeToLive(name, 'expires'));
      await whenReady(db, () => db.tables.setPointInTimeRecovery(name, 7));
      await whenReady(db, () => db.tables.setStream(name, 'NEW_IMAGE'));
      await whenReady(db, () => db.tables.setDeletionProtection(name, true));
      await whenReady(db, () => db.tables.setTags(arn, { stage: again ? 'late' : 'early', 'aws:reserved': 'x' }));
    }

    const table = await active(db, name);
    const settings = await db.tables.ownSettings(table);
    expect(await db.tables.pointInTimeRecovery(table.name)).toEqual(settings.pointInTimeRecovery);

    expect(table).toMatchObject({ deletionProtection: true, stream: { viewType: 'NEW_IMAGE' } });
    expect(settings).toEqual({
      tags: { team: 'web', stage: 'late' },
      timeToLive: { attribute: 'expires' },
      pointInTimeRecovery: { days: plays('recovery days') ? 7 : undefined },
      notCaptured: [],
    });
    expect(await db.tables.tags(arn)).toEqual(settings.tags);
  });

  it('keeps the stream that a table has', async () => {
    const table = await newTable(db, { stream: 'KEYS_ONLY' });

    await db.tables.setStream(table.name, 'KEYS_ONLY');

    expect((await active(db, table.name)).stream).toEqual(table.stream);
    await expect(db.tables.setStream(table.name, 'NEW_IMAGE')).rejects.toMatchObject({ code: 'PROVIDER_FAILURE' });
  });

  it('finds no table to change', async () => {
    const name = nameOf('nothing');
    const notFound = { code: 'TABLE_NOT_FOUND' };

    await expect(db.tables.setPointInTimeRecovery(name, 7)).rejects.toMatchObject(notFound);
    await expect(db.tables.setStream(name, 'NEW_IMAGE')).rejects.toMatchObject(notFound);
    await expect(db.tables.setDeletionProtection(name, true)).rejects.toMatchObject(notFound);
  });

  if (plays('TTL and tags of no table')) {
    it('finds no table to give a TTL or tags', async () => {
      const name = nameOf('nothing');
      const { arn } = await newTable(db);
      const noArn = arn.replace(/table\/.*/, `table/${name}`);
      const notFound = { code: 'TABLE_NOT_FOUND' };

      await expect(db.tables.setTimeToLive(name, 'expires')).rejects.toMatchObject(notFound);
      await expect(db.tables.setTags(noArn, { a: 'b' })).rejects.toMatchObject(notFound);
    });
  }

  if (plays('no tags of no table')) {
    it('finds no table whose tags to tell', async () => {
      const { arn } = await newTable(db);
      const noArn = arn.replace(/table\/.*/, `table/${nameOf('nothing')}`);

      await expect(db.tables.tags(noArn)).rejects.toMatchObject({ code: 'TABLE_NOT_FOUND' });
    });
  }
});
