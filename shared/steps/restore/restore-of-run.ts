import type { RestoreRun } from '../../contracts/ledger/restore-run.ts';
import type { RestoreSource } from '../../contracts/restore-source.ts';
import type { RunState } from '../../contracts/steps.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import { type Ledger, openLedger, restoreRunPart } from '../ledger.ts';
import { sourceOf } from './sources/find-source.ts';

/** What a run of a restore was settled to do, and what it restores from. */
export interface RestoreOfRun {
  ledger: Ledger;
  settled: RestoreRun;
  source: RestoreSource;
}

/** @throws TandemError RUN_UNKNOWN, and as findRecoveryPoint does */
export async function restoreOfRun(
  { catalog, plan, run }: Pick<RunState, 'catalog' | 'plan' | 'run'>,
  openCatalog: OpenCatalog,
): Promise<RestoreOfRun> {
  const store = openCatalog(catalog);
  const ledger = openLedger(store, plan, run);
  const settled = (await ledger.get(restoreRunPart)).value;
  return { ledger, settled, source: await sourceOf(settled, ledger, store) };
}
