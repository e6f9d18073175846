import { leftWritersInputSchema } from '../../shared/contracts/writers.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import { runPlace } from '../../shared/lambda/place.ts';
import { composePlanFiles } from '../../shared/lambda/plan-files.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { composeWriters } from '../../shared/lambda/writers.ts';
import { resumeLeftWriters } from '../../shared/steps/restore/resume-left-writers.ts';

export const step = lambdaStep('ResumeLeftWriters', leftWritersInputSchema, resumeLeftWriters);

export const handler = step(() => ({
  ...composeWriters(),
  planFiles: composePlanFiles(),
  openCatalog: composeCatalog(),
  place: runPlace(),
  clock: composeClock(),
}));
