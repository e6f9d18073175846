import type { KinesisDestination } from '../contracts/table-settings.ts';

/**
 * The Kinesis data streams that DynamoDB sends the changes of tables to. Throws as the port of tables does, and
 * SERVICE_NOT_OFFERED where the endpoint does not know the operation, as some emulators do not.
 */
export interface KinesisDestinations {
  /** Those that are on, or being switched on. Read only, may be retried. */
  list(table: string): Promise<KinesisDestination[]>;
  /** @throws NOT_READY also where it is on already: `list` tells */
  enable(table: string, destination: KinesisDestination): Promise<void>;
}
