import { runStateSchema } from '../../shared/contracts/steps.ts';
import { composeSnapshotBuckets } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import { composePlanFiles } from '../../shared/lambda/plan-files.ts';
import { composeRegion, composeSearch } from '../../shared/lambda/search.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { ensureRepository } from '../../shared/steps/backup/ensure-repository.ts';

export const step = lambdaStep('EnsureRepository', runStateSchema, ensureRepository);

export const handler = step(() => ({
  planFiles: composePlanFiles(),
  connectSearch: composeSearch(),
  openSnapshotBucket: composeSnapshotBuckets(),
  region: composeRegion(),
  clock: composeClock(),
}));
