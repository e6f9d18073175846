import { restoreStateSchema } from '../../shared/contracts/steps.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import { composeTableBackups } from '../../shared/lambda/dynamodb.ts';
import { composeSearch } from '../../shared/lambda/search.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { recordSafetyPoint } from '../../shared/steps/restore/record-safety-point.ts';

export const step = lambdaStep('RecordSafetyPoint', restoreStateSchema, recordSafetyPoint);

export const handler = step(() => ({
  openCatalog: composeCatalog(),
  backups: composeTableBackups(),
  connectSearch: composeSearch(),
  clock: composeClock(),
}));
