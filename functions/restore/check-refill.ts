import { refillingStateSchema } from '../../shared/contracts/steps.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { afterGuards } from '../../shared/steps/restore/after-guards.ts';
import { checkRefill } from '../../shared/steps/restore/check-refill.ts';

export const step = lambdaStep('CheckRefill', refillingStateSchema, afterGuards(checkRefill));

export const handler = step(() => ({ openCatalog: composeCatalog(), clock: composeClock() }));
