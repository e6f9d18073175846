import { restoreStateSchema } from '../../shared/contracts/steps.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import { composeSearch } from '../../shared/lambda/search.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { afterGuards } from '../../shared/steps/restore/after-guards.ts';
import { swapIndices } from '../../shared/steps/restore/swap-indices.ts';

export const step = lambdaStep('SwapIndices', restoreStateSchema, afterGuards(swapIndices));

export const handler = step(() => ({
  openCatalog: composeCatalog(),
  connectSearch: composeSearch(),
  clock: composeClock(),
}));
