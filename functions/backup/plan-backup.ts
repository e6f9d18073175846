import { startBackupSchema } from '../../shared/contracts/steps.ts';
import { composeCatalog, composeSnapshotBuckets } from '../../shared/lambda/catalog.ts';
import { composeTables } from '../../shared/lambda/dynamodb.ts';
import { composePlanFiles } from '../../shared/lambda/plan-files.ts';
import { composeRegion, composeSearch } from '../../shared/lambda/search.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { planBackup } from '../../shared/steps/backup/plan-backup.ts';

export const step = lambdaStep('PlanBackup', startBackupSchema, planBackup);

export const handler = step(() => ({
  planFiles: composePlanFiles(),
  openCatalog: composeCatalog(),
  openSnapshotBucket: composeSnapshotBuckets(),
  tables: composeTables(),
  connectSearch: composeSearch(),
  region: composeRegion(),
}));
