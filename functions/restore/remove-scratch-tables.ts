import { restoreStateSchema } from '../../shared/contracts/steps.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import { composeTables } from '../../shared/lambda/dynamodb.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { removeScratchTables } from '../../shared/steps/restore/remove-scratch-tables.ts';

export const step = lambdaStep('RemoveScratchTables', restoreStateSchema, removeScratchTables);

export const handler = step(() => ({
  openCatalog: composeCatalog(),
  tables: composeTables(),
  clock: composeClock(),
}));
