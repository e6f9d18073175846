import { runStateSchema } from '../../shared/contracts/steps.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import { composeTableBackups } from '../../shared/lambda/dynamodb.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { checkTableBackups } from '../../shared/steps/backup/check-table-backups.ts';

export const step = lambdaStep('CheckTableBackups', runStateSchema, checkTableBackups);

export const handler = step(() => ({
  openCatalog: composeCatalog(),
  backups: composeTableBackups(),
  clock: composeClock(),
}));
