import type { Clock } from '../../../shared/ports/clock.ts';
import type { TableBackups } from '../../../shared/ports/table-backups.ts';
import type { TableItems } from '../../../shared/ports/table-items.ts';
import type { Tables } from '../../../shared/ports/tables.ts';
import type { TableSpec } from '../table-spec.ts';
import { type Durations, FakeAccount, type FakeBackup, type FakeTable, type Items } from './dynamodb-account.ts';
import { fakeTableBackups, type TableBackupsOperation } from './dynamodb-table-backups.ts';
import { fakeTableItems, type TableItemsOperation } from './dynamodb-table-items.ts';
import { fakeTables, type TablesOperation } from './dynamodb-tables.ts';
import { Faults } from './faults.ts';

/**
 * DynamoDB in memory, as far as Tandem knows it. It plays the life cycle of tables and backups: how long each change
 * takes, and what is refused meanwhile. Holds a thousand tables with ease.
 */
export class FakeDynamoDb {
  readonly tables: Tables;
  readonly backups: TableBackups;
  readonly tableItems: TableItems;
  readonly faults = new Faults<TablesOperation | TableBackupsOperation | TableItemsOperation>();
  readonly #account: FakeAccount;

  constructor(clock: Clock, durations: Partial<Durations> = {}) {
    this.#account = new FakeAccount(clock, durations);
    this.tables = fakeTables(this.#account, this.faults);
    this.backups = fakeTableBackups(this.#account, this.faults);
    this.tableItems = fakeTableItems(this.#account, this.faults);
  }

  /** Has had the table for a long time. */
  addTable(spec: TableSpec, items: Record<string, string> = {}): void {
    this.#account.add(spec, { activeAt: Number.NEGATIVE_INFINITY }).items = new Map(Object.entries(items));
  }

  /** Begins to make the table. */
  createTable(spec: TableSpec): void {
    this.#account.add(spec, { activeAt: this.#account.in('creatingTable') });
  }

  /** Writes an item, or deletes it where there is no value. */
  write(table: string, key: string, value: string | undefined): void {
    const found = this.#existing(table);
    const items = new Map(found.items);
    if (value === undefined) items.delete(key);
    else items.set(key, value);
    found.items = items;
  }

  items(table: string): Items {
    return this.#existing(table).items;
  }

  /** Deletes a table, as somebody does who does not wait for it. */
  removeTable(name: string): void {
    this.#existing(name).goneAt = Number.NEGATIVE_INFINITY;
  }

  /** Changes settings of a table behind Tandem's back. */
  changeTable(name: string, change: Partial<FakeTable>): void {
    Object.assign(this.#existing(name), change);
  }

  /** All that there is, for a test to compare. */
  everything(): { tables: FakeTable[]; backups: FakeBackup[] } {
    return structuredClone({ tables: this.#account.tables(), backups: [...this.#account.backups.values()] });
  }

  /** Deletes a backup behind Tandem's back. */
  deleteBackup(arn: string): void {
    this.#account.backups.delete(arn);
  }

  /** Makes a backup another one behind Tandem's back. */
  changeBackup(arn: string, change: Partial<FakeBackup>): void {
    Object.assign(this.#account.backups.get(arn) ?? {}, change);
  }

  #existing(name: string): FakeTable {
    const table = this.#account.table(name);
    if (table === undefined) throw new Error(`There is no table ${name}.`);
    return table;
  }
}
