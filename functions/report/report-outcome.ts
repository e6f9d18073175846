import { runStateSchema } from '../../shared/contracts/steps.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { reportOutcome } from '../../shared/steps/report/report-outcome.ts';

export const step = lambdaStep('ReportOutcome', runStateSchema, reportOutcome);

export const handler = step(() => ({}));
