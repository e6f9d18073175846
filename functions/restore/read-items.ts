import { restoreStateSchema } from '../../shared/contracts/steps.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import { composeTableItems } from '../../shared/lambda/dynamodb.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { readItems } from '../../shared/steps/restore/read-items.ts';

export const step = lambdaStep('ReadItems', restoreStateSchema, readItems);

export const handler = step(() => ({
  openCatalog: composeCatalog(),
  tableItems: composeTableItems(),
  clock: composeClock(),
}));
