import { reportFailureSchema } from '../../shared/contracts/steps.ts';
import { composeReport } from '../../shared/lambda/report.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { reportFailure } from '../../shared/steps/report/report-failure.ts';

export const step = lambdaStep('ReportFailure', reportFailureSchema, reportFailure);

export const handler = step(composeReport);
