import { measureAgeSchema } from '../../shared/contracts/steps.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import { composePlanFiles } from '../../shared/lambda/plan-files.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { measureAge } from '../../shared/steps/backup/measure-age.ts';

export const step = lambdaStep('MeasureAge', measureAgeSchema, measureAge);

export const handler = step(() => ({
  planFiles: composePlanFiles(),
  openCatalog: composeCatalog(),
  clock: composeClock(),
}));
