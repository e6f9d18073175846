import { refillWorkSchema } from '../../shared/contracts/steps.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import { composeTableItems, composeTables } from '../../shared/lambda/dynamodb.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { afterGuards } from '../../shared/steps/restore/after-guards.ts';
import { refillSegments } from '../../shared/steps/restore/refill-segments.ts';

export const step = lambdaStep('RefillSegments', refillWorkSchema, afterGuards(refillSegments));

export const handler = step(() => ({
  openCatalog: composeCatalog(),
  tableItems: composeTableItems(),
  tables: composeTables(),
  clock: composeClock(),
}));
