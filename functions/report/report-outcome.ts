import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { reportOutcome, runThatWentWellSchema } from '../../shared/steps/report/report-outcome.ts';

export const step = lambdaStep('ReportOutcome', runThatWentWellSchema, reportOutcome);

export const handler = step(() => ({ openCatalog: composeCatalog(), clock: composeClock() }));
