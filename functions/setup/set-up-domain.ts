import { setUpInputSchema } from '../../shared/contracts/setup.ts';
import { runPlace } from '../../shared/lambda/place.ts';
import { composePlanFiles } from '../../shared/lambda/plan-files.ts';
import { composeRegion, composeSearch } from '../../shared/lambda/search.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { setUpDomain } from '../../shared/steps/setup/set-up-domain.ts';

export const step = lambdaStep('SetUpDomain', setUpInputSchema, setUpDomain);

export const handler = step(() => ({
  planFiles: composePlanFiles(),
  connectSearch: composeSearch(),
  region: composeRegion(),
  place: runPlace(),
}));
