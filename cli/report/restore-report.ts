import type { RestoreRun } from '../../shared/contracts/ledger/restore-run.ts';
import type { IndexRestore, TableRestores } from '../../shared/contracts/ledger/restores.ts';
import type { Verification } from '../../shared/contracts/ledger/verification.ts';
import type { Manifest } from '../../shared/contracts/manifest.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import {
  hasBegun,
  indexRestorePart,
  type Ledger,
  openLedger,
  restoreRunPart,
  tableRestoresPart,
  verificationPart,
} from '../../shared/steps/ledger.ts';
import { findRecoveryPoint, recordedSafetyPoint } from '../../shared/steps/recovery-points.ts';
import { carryOnCommand } from '../carry-on.ts';
import type { FoundPlanFile } from '../chosen-plan.ts';
import type { FollowOptions } from '../options.ts';
import { findUndo, type Undo } from '../undo.ts';

/** All that the catalog knows of a restore, whether it ended well, badly or not at all. */
export interface RestoreReport {
  run: RestoreRun;
  /** Whether it has changed anything. */
  begun: boolean;
  tables: TableRestores;
  indices: IndexRestore | undefined;
  /** Undefined where it never came so far. */
  verification: Verification | undefined;
  safetyPoint: Manifest | undefined;
  undo: Undo | undefined;
  /** The command that carries on with it, where it has not been verified yet or differs. */
  carryOn: string | undefined;
}

/**
 * Reads what a restore has left in the catalog.
 *
 * @throws TandemError RUN_UNKNOWN where no plan of the file has a restore of that id
 */
export async function readRestoreReport(
  run: string,
  { file }: FoundPlanFile,
  store: ObjectStore,
  options: FollowOptions,
): Promise<RestoreReport> {
  for (const plan of Object.keys(file.plans)) {
    const ledger = openLedger(store, plan, run);
    const restore = await ledger.read(restoreRunPart);
    if (restore !== undefined) return reportOf(restore.value, plan, ledger, store, options);
  }
  throw new TandemError('RUN_UNKNOWN', `The catalog knows no restore ${run}.`);
}

async function reportOf(
  restore: RestoreRun,
  plan: string,
  ledger: Ledger,
  store: ObjectStore,
  options: FollowOptions,
): Promise<RestoreReport> {
  const { run, planHash } = restore;
  const begun = await hasBegun(ledger);
  const verification = (await ledger.read(verificationPart))?.value;
  const isDone = verification !== undefined && verification.differences.length === 0;
  const safetyPoint = await recordedSafetyPoint(store, plan, run);
  return {
    run: restore,
    begun,
    tables: (await ledger.read(tableRestoresPart))?.value ?? new Map(),
    indices: (await ledger.read(indexRestorePart))?.value,
    verification,
    safetyPoint: safetyPoint === undefined ? undefined : await findRecoveryPoint(store, plan, safetyPoint),
    undo: await findUndo({ workflow: 'restore', plan, run, dryRun: false }, { store, ledger }, options),
    carryOn: isDone || !begun ? undefined : carryOnCommand({ workflow: 'restore', plan, run }, { planHash }, options),
  };
}
