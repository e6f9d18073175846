import { restoreStateSchema } from '../../shared/contracts/steps.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { composeClock } from '../../shared/lambda/clock.ts';
import { runPlace } from '../../shared/lambda/place.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { composeWriters } from '../../shared/lambda/writers.ts';
import { resumeWriters } from '../../shared/steps/restore/resume-writers.ts';

export const step = lambdaStep('ResumeWriters', restoreStateSchema, resumeWriters);

export const handler = step(() => ({
  ...composeWriters(),
  openCatalog: composeCatalog(),
  place: runPlace(),
  clock: composeClock(),
}));
