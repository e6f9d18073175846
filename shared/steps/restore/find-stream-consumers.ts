import type { KnownStreamConsumers } from '../../contracts/ledger/restore-run.ts';
import type { TableFacts } from '../../contracts/manifest.ts';
import type { RestoreState } from '../../contracts/steps.ts';
import { consumersOf } from '../../core/stream-consumers.ts';
import { hasCode } from '../../errors/tandem-error.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { StepRun } from '../../ports/step-run.ts';
import type { StreamReferences } from '../../ports/stream-references.ts';
import { openLedger, restoreRunPart } from '../ledger.ts';
import { sourceOf } from './sources/find-source.ts';

export interface FindStreamConsumersPorts {
  openCatalog: OpenCatalog;
  streamReferences: StreamReferences;
}

/**
 * Adds to the settled run what names a stream of its tables and is not Tandem's to change, for the plan that is shown and
 * for the report. A step of its own: its clients do not fit beside all that PlanRestore needs.
 */
export async function findStreamConsumers(
  state: RestoreState,
  { openCatalog, streamReferences }: FindStreamConsumersPorts,
  step: StepRun,
): Promise<RestoreState> {
  const next = { ...state, lastStep: 'FindStreamConsumers' };
  if (!state.hasTables) return next;
  const store = openCatalog(state.catalog);
  const ledger = openLedger(store, state.plan, state.run);
  const settled = await ledger.get(restoreRunPart);
  const { tables } = settled.value.restorePlan;
  const source = await sourceOf(settled.value, ledger, store);
  // What keeps its stream, or is made beside, is nobody's concern.
  const moved = tables.filter(({ action, strategy }) => action !== 'refill' && strategy !== 'beside');
  const names = new Set(moved.map(({ name }) => name));
  const consumers = await lookFor(
    source.tables.filter(({ name }) => names.has(name)),
    streamReferences,
  );
  step.info('looked for consumers of streams', { found: consumers.found.length });
  await ledger.write(restoreRunPart, { ...settled.value, consumers }, settled);
  return next;
}

/**
 * One listing of each kind for all tables. Nobody is kept from a restore by not being allowed to look, or by an endpoint
 * that does not offer it: that is told instead.
 */
async function lookFor(records: TableFacts[], references: StreamReferences): Promise<KnownStreamConsumers> {
  const prefixes = [...new Set(records.map(({ name, arn }) => arn.slice(0, arn.length - name.length)))];
  const notLookedFor = new Set<string>();
  const look = async <T>(reading: Promise<T[]>): Promise<T[]> => {
    try {
      return await reading;
    } catch (error) {
      if (!hasCode(error, 'SERVICE_NOT_OFFERED', 'ACCESS_DENIED')) throw error;
      notLookedFor.add(error.message);
      return [];
    }
  };
  const pipes = await Promise.all(prefixes.map((prefix) => look(references.pipes(prefix))));
  const exports = await Promise.all(prefixes.map((prefix) => look(references.exports(prefix))));
  const tables = new Set(records.map(({ name }) => name));
  return { found: consumersOf(tables, pipes.flat(), exports.flat()), notLookedFor: [...notLookedFor] };
}
