import { randomUUID } from 'node:crypto';
import type { TableDescription } from '../../shared/ports/tables.ts';
import type { DynamoDb } from './dynamodb-subjects.ts';
import { eventually, whenReady } from './eventually.ts';
import type { TableSpec } from './table-spec.ts';

/** A name that nothing else has. */
export function nameOf(text: string): string {
  return `${text}-${randomUUID().slice(0, 8)}`;
}

/** The table, when DynamoDB is done with it. */
export function active(db: DynamoDb, name: string): Promise<TableDescription> {
  return eventually(db, async () => {
    const table = await db.tables.describe(name);
    return table?.status === 'ACTIVE' ? table : undefined;
  });
}

export async function newTable(db: DynamoDb, spec: Omit<TableSpec, 'name'> = {}): Promise<TableDescription> {
  const name = nameOf('table');
  await db.createTable({ name, ...spec });
  return active(db, name);
}

/** Has the table deleted as soon as that is possible, and waits until it is gone. */
export async function remove(db: DynamoDb, name: string): Promise<void> {
  await whenReady(db, () => db.tables.delete(name));
  await eventually(db, async () => ((await db.tables.describe(name)) === undefined ? true : undefined));
}
