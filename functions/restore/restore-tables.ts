import { restoreStateSchema } from '../../shared/contracts/steps.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import { composeTableBackups, composeTables } from '../../shared/lambda/dynamodb.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { afterGuards } from '../../shared/steps/restore/after-guards.ts';
import { restoreTables } from '../../shared/steps/restore/restore-tables.ts';

export const step = lambdaStep('RestoreTables', restoreStateSchema, afterGuards(restoreTables));

export const handler = step(() => ({
  openCatalog: composeCatalog(),
  tables: composeTables(),
  backups: composeTableBackups(),
  clock: composeClock(),
}));
