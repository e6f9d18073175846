import { restoreStateSchema } from '../../shared/contracts/steps.ts';
import { composeCatalog } from '../../shared/lambda/catalog.ts';
import { lambdaStep } from '../../shared/lambda/step.ts';
import { composeStreamReferences } from '../../shared/lambda/stream-references.ts';
import { findStreamConsumers } from '../../shared/steps/restore/find-stream-consumers.ts';

export const step = lambdaStep('FindStreamConsumers', restoreStateSchema, findStreamConsumers);

export const handler = step(() => ({
  openCatalog: composeCatalog(),
  streamReferences: composeStreamReferences(),
}));
