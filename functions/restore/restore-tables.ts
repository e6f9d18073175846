import { restoreStateSchema } from '../../shared/contracts/steps.ts';
import { composeScaling, composeStreamConsumers } from '../../shared/lambda/capture.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import {
  composeContributorInsights,
  composeKinesisDestinations,
  composeTableBackups,
  composeTables,
} from '../../shared/lambda/dynamodb.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { afterGuards } from '../../shared/steps/restore/after-guards.ts';
import { restoreTables } from '../../shared/steps/restore/restore-tables.ts';

export const step = lambdaStep('RestoreTables', restoreStateSchema, afterGuards(restoreTables));

export const handler = step(() => ({
  openCatalog: composeCatalog(),
  tables: composeTables(),
  contributorInsights: composeContributorInsights(),
  kinesisDestinations: composeKinesisDestinations(),
  scaling: composeScaling(),
  streamConsumers: composeStreamConsumers(),
  backups: composeTableBackups(),
  clock: composeClock(),
}));
