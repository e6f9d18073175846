import { runStateSchema } from '../../shared/contracts/steps.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import { composeSearch } from '../../shared/lambda/search.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { startIndexSnapshot } from '../../shared/steps/backup/start-index-snapshot.ts';

export const step = lambdaStep('StartIndexSnapshot', runStateSchema, startIndexSnapshot);

export const handler = step(() => ({
  openCatalog: composeCatalog(),
  connectSearch: composeSearch(),
  clock: composeClock(),
}));
