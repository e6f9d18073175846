import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DynamoDb, dynamodbSubjects } from '../support/dynamodb-subjects.ts';
import { active, nameOf, newTable, remove } from '../support/tables-under-test.ts';

describe.each(dynamodbSubjects)('the life of tables: $name', ({ plays, open }) => {
  let db: DynamoDb;
  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db.stop());

  it('deletes a table, once or again', async () => {
    const { name } = await newTable(db);

    await db.tables.delete(name);
    await remove(db, name);
    await db.tables.delete(name);

    expect(await db.tables.list()).not.toContain(name);
  });

  it('does not delete a protected table', async () => {
    const { name } = await newTable(db, { deletionProtection: true });

    await expect(db.tables.delete(name)).rejects.toMatchObject({
      code: 'PROVIDER_FAILURE',
      message: expect.stringMatching(/protect/i),
    });

    await db.tables.setDeletionProtection(name, false);
    await remove(db, name);
  });

  it('gives a table that is made again another id and the same ARN', async () => {
    const first = await newTable(db);
    await remove(db, first.name);
    await db.createTable({ name: first.name });
    const second = await active(db, first.name);

    expect(second.arn).toBe(first.arn);
    expect(second.tableId).not.toBe(first.tableId);
  });

  if (plays('life cycle')) {
    describe('while a table changes', () => {
      it('is too early to change a table that is being made', async () => {
        const name = nameOf('early');
        await db.createTable({ name });
        const table = await db.tables.describe(name);
        const tooEarly = { code: 'NOT_READY' };

        expect(table?.status).toBe('CREATING');
        await expect(db.tables.delete(name)).rejects.toMatchObject(tooEarly);
        await expect(db.tables.setTimeToLive(name, 'expires')).rejects.toMatchObject(tooEarly);
        await expect(db.tables.setPointInTimeRecovery(name, 7)).rejects.toMatchObject(tooEarly);
        await expect(db.tables.setStream(name, 'NEW_IMAGE')).rejects.toMatchObject(tooEarly);
        await expect(db.tables.setDeletionProtection(name, true)).rejects.toMatchObject(tooEarly);
        await expect(db.tables.setTags(table?.arn ?? '', { a: 'b' })).rejects.toMatchObject(tooEarly);
      });

      it('takes one change of a table at a time', async () => {
        const { name } = await newTable(db);

        await db.tables.setStream(name, 'NEW_IMAGE');

        expect(await db.tables.describe(name)).toMatchObject({ status: 'UPDATING' });
        await expect(db.tables.setDeletionProtection(name, true)).rejects.toMatchObject({ code: 'NOT_READY' });
        await expect(db.tables.delete(name)).rejects.toMatchObject({ code: 'NOT_READY' });
      });

      it('shows a table that is being deleted until it is gone', async () => {
        const { name } = await newTable(db);

        await db.tables.delete(name);

        expect(await db.tables.describe(name)).toMatchObject({ status: 'DELETING' });
        expect(await db.tables.list()).toContain(name);
      });
    });
  }
});
