import { runStateSchema } from '../../shared/contracts/steps.ts';
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
import { startTableBackups } from '../../shared/steps/backup/start-table-backups.ts';

export const step = lambdaStep('StartTableBackups', runStateSchema, startTableBackups);

export const handler = step(() => ({
  openCatalog: composeCatalog(),
  tables: composeTables(),
  contributorInsights: composeContributorInsights(),
  kinesisDestinations: composeKinesisDestinations(),
  backups: composeTableBackups(),
  streamConsumers: composeStreamConsumers(),
  scaling: composeScaling(),
  clock: composeClock(),
}));
