import { stringify } from 'yaml';
import { account } from './account.ts';

export const snapshotBucket = 'tandem-sandbox-snapshots';
export const snapshotRole = 'tandem-sandbox-snapshots';

/** The plan file of the sandbox, for the application that the demo makes. @param domain the address of the search domain */
export function sandboxPlanFile(domain: string): string {
  return stringify({
    version: 1,
    catalog: { bucket: 'tandem-sandbox-catalog' },
    plans: {
      app: {
        tables: { include: ['shop-*'] },
        search: {
          endpoint: domain,
          indices: { include: ['shop-*', '.shop-settings'] },
          repository: {
            name: 'tandem',
            bucket: snapshotBucket,
            basePath: 'app',
            roleArn: `arn:aws:iam::${account.id}:role/${snapshotRole}`,
          },
        },
        schedule: { cron: 'cron(0 2 * * ? *)', timezone: 'Europe/Amsterdam' },
        deadline: '30m',
      },
    },
  });
}
