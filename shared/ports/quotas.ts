/** Service Quotas. Read only, may be retried. Throws as the other AWS ports do. */
export interface Quotas {
  /** How many tables the account may have in the region. */
  tables(): Promise<number>;
}
