import type { StreamViewType, TableSettings, TableShape, WarmThroughput } from '../contracts/table-settings.ts';

export interface TableDescription {
  name: string;
  arn: string;
  /** Differs between a table and one made later under the same name, whose ARN is the same. */
  tableId: string;
  status: 'CREATING' | 'UPDATING' | 'DELETING' | 'ACTIVE' | 'OTHER';
  createdAt: Date;
  items: number;
  bytes: number;
  shape: TableShape;
  deletionProtection: boolean;
  /** The newest stream, where the table has one that is on. */
  stream: { arn: string; viewType: StreamViewType } | undefined;
  tableClass: string;
  encryption: TableSettings['encryption'];
  /** Of the table and its global secondary indexes, where it is told. */
  warmThroughput: WarmThroughput[];
  /** True while a global secondary index or the warm throughput is being changed, though the table may be ACTIVE. */
  isChanging: boolean;
  /** The backup, or the table, that it is restored from, as long as it is told: DynamoDB does so only until it is ACTIVE. */
  restoredFrom: string | undefined;
  globalTable: boolean;
}

/**
 * Those captured settings that live on the table itself, not with another service. `notCaptured` names those that the
 * endpoint does not offer, as some emulators do not.
 */
export type OwnSettings = Pick<
  TableSettings,
  'tags' | 'timeToLive' | 'pointInTimeRecovery' | 'resourcePolicy' | 'streamPolicy' | 'notCaptured'
>;

/** DynamoDB's earliest and latest restorable moment of a table. */
export interface RestorableWindow {
  from: Date;
  to: Date;
}

/** Capacity to give to a table and to global secondary indexes of it; what is left out stays as it is. */
export interface CapacityChange extends Capacity {
  billingMode?: TableShape['billingMode'];
  indexes: (Capacity & { name: string })[];
}

interface Capacity {
  throughput?: NonNullable<TableShape['throughput']>;
  /** Units that are left out have no maximum afterwards. */
  onDemandMaximum?: NonNullable<TableShape['onDemandMaximum']>;
  /** It can only be raised: units that are to stay are left out. */
  warmThroughput?: { readUnits?: number | undefined; writeUnits?: number | undefined };
}

/**
 * DynamoDB tables and their settings.
 *
 * Reads may be retried. Writes below state a wanted end, so that a repeated one changes nothing. All throw
 * ACCESS_DENIED, CREDENTIALS_MISSING, REGION_MISSING, PROVIDER_FAILURE, and THROTTLED, SERVICE_UNAVAILABLE or NOT_READY (the table is in a
 * state that does not allow it yet) where asking again later is right. The setters throw TABLE_NOT_FOUND where there is
 * no such table.
 */
export interface Tables {
  /** The names of all tables of the account and region. */
  list(): Promise<string[]>;
  /** The table, or undefined where there is none. */
  describe(name: string): Promise<TableDescription | undefined>;
  /** The tags of a table. @throws TABLE_NOT_FOUND */
  tags(arn: string): Promise<Record<string, string>>;
  /** How far back point-in-time recovery reaches; undefined where it is off. @throws TABLE_NOT_FOUND */
  pointInTimeRecovery(name: string): Promise<TableSettings['pointInTimeRecovery']>;
  /** From when to when a table can be restored to any second; undefined where PITR is off. @throws TABLE_NOT_FOUND */
  restorableWindow(name: string): Promise<RestorableWindow | undefined>;
  /** Tags, TTL, PITR and the resource policies of table and stream as they are now. @throws TABLE_NOT_FOUND */
  ownSettings(table: TableDescription): Promise<OwnSettings>;
  /** Asks for deletion; a table that is gone or being deleted already is no error. */
  delete(name: string): Promise<void>;
  setDeletionProtection(name: string, protect: boolean): Promise<void>;
  setStream(name: string, viewType: StreamViewType): Promise<void>;
  setTimeToLive(name: string, attribute: string): Promise<void>;
  setPointInTimeRecovery(name: string, days: number | undefined): Promise<void>;
  /** Adds the tags to those that the table has. Leaves out `aws:` tags, which only AWS itself may set. */
  setTags(arn: string, tags: Record<string, string>): Promise<void>;
  /** DynamoDB changes the class of a table at most twice in 30 days. */
  setTableClass(name: string, tableClass: string): Promise<void>;
  setEncryption(name: string, encryption: NonNullable<TableSettings['encryption']>): Promise<void>;
  /** @param change what differs from what the table has now: DynamoDB refuses a change that changes nothing */
  setCapacity(name: string, change: CapacityChange): Promise<void>;
  /** @param arn of a table or of its stream */
  setResourcePolicy(arn: string, policy: string): Promise<void>;
}
