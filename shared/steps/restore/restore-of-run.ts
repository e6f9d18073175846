import type { RestoreRun } from '../../contracts/ledger.ts';
import type { Manifest } from '../../contracts/manifest.ts';
import type { RunState } from '../../contracts/steps.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import { type Ledger, openLedger, restoreRunPart } from '../ledger.ts';
import { findRecoveryPoint } from '../recovery-points.ts';

/** What a run of a restore was settled to do, and what it restores from. */
export interface RestoreOfRun {
  ledger: Ledger;
  settled: RestoreRun;
  manifest: Manifest;
}

/** @throws TandemError RUN_UNKNOWN, and as findRecoveryPoint does */
export async function restoreOfRun(
  { catalog, plan, run }: Pick<RunState, 'catalog' | 'plan' | 'run'>,
  openCatalog: OpenCatalog,
): Promise<RestoreOfRun> {
  const store = openCatalog(catalog);
  const ledger = openLedger(store, plan, run);
  const settled = (await ledger.get(restoreRunPart)).value;
  const { restorePlan } = settled;
  return { ledger, settled, manifest: await findRecoveryPoint(store, restorePlan.plan, restorePlan.recoveryPoint) };
}
