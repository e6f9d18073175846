import type { Clock } from '../../../shared/ports/clock.ts';
import type { ContributorInsights } from '../../../shared/ports/contributor-insights.ts';
import type { KinesisDestinations } from '../../../shared/ports/kinesis-destinations.ts';
import type { TableBackups } from '../../../shared/ports/table-backups.ts';
import type { TableItems } from '../../../shared/ports/table-items.ts';
import type { Tables } from '../../../shared/ports/tables.ts';
import type { TableSpec } from '../table-spec.ts';
import { type Durations, FakeAccount, type FakeBackup, type FakeTable, type Items } from './dynamodb-account.ts';
import { type FeedsOperation, fakeFeeds } from './dynamodb-feeds.ts';
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
  readonly contributorInsights: ContributorInsights;
  readonly kinesisDestinations: KinesisDestinations;
  readonly faults = new Faults<TablesOperation | TableBackupsOperation | FeedsOperation | TableItemsOperation>();
  readonly tableItems: TableItems;
  readonly #account: FakeAccount;

  constructor(clock: Clock, durations: Partial<Durations> = {}) {
    this.#account = new FakeAccount(clock, durations);
    this.tables = fakeTables(this.#account, this.faults);
    this.backups = fakeTableBackups(this.#account, this.faults);
    const feeds = fakeFeeds(this.#account, this.faults);
    this.contributorInsights = feeds.contributorInsights;
    this.kinesisDestinations = feeds.kinesisDestinations;
    this.tableItems = fakeTableItems(this.#account, this.faults);
  }

  /** All that there is, for `load`. */
  saved(): ReturnType<FakeAccount['saved']> {
    return this.#account.saved();
  }

  /** Has what another one had when it was saved. */
  load(saved: ReturnType<FakeAccount['saved']>): void {
    this.#account.load(saved);
  }

  /** Has had the table for a long time. */
  addTable(spec: TableSpec, items: Record<string, string> = {}): void {
    const longAgo = Number.NEGATIVE_INFINITY;
    this.#account.setItems(this.#account.add(spec, { activeAt: longAgo }), new Map(Object.entries(items)), longAgo);
  }

  /** Begins to make the table. */
  createTable(spec: TableSpec): void {
    this.#account.add(spec, { activeAt: this.#account.in('creatingTable') });
  }

  /** Begins to restore a table from somebody's backup. */
  beginRestore(name: string): void {
    this.#account.add({ name }, { activeAt: this.#account.restoredAt(name), restoredFrom: `arn:of-${name}` });
  }

  /** Writes an item, or deletes it where there is no value. */
  write(table: string, key: string, value: string | undefined): void {
    const found = this.#existing(table);
    const items = new Map(found.items);
    if (value === undefined) items.delete(key);
    else items.set(key, value);
    this.#account.setItems(found, items);
  }

  items(table: string): Items {
    return this.#existing(table).items;
  }

  /** The ARN of the stream that a table has now. */
  streamOf(table: string): string | undefined {
    return this.#account.table(table)?.stream?.arn;
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
