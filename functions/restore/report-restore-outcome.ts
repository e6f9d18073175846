import { runStateSchema } from '../../shared/contracts/steps.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { reportRestoreOutcome } from '../../shared/steps/restore/report-restore-outcome.ts';

export const step = lambdaStep('ReportOutcome', runStateSchema, reportRestoreOutcome);

export const handler = step(() => ({ openCatalog: composeCatalog(), clock: composeClock() }));
