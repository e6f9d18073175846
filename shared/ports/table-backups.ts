import type { TableSettings } from '../contracts/table-settings.ts';

export interface TableBackup {
  arn: string;
  name: string;
  table: string;
  /** Undefined where DynamoDB does not tell it: in the answer to `create`, and with some emulators. */
  tableId: string | undefined;
  status: 'CREATING' | 'AVAILABLE' | 'DELETED';
  createdAt: Date;
  bytes: number;
}

/**
 * DynamoDB on-demand backups.
 *
 * The adapter keeps to the quotas by itself: 40 `create` and 4 `list` pages a second, 8 `restore` a second.
 * All throw ACCESS_DENIED, CREDENTIALS_MISSING, PROVIDER_FAILURE, and THROTTLED or SERVICE_UNAVAILABLE where asking again is right.
 */
export interface TableBackups {
  /**
   * Starts a backup. Never retried inside: DynamoDB has no client token, so a call whose answer was lost may have made a
   * backup, which only `list` can tell.
   *
   * @throws TABLE_NOT_FOUND (also for a table that is being created), NOT_READY (table in use, continuous backups not
   * available in the first seconds of a table, too many simultaneous operations), OUTCOME_UNKNOWN (cut off or HTTP 5xx)
   */
  create(table: string, backupName: string): Promise<TableBackup>;
  /**
   * Every USER backup made at or after a moment, page by page (100 a call), of all tables or of one: one call tells the
   * status of 100 tables.
   */
  list(filter: { since: Date; table?: string }): AsyncIterable<TableBackup[]>;
  /** One backup, or undefined where it is gone. For guards; never to poll many. */
  describe(arn: string): Promise<(TableBackup & { items: number }) | undefined>;
  /**
   * Starts restoring a backup as a new table, and answers the id of that table. Never retried inside.
   *
   * @param encryption of the new table; without it, or without a key in it, as the backup has it
   * @throws TABLE_EXISTS (also while a table of that name is being deleted), BACKUP_NOT_FOUND, NOT_READY (the backup
   * feeds another restore, 50 restores at a time), OUTCOME_UNKNOWN
   */
  restore(backupArn: string, table: string, encryption?: TableSettings['encryption']): Promise<string>;
  /**
   * Starts restoring a live table, as it was at a moment (whole seconds), as a new table, and answers the id of that one.
   * Never retried inside.
   *
   * @throws TABLE_EXISTS, TABLE_NOT_FOUND where there is no live table (any more), POINT_IN_TIME_OUT_OF_REACH, NOT_READY,
   * OUTCOME_UNKNOWN
   */
  restoreToPointInTime(
    source: string,
    moment: Date,
    table: string,
    encryption?: TableSettings['encryption'],
  ): Promise<string>;
}
