import { restoreStateSchema } from '../../shared/contracts/steps.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { composeWriters } from '../../shared/lambda/writers.ts';
import { pauseWriters } from '../../shared/steps/restore/pause-writers.ts';

export const step = lambdaStep('PauseWriters', restoreStateSchema, pauseWriters);

export const handler = step(() => ({ ...composeWriters(), openCatalog: composeCatalog(), clock: composeClock() }));
