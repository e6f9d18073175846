import type { ScalingTarget } from '../contracts/table-settings.ts';

/**
 * Application Auto Scaling, as far as it looks after tables. Both throw as the other AWS ports do, and
 * SERVICE_NOT_OFFERED where the endpoint does not know Application Auto Scaling, as some emulators do not.
 */
export interface Scaling {
  /**
   * The scaling targets of a table and of its global secondary indexes, with their policies and scheduled actions. Read
   * only, may be retried.
   */
  describe(table: string, globalIndexes: string[]): Promise<ScalingTarget[]>;
  /**
   * Makes a target as given, with its policies and scheduled actions; others that it has stay. Repeated, it changes
   * nothing. The role stays the one that the service has for it.
   */
  put(target: ScalingTarget): Promise<void>;
}
