import { reportFailureSchema } from '../../shared/contracts/steps.ts';
import { composeAlerts, deploymentTopic } from '../../shared/lambda/alerts.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import { runPlace } from '../../shared/lambda/place.ts';
import { composePlanFiles } from '../../shared/lambda/plan-files.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { reportFailure } from '../../shared/steps/report/report-failure.ts';

export const step = lambdaStep('ReportFailure', reportFailureSchema, reportFailure);

export const handler = step(() => ({
  planFiles: composePlanFiles(),
  openCatalog: composeCatalog(),
  alerts: composeAlerts(),
  defaultTopic: deploymentTopic(),
  place: runPlace(),
  clock: composeClock(),
}));
