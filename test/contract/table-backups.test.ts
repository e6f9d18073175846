import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TableBackup } from '../../shared/ports/table-backups.ts';
import { type DynamoDb, dynamodbSubjects } from '../support/dynamodb-subjects.ts';
import { eventually, whenReady } from '../support/eventually.ts';
import { active, nameOf, newTable, remove } from '../support/tables-under-test.ts';

describe.each(dynamodbSubjects)('table backups: $name', ({ plays, open }) => {
  const longAgo = new Date(0);
  let db: DynamoDb;
  beforeEach(async () => {
    db = await open();
  });
  afterEach(() => db.stop());

  async function listed(filter: { since: Date; table?: string }): Promise<TableBackup[]> {
    const backups: TableBackup[] = [];
    for await (const page of db.backups.list(filter)) backups.push(...page);
    return backups;
  }

  async function available(table: string, arn: string): Promise<TableBackup> {
    return eventually(db, async () =>
      (await listed({ since: longAgo, table })).find((backup) => backup.arn === arn && backup.status === 'AVAILABLE'),
    );
  }

  async function newBackup(table: string): Promise<TableBackup> {
    const { arn } = await whenReady(db, () => db.backups.create(table, nameOf('backup')));
    return available(table, arn);
  }

  it('makes a backup, which is listed until it is available and afterwards', async () => {
    const table = await newTable(db);
    const name = nameOf('nightly_2.0');

    const started = await whenReady(db, () => db.backups.create(table.name, name));
    const done = await available(table.name, started.arn);

    expect(started).toMatchObject({ name, table: table.name });
    expect(done).toMatchObject({
      name,
      table: table.name,
      tableId: plays('table of a backup') ? table.tableId : undefined,
    });
    expect(done.createdAt).toEqual(started.createdAt);
  });

  it('makes another backup of the same name, because DynamoDB does', async () => {
    const table = await newTable(db);
    const name = nameOf('twice');
    await whenReady(db, () => db.backups.create(table.name, name));
    await whenReady(db, () => db.backups.create(table.name, name));

    expect((await listed({ since: longAgo, table: table.name })).map((backup) => backup.name)).toEqual([name, name]);
  });

  it('finds no table to back up', async () => {
    await expect(db.backups.create(nameOf('nothing'), 'name')).rejects.toMatchObject({ code: 'TABLE_NOT_FOUND' });
  });

  it('lists more backups than fit on a page, of all tables, and none that is older', async () => {
    const older = await newBackup((await newTable(db)).name);
    await db.clock.sleep(20);
    const table = await newTable(db);
    const first = await newBackup(table.name);
    const name = nameOf('many');
    for (let made = 0; made < 100; made += 1) await db.backups.create(table.name, name);

    // The emulators keep times that are finer than the milliseconds of a Date.
    const all = await listed({ since: new Date(first.createdAt.getTime() - 1) });

    expect(all.filter((backup) => backup.name === name)).toHaveLength(100);
    expect(all.map((backup) => backup.arn)).toContain(first.arn);
    expect(all.map((backup) => backup.arn)).not.toContain(older.arn);
  });

  it('describes a backup, and says nothing of one that does not exist', async () => {
    const { name } = await newTable(db);
    const backup = await newBackup(name);

    expect(await db.backups.describe(backup.arn)).toMatchObject({ arn: backup.arn, table: name, status: 'AVAILABLE' });

    await db.deleteBackup(backup.arn);

    expect(await db.backups.describe(backup.arn)).toBeUndefined();
    await expect(db.backups.restore(backup.arn, nameOf('restored'))).rejects.toMatchObject({
      code: 'BACKUP_NOT_FOUND',
    });
  });

  it('brings a table back under its name as it was, without the settings that DynamoDB drops', async () => {
    const before = await newTable(db, { stream: 'NEW_IMAGE', tags: { team: 'web' } });
    const { name } = before;
    await whenReady(db, () => db.tables.setTimeToLive(name, 'expires'));
    await db.write(name, 'kept', 'old');
    const backup = await newBackup(name);
    await db.write(name, 'kept', 'new');
    await db.write(name, 'later', 'new');
    await expect(db.backups.restore(backup.arn, name)).rejects.toMatchObject({ code: 'TABLE_EXISTS' });
    await remove(db, name);

    const newId = await whenReady(db, () => db.backups.restore(backup.arn, name));
    const after = await active(db, name);

    expect(await db.items(name)).toEqual({ kept: 'old' });
    expect(after).toMatchObject({ arn: before.arn, stream: undefined });
    // MiniStack goes on telling it.
    expect([undefined, backup.arn]).toContain(after.restoredFrom);
    expect(after.tableId).toBe(newId);
    expect(newId).not.toBe(before.tableId);
    expect(await db.tables.ownSettings(after)).toEqual({ tags: {}, notCaptured: [] });
    expect(after.shape).toEqual(before.shape);
  });

  it('tells no window of a table without point-in-time recovery, and restores it to no moment', async () => {
    const { name } = await newTable(db);
    const nothing = nameOf('nothing');
    const restore = (source: string) => db.backups.restoreToPointInTime(source, db.clock.now(), nameOf('restored'));

    expect(await whenReady(db, () => db.tables.restorableWindow(name))).toBeUndefined();
    await expect(db.tables.restorableWindow(nothing)).rejects.toMatchObject({ code: 'TABLE_NOT_FOUND' });
    if (!plays('point in time')) return;
    await expect(restore(nothing)).rejects.toMatchObject({ code: 'TABLE_NOT_FOUND' });
    await expect(restore(name)).rejects.toMatchObject({ code: 'POINT_IN_TIME_OUT_OF_REACH' });
  });

  if (plays('point in time')) {
    it('brings a live table as it was at a moment, as a new one, and leaves it as it is', async () => {
      const before = await newTable(db, { stream: 'NEW_IMAGE' });
      const { name } = before;
      const target = nameOf('restored');
      await whenReady(db, () => db.tables.setPointInTimeRecovery(name, undefined));
      await db.write(name, 'kept', 'old');
      await db.clock.sleep(2_000);
      const moment = new Date(Math.floor(db.clock.now().getTime() / 1_000) * 1_000);
      await db.clock.sleep(2_000);
      await db.write(name, 'kept', 'new');
      await db.write(name, 'later', 'new');
      const restore = (at: Date, as = target) => db.backups.restoreToPointInTime(name, at, as);
      const outOfReach = { code: 'POINT_IN_TIME_OUT_OF_REACH' };
      await expect(restore(moment)).rejects.toMatchObject(outOfReach);
      await db.clock.sleep(400_000);

      const window = await db.tables.restorableWindow(name);
      const newId = await restore(moment);

      expect(window?.from.getTime()).toBeLessThanOrEqual(moment.getTime());
      expect(window?.to.getTime()).toBeGreaterThan(moment.getTime());
      expect(window?.to.getTime()).toBeLessThan(db.clock.now().getTime());
      expect(await db.tables.describe(target)).toMatchObject({ status: 'CREATING', restoredFrom: before.arn });
      await expect(restore(moment)).rejects.toMatchObject({ code: 'TABLE_EXISTS' });
      await expect(restore(moment, name)).rejects.toMatchObject({ code: 'TABLE_EXISTS' });
      await expect(restore(longAgo, nameOf('restored'))).rejects.toMatchObject(outOfReach);
      const after = await active(db, target);
      expect(after).toMatchObject({ tableId: newId, stream: undefined, restoredFrom: undefined, shape: before.shape });
      expect(await db.items(target)).toEqual({ kept: 'old' });
      expect(await db.items(name)).toEqual({ kept: 'new', later: 'new' });
      expect(await listed({ since: longAgo, table: name })).toEqual([]);
    });
  }

  if (plays('life cycle')) {
    describe('while something goes on', () => {
      it('finds no table to back up while it is being made, and is too early for a while afterwards', async () => {
        const name = nameOf('early');
        await db.createTable({ name });
        await expect(db.backups.create(name, 'too-early')).rejects.toMatchObject({ code: 'TABLE_NOT_FOUND' });

        await active(db, name);

        await expect(db.backups.create(name, 'too-early')).rejects.toMatchObject({ code: 'NOT_READY' });
      });

      it('lists a backup that is being made, which keeps its table', async () => {
        const { name } = await newTable(db);
        const { arn } = await whenReady(db, () => db.backups.create(name, 'running'));

        expect(await listed({ since: longAgo, table: name })).toMatchObject([{ arn, status: 'CREATING' }]);
        expect(await db.backups.describe(arn)).toMatchObject({ status: 'CREATING' });
        await expect(db.tables.delete(name)).rejects.toMatchObject({ code: 'NOT_READY' });
        await expect(db.backups.restore(arn, nameOf('other'))).rejects.toMatchObject({ code: 'NOT_READY' });
      });

      it('cannot restore a table that is still being deleted', async () => {
        const { name } = await newTable(db);
        const { arn } = await newBackup(name);

        await db.tables.delete(name);

        await expect(db.backups.restore(arn, name)).rejects.toMatchObject({ code: 'TABLE_EXISTS' });
      });

      it('tells which backup a table is being restored from, and gives that backup to nothing else', async () => {
        const { name } = await newTable(db);
        const { arn } = await newBackup(name);
        const target = nameOf('restored');

        await db.backups.restore(arn, target);

        expect(await db.tables.describe(target)).toMatchObject({ status: 'CREATING', restoredFrom: arn });
        await expect(db.backups.restore(arn, nameOf('other'))).rejects.toMatchObject({ code: 'NOT_READY' });
        await expect(db.backups.restore(arn, target)).rejects.toMatchObject({ code: 'TABLE_EXISTS' });
      });

      it('restores fifty tables at a time', async () => {
        const tables = Array.from({ length: 51 }, () => nameOf('table'));
        for (const name of tables) await db.createTable({ name });
        for (const name of tables) await active(db, name);
        const arns: string[] = [];
        for (const name of tables) arns.push((await whenReady(db, () => db.backups.create(name, 'fifty'))).arn);
        const [last = '', ...others] = arns;
        for (const arn of others) await whenReady(db, () => db.backups.restore(arn, nameOf('restored')));

        await expect(db.backups.restore(last, nameOf('more'))).rejects.toMatchObject({ code: 'NOT_READY' });
      });
    });
  }
});
