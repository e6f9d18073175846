import type { PlanFile } from '../shared/contracts/plan-file.ts';
import { keptBucket } from './bucket.ts';
import type { TemplateResource } from './template-resource.ts';

/** The bucket of manifests and ledgers: without it nobody knows what belongs to a recovery point. */
export function catalogBucket({ catalog, kmsKey }: PlanFile): Record<string, TemplateResource> {
  if (catalog.existing) return {};
  return keptBucket('CatalogBucket', {
    name: catalog.bucket,
    kmsKey,
    // A ledger is written over many times a run, and of use as long as Step Functions knows the run's executions, which is
    // 90 days. A manifest stays for as long as its recovery point does: no rule may touch recovery-points/.
    rules: [
      {
        Id: 'forget-old-ledgers',
        Status: 'Enabled',
        Prefix: 'ledgers/',
        ExpirationInDays: 90,
        NoncurrentVersionExpiration: { NoncurrentDays: 30 },
      },
    ],
    objectLock: catalog.objectLock === undefined ? {} : lock(catalog.objectLock),
  });
}

/** Ledgers are locked as well: S3 writes over them and forgets them later, when their versions may go. */
function lock({ mode, days }: NonNullable<PlanFile['catalog']['objectLock']>) {
  return {
    ObjectLockEnabled: true,
    ObjectLockConfiguration: {
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: { Mode: mode.toUpperCase(), Days: days } },
    },
  };
}
