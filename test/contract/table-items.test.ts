import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Item } from '../../shared/ports/table-items.ts';
import { type DynamoDb, dynamodbSubjects } from '../support/dynamodb-subjects.ts';
import { nameOf, newTable } from '../support/tables-under-test.ts';

const itemOf = (key: string, value: string): Item => ({ pk: { S: key }, value: { S: value } });
const keyOf = (key: string): Item => ({ pk: { S: key } });
const keysOf = (items: Item[]) => items.map((item) => JSON.stringify(item.pk)).sort();

describe.each(dynamodbSubjects)('items of tables: $name', ({ open }) => {
  let db: DynamoDb;
  let table: string;
  const all = Array.from({ length: 130 }, (_, number) => itemOf(`key-${number}`, `value ${number}`));

  beforeAll(async () => {
    db = await open();
    ({ name: table } = await newTable(db));
    await db.tableItems.write(
      table,
      all.map((item) => ({ put: item })),
    );
  });
  afterAll(() => db.stop());

  async function scanned(of: number, attributes?: string[]): Promise<Item[]> {
    const found: Item[] = [];
    for (let number = 0; number < of; number += 1) {
      let after: string | undefined;
      do {
        const page = await db.tableItems.scan(table, { segment: { number, of }, after, attributes });
        found.push(...page.items);
        after = page.next;
      } while (after !== undefined);
    }
    return found;
  }

  it.each([1, 3])('scans each item once, in %i segments', async (of) => {
    const found = await scanned(of);

    expect(keysOf(found)).toEqual(keysOf(all));
    expect(found).toContainEqual(itemOf('key-7', 'value 7'));
  });

  it('scans the attributes that are asked for, whatever their names are', async () => {
    expect(await scanned(1, ['pk'])).toContainEqual(keyOf('key-7'));
    expect(await scanned(1, ['value'])).toContainEqual({ value: { S: 'value 7' } });
  });

  it('counts what a scan would find', async () => {
    let [items, after]: [number, string | undefined] = [0, undefined];
    do {
      const page: { items: number; next: string | undefined } = await db.tableItems.count(table, {
        segment: { number: 0, of: 1 },
        after,
      });
      [items, after] = [items + page.items, page.next];
    } while (after !== undefined);

    expect(items).toBe(all.length);
  });

  it('gets those items that exist, however many are asked for', async () => {
    const found = await db.tableItems.get(table, [...all.map(({ pk }) => ({ pk: pk ?? { S: '' } })), keyOf('nothing')]);

    expect(keysOf(found)).toEqual(keysOf(all));
    expect(await db.tableItems.get(table, [keyOf('key-1')], ['pk'])).toEqual([keyOf('key-1')]);
    expect(await db.tableItems.get(table, [])).toEqual([]);
  });

  it('puts and deletes, and tells the write units', async () => {
    const { name } = await newTable(db);
    await db.tableItems.write(name, [{ put: itemOf('a', '1') }, { put: itemOf('b', '1') }]);

    const units = await db.tableItems.write(name, [{ put: itemOf('a', '2') }, { delete: keyOf('b') }]);

    expect(await db.items(name)).toEqual({ a: '2' });
    expect(units).toBeGreaterThanOrEqual(2);
    expect(await db.tableItems.write(name, [])).toBe(0);
  });

  it('says that there is no such table', async () => {
    const name = nameOf('nothing');
    const refused = { code: 'TABLE_NOT_FOUND' };

    await expect(db.tableItems.scan(name, { segment: { number: 0, of: 1 }, after: undefined })).rejects.toMatchObject(
      refused,
    );
    await expect(db.tableItems.get(name, [keyOf('a')])).rejects.toMatchObject(refused);
    await expect(db.tableItems.write(name, [{ put: itemOf('a', '1') }])).rejects.toMatchObject(refused);
  });
});
