import { stoppedExecutionSchema } from '../../shared/contracts/writers.ts';
import { composeAlerts, deploymentTopic } from '../../shared/lambda/alerts.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import { runPlace } from '../../shared/lambda/place.ts';
import { composePlanFiles } from '../../shared/lambda/plan-files.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { composeWriters } from '../../shared/lambda/writers.ts';
import { reportStoppedRestore } from '../../shared/steps/report/report-stopped-restore.ts';

export const step = lambdaStep('ReportStoppedRestore', stoppedExecutionSchema, reportStoppedRestore);

export const handler = step(() => ({
  ...composeWriters(),
  planFiles: composePlanFiles(),
  openCatalog: composeCatalog(),
  alerts: composeAlerts(),
  defaultTopic: deploymentTopic(),
  place: runPlace(),
  clock: composeClock(),
}));
