import { stringify } from 'yaml';
import { account } from './account.ts';

export const catalogBucket = 'tandem-sandbox-catalog';
export const snapshotBucket = 'tandem-sandbox-snapshots';
export const snapshotRole = 'tandem-sandbox-snapshots';

/** The plan file of the sandbox, for the application that the demo makes. @param domain the address of the search domain */
export function sandboxPlanFile(domain: string): string {
  const tables = ['shop-*'];
  const indices = ['shop-*', '.shop-settings'];
  const schedule = { cron: 'cron(0 2 * * ? *)', timezone: 'Europe/Amsterdam' };
  const app = { ...sandboxPlan(domain, 'tandem', { tables, indices }), schedule, deadline: '30m' };
  return stringify({ version: 1, catalog: { bucket: catalogBucket }, plans: { app } });
}

/**
 * A plan for what is in the sandbox.
 *
 * @param repository its snapshots go to a repository of that name, to a place of its own in the bucket
 */
export function sandboxPlan(domain: string, repository: string, parts: { tables: string[]; indices: string[] }) {
  return {
    tables: { include: parts.tables },
    search: {
      endpoint: domain,
      indices: { include: parts.indices },
      repository: {
        name: repository,
        bucket: snapshotBucket,
        basePath: repository,
        roleArn: `arn:aws:iam::${account.id}:role/${snapshotRole}`,
      },
    },
  };
}
