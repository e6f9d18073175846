import type { IndexRestore } from '../../contracts/ledger/restores.ts';
import type { SearchRecord } from '../../contracts/manifest.ts';
import type { IndexToRestore, RestorePlan } from '../../contracts/restore-plan.ts';
import type { RestoreState } from '../../contracts/steps.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { ConnectSearch, SearchDomain } from '../../ports/search-domain.ts';
import { type Entry, indexRestorePart, type Ledger, openLedger, restoreRunPart } from '../ledger.ts';
import { restoreOfRun } from './restore-of-run.ts';

export interface IndexSidePorts {
  openCatalog: OpenCatalog;
  connectSearch: ConnectSearch;
  clock: Clock;
}

/** The index side of a restore run: what is to come back, where to, and how far it is. */
export interface IndicesOfRun {
  ledger: Ledger;
  /** The ledgers of the restores that may have left something changed: the one that is undone, and the one before this. */
  earlier: Ledger[];
  domain: SearchDomain;
  plan: RestorePlan;
  /** Those that are restored; the others are removed. */
  restored: IndexToRestore[];
  /** The names that they are restored under. */
  targets: string[];
  /** Null where there is nothing but to remove. */
  recorded: SearchRecord | null;
  /** The uuids of what is there under those names, and of what makes way for it, seen before the ledger was read: it knows each that this run made. */
  present: Map<string, string>;
  entry: Entry<IndexRestore> | undefined;
  restore: IndexRestore;
}

const nothingYet: IndexRestore = {
  requested: [],
  made: [],
  deleted: [],
  closed: [],
  failed: [],
  recovered: [],
  withoutReplicas: new Map(),
  shardsDone: 0,
  shardsTotal: 0,
  remarks: [],
};

/** @throws TandemError USAGE where the run has no index side, which its state machine rules out */
export async function indicesOfRun(state: RestoreState, ports: IndexSidePorts): Promise<IndicesOfRun> {
  const { ledger, settled: run, source } = await restoreOfRun(state, ports.openCatalog);
  if (run.connection === null) {
    throw new TandemError('USAGE', `Run ${run.run} restores no index.`);
  }
  const { indices } = run.restorePlan;
  const restored = indices.filter(({ action }) => action !== 'remove');
  const domain = ports.connectSearch(run.connection);
  const touched = indices.flatMap(({ target, currentName }) => [target, currentName ?? target]);
  const present = await domain.indices.uuids([...new Set(touched)]);
  const entry = await ledger.read(indexRestorePart);
  return {
    ledger,
    earlier: await earlierOf([source.safetyOf, run.follows], run.connection.endpoint, state, ports),
    domain,
    plan: run.restorePlan,
    restored,
    targets: restored.map(({ target }) => target),
    recorded: source.search,
    present,
    entry,
    restore: entry?.value ?? nothingYet,
  };
}

/** Of these runs, those of the same domain: what was changed in another one is not to be put back in this. */
async function earlierOf(
  runs: (string | undefined)[],
  endpoint: string,
  state: RestoreState,
  ports: IndexSidePorts,
): Promise<Ledger[]> {
  const named = new Set(runs.filter((run) => run !== undefined));
  const ledgers = [...named].map((run) => openLedger(ports.openCatalog(state.catalog), state.plan, run));
  const settled = await Promise.all(ledgers.map((ledger) => ledger.read(restoreRunPart)));
  return ledgers.filter((_, position) => settled[position]?.value.connection?.endpoint === endpoint);
}

/** The same of a run that restores some. @throws TandemError USAGE where it restores none, as its state machine rules out */
export async function restoredIndicesOfRun(
  state: RestoreState,
  ports: IndexSidePorts,
): Promise<IndicesOfRun & { recorded: SearchRecord }> {
  const { recorded, ...side } = await indicesOfRun(state, ports);
  if (recorded === null) throw new TandemError('USAGE', `Run ${state.run} restores no index.`);
  return { ...side, recorded };
}
