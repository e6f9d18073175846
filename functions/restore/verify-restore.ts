import { restoreStateSchema } from '../../shared/contracts/steps.ts';
import { composeScaling, composeStreamConsumers } from '../../shared/lambda/capture.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import { composeContributorInsights, composeKinesisDestinations, composeTables } from '../../shared/lambda/dynamodb.ts';
import { composeSearch } from '../../shared/lambda/search.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { afterGuards } from '../../shared/steps/restore/after-guards.ts';
import { verifyRestore } from '../../shared/steps/restore/verify-restore.ts';

export const step = lambdaStep('VerifyRestore', restoreStateSchema, afterGuards(verifyRestore));

export const handler = step(() => ({
  openCatalog: composeCatalog(),
  tables: composeTables(),
  contributorInsights: composeContributorInsights(),
  kinesisDestinations: composeKinesisDestinations(),
  scaling: composeScaling(),
  streamConsumers: composeStreamConsumers(),
  connectSearch: composeSearch(),
  clock: composeClock(),
}));
