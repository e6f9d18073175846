import type {
  ContributorInsights,
  KinesisDestination,
  TableSettings,
  TableShape,
  WarmThroughput,
} from '../../../shared/contracts/table-settings.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { RestorableWindow, TableDescription } from '../../../shared/ports/tables.ts';
import { shapeOf, type TableSpec } from '../table-spec.ts';

/** Items by key. */
export type Items = ReadonlyMap<string, string>;

/** Seconds that DynamoDB takes over what it has accepted. */
export interface Durations {
  creatingTable: number;
  updatingTable: number;
  deletingTable: number;
  /** Of each table where they differ. */
  restoringTable: number | ((table: string) => number);
  creatingBackup: number;
  /** After a table is ACTIVE, until it can be backed up. */
  enablingBackups: number;
}

const usualDurations: Durations = {
  creatingTable: 8,
  updatingTable: 3,
  deletingTable: 12,
  restoringTable: 90,
  creatingBackup: 20,
  enablingBackups: 5,
};

export interface FakeTable {
  name: string;
  arn: string;
  tableId: string;
  createdAt: Date;
  shape: TableShape;
  tableClass: string;
  deletionProtection: boolean;
  encryption: TableSettings['encryption'];
  stream: TableDescription['stream'];
  tags: Record<string, string>;
  timeToLive: TableSettings['timeToLive'];
  pointInTimeRecovery: TableSettings['pointInTimeRecovery'];
  resourcePolicy: string | undefined;
  streamPolicy: string | undefined;
  contributorInsights: ContributorInsights[];
  kinesisDestinations: KinesisDestination[];
  warmThroughput: WarmThroughput[];
  globalTable: boolean;
  items: Items;
  /** Moments, in milliseconds since 1970, at which a change is over. */
  activeAt: number;
  updatedAt: number;
  timeToLiveChangeableAt: number;
  goneAt: number | undefined;
  restoredFrom: string | undefined;
}

export interface FakeBackup {
  arn: string;
  name: string;
  table: string;
  tableId: string;
  createdAt: Date;
  availableAt: number;
  bytes: number;
  items: Items;
  shape: TableShape;
  encryption: TableSettings['encryption'];
}

/** The tables and backups of an account and region, and what they are in the middle of, which only the clock decides. */
export class FakeAccount {
  readonly clock: Clock;
  readonly #durations: Durations;
  readonly #tables = new Map<string, FakeTable>();
  readonly backups = new Map<string, FakeBackup>();
  /** What each table has held, and from when, by its id. */
  readonly #histories = new Map<string, { from: number; items: Items }[]>();
  #ids = 0;

  constructor(clock: Clock, durations: Partial<Durations>) {
    this.clock = clock;
    this.#durations = { ...usualDurations, ...durations };
  }

  /** All that it holds, for `load`. */
  saved() {
    return { tables: this.#tables, backups: this.backups, histories: this.#histories, ids: this.#ids };
  }

  load({ tables, backups, histories, ids }: ReturnType<FakeAccount['saved']>): void {
    for (const [name, table] of tables) this.#tables.set(name, table);
    for (const [arn, backup] of backups) this.backups.set(arn, backup);
    for (const [tableId, history] of histories) this.#histories.set(tableId, history);
    this.#ids = ids;
  }

  /** The moment at which a change that begins now is over. */
  in(change: Exclude<keyof Durations, 'restoringTable'>): number {
    return this.now() + this.#durations[change] * 1_000;
  }

  /** The moment at which a table is back whose restore begins now. */
  restoredAt(table: string): number {
    const { restoringTable } = this.#durations;
    return this.now() + (typeof restoringTable === 'number' ? restoringTable : restoringTable(table)) * 1_000;
  }

  now(): number {
    return this.clock.now().getTime();
  }

  nextId(): string {
    this.#ids += 1;
    return this.#ids.toString(16).padStart(8, '0');
  }

  add(spec: TableSpec, life: { activeAt: number; restoredFrom?: string }): FakeTable {
    const arn = arnOf(spec.name);
    const table: FakeTable = {
      name: spec.name,
      arn,
      tableId: `table-${this.nextId()}`,
      createdAt: this.clock.now(),
      shape: shapeOf(spec),
      tableClass: spec.tableClass ?? 'STANDARD',
      deletionProtection: spec.deletionProtection ?? false,
      encryption: undefined,
      stream: spec.stream && this.newStream(arn, spec.stream),
      tags: spec.tags ?? {},
      timeToLive: spec.timeToLive === undefined ? undefined : { attribute: spec.timeToLive },
      pointInTimeRecovery: spec.pointInTimeRecovery,
      resourcePolicy: spec.resourcePolicy,
      streamPolicy: undefined,
      contributorInsights: spec.contributorInsights ?? [],
      kinesisDestinations: spec.kinesisDestinations ?? [],
      warmThroughput: [{ readUnits: 12_000, writeUnits: 4_000 }],
      globalTable: spec.globalTable ?? false,
      items: new Map(),
      activeAt: life.activeAt,
      updatedAt: Number.NEGATIVE_INFINITY,
      timeToLiveChangeableAt: Number.NEGATIVE_INFINITY,
      goneAt: undefined,
      restoredFrom: life.restoredFrom,
    };
    this.#tables.set(spec.name, table);
    return table;
  }

  /** Has a table hold other items from now on, or from another moment. */
  setItems(table: FakeTable, items: Items, from = this.now()): void {
    table.items = items;
    this.#histories.set(table.tableId, [...(this.#histories.get(table.tableId) ?? []), { from, items }]);
  }

  itemsAt({ tableId }: FakeTable, moment: Date): Items {
    const history = this.#histories.get(tableId) ?? [];
    return history.findLast(({ from }) => from <= moment.getTime())?.items ?? new Map();
  }

  /** DynamoDB's window: what is the newest five minutes cannot be had yet. Undefined where PITR is off. */
  restorableWindow({ pointInTimeRecovery, createdAt }: FakeTable): RestorableWindow | undefined {
    if (pointInTimeRecovery === undefined) return undefined;
    const earliest = this.now() - (pointInTimeRecovery.days ?? 35) * 24 * 3_600_000;
    const from = Math.max(createdAt.getTime(), earliest);
    return { from: new Date(from), to: new Date(Math.max(from, this.now() - 300_000)) };
  }

  newStream(arn: string, viewType: NonNullable<FakeTable['stream']>['viewType']): NonNullable<FakeTable['stream']> {
    return { arn: `${arn}/stream/${this.clock.now().toISOString()}-${this.nextId()}`, viewType };
  }

  /** The table, unless it is gone. */
  table(name: string): FakeTable | undefined {
    const table = this.#tables.get(name);
    if (table?.goneAt !== undefined && this.now() >= table.goneAt) this.#tables.delete(name);
    return this.#tables.get(name);
  }

  tables(): FakeTable[] {
    return [...this.#tables.keys()].flatMap((name) => this.table(name) ?? []);
  }

  statusOf(table: FakeTable): TableDescription['status'] {
    if (table.goneAt !== undefined) return 'DELETING';
    if (this.now() < table.activeAt) return 'CREATING';
    return this.now() < table.updatedAt ? 'UPDATING' : 'ACTIVE';
  }

  canBeBackedUp(table: FakeTable): boolean {
    return this.now() >= table.activeAt + this.#durations.enablingBackups * 1_000;
  }

  isCreating(backup: FakeBackup): boolean {
    return this.now() < backup.availableAt;
  }

  restoring(): FakeTable[] {
    return this.tables().filter((table) => table.restoredFrom !== undefined && this.statusOf(table) === 'CREATING');
  }
}

function arnOf(table: string): string {
  return `arn:aws:dynamodb:eu-west-1:111122223333:table/${table}`;
}

export function bytesOf(items: Items): number {
  let bytes = 0;
  for (const [key, value] of items) bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  return bytes;
}
