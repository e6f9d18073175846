import { stoppedExecutionSchema } from '../../shared/contracts/writers.ts';
import { composeReport } from '../../shared/lambda/report.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { composeWriters } from '../../shared/lambda/writers.ts';
import { reportStoppedRestore } from '../../shared/steps/report/report-stopped-restore.ts';

export const step = lambdaStep('ReportStoppedRestore', stoppedExecutionSchema, reportStoppedRestore);

export const handler = step(() => ({ ...composeWriters(), ...composeReport() }));
