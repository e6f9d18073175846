import { startRestoreSchema } from '../../shared/contracts/steps.ts';
import { composeReservedConcurrency, composeScaling, composeStreamConsumers } from '../../shared/lambda/capture.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import {
  composeContributorInsights,
  composeKinesisDestinations,
  composeTableBackups,
  composeTables,
} from '../../shared/lambda/dynamodb.ts';
import { runPlace } from '../../shared/lambda/place.ts';
import { composePlanFiles } from '../../shared/lambda/plan-files.ts';
import { composeSearch } from '../../shared/lambda/search.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { planRestore } from '../../shared/steps/restore/plan-restore.ts';

export const step = lambdaStep('PlanRestore', startRestoreSchema, planRestore);

export const handler = step(() => ({
  planFiles: composePlanFiles(),
  openCatalog: composeCatalog(),
  tables: composeTables(),
  backups: composeTableBackups(),
  contributorInsights: composeContributorInsights(),
  kinesisDestinations: composeKinesisDestinations(),
  scaling: composeScaling(),
  streamConsumers: composeStreamConsumers(),
  reservedConcurrency: composeReservedConcurrency(),
  connectSearch: composeSearch(),
  place: runPlace(),
  clock: composeClock(),
}));
