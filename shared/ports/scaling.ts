import type { ScalingTarget } from '../contracts/table-settings.ts';

/** Application Auto Scaling, as far as it looks after tables. Read only, may be retried. */
export interface Scaling {
  /**
   * The scaling targets and policies of a table and of its global secondary indexes.
   *
   * @throws SERVICE_NOT_OFFERED where the endpoint does not know Application Auto Scaling, as some emulators do not
   */
  describe(table: string, globalIndexes: string[]): Promise<ScalingTarget[]>;
}
