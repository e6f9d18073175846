import { composeAlerts, deploymentTopic } from './alerts.ts';
import { composeCatalog } from './catalog.ts';
import { composeClock } from './clock.ts';
import { runPlace } from './place.ts';
import { composePlanFiles } from './plan-files.ts';

/** What it takes to tell of a run that ended otherwise than well. */
export function composeReport() {
  return {
    planFiles: composePlanFiles(),
    openCatalog: composeCatalog(),
    alerts: composeAlerts(),
    defaultTopic: deploymentTopic(),
    place: runPlace(),
    clock: composeClock(),
  };
}
