/**
 * Service Quotas. Read only, may be retried. Throws as the other AWS ports do.
 *
 * What else a run could come up against, it keeps to by itself (call rates, 50 restores and 500 changes of tables at a
 * time), or there is no quota on it: on-demand backups, and the snapshots of a repository.
 */
export interface Quotas {
  /** How many tables the account may have in the region. */
  tables(): Promise<number>;
}
