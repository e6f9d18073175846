import type { ContributorInsights as Insights } from '../contracts/table-settings.ts';

/**
 * CloudWatch Contributor Insights for DynamoDB, of tables and of their global secondary indexes. Throws as the port of
 * tables does, and SERVICE_NOT_OFFERED where the endpoint does not know the operation, as some emulators do not.
 */
export interface ContributorInsights {
  /** Those that are on. Read only, may be retried. */
  list(table: string): Promise<Insights[]>;
  /** Switches them on; on already, they stay. */
  enable(table: string, insights: Insights): Promise<void>;
}
