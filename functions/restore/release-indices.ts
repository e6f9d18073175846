import { restoreStateSchema } from '../../shared/contracts/steps.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import { composeSearch } from '../../shared/lambda/search.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { afterGuards } from '../../shared/steps/restore/after-guards.ts';
import { releaseIndices } from '../../shared/steps/restore/release-indices.ts';

export const step = lambdaStep('ReleaseIndices', restoreStateSchema, afterGuards(releaseIndices));

export const handler = step(() => ({
  openCatalog: composeCatalog(),
  connectSearch: composeSearch(),
  clock: composeClock(),
}));
