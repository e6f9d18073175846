import type { RestoreRun } from '../../contracts/ledger/restore-run.ts';
import type { TableRestores } from '../../contracts/ledger/restores.ts';
import type { RestorePlan } from '../../contracts/restore-plan.ts';
import type { ReportFailure } from '../../contracts/steps.ts';
import { codesOf, type FailedRun } from '../../core/failure-report.ts';
import { needsOtherPoint } from '../../core/how-to-go-on.ts';
import { safetyPointId } from '../../core/names.ts';
import { isRefilled } from '../../core/refill.ts';
import { problemsOf } from '../../core/refusal.ts';
import { pointOf, sourceLines } from '../../core/restore-source.ts';
import { besideTables, isWaived, madeBeside, touchesWhatExists } from '../../core/safety-point.ts';
import { scratchName } from '../../core/scratch-table.ts';
import { readFailure } from '../../errors/description.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import {
  changedSettingsPart,
  hasBegun,
  indexRestorePart,
  indexSnapshotPart,
  type Ledger,
  type LedgerPart,
  openLedger,
  pausedWritersPart,
  refillsPart,
  refusalPart,
  restoreRunPart,
  tableBackupsPart,
  tableRestoresPart,
} from '../ledger.ts';
import { findOtherPoint, recordedBy, recordedSafetyPoint } from '../recovery-points.ts';
import { leftPausedBy } from '../restore/paused-writers.ts';

/** Reads what may not be readable: undefined then. */
type Tolerant = <T>(read: () => Promise<T>) => Promise<T | undefined>;

/** Gathers what the alert of a failed run tells, from the state that it failed in, its ledger and the catalog. */
export async function readFailedRun(
  { workflow, state }: ReportFailure,
  where: Pick<FailedRun, 'plan' | 'run' | 'place'>,
  store: ObjectStore | undefined,
  ledger: Pick<Ledger, 'read'>,
  tolerant: Tolerant,
): Promise<FailedRun> {
  const { plan, run } = where;
  const failures = await withProblems(failuresOf(state), ledger, tolerant);
  const { input } = state;
  const settled = (await tolerant(() => ledger.read(restoreRunPart)))?.value;
  const asked = settled === undefined ? withoutConsent(input) : askedFor(settled);
  const waived = settled !== undefined && isWaived(settled.restorePlan);
  // That of a restore is a run of its own, which takes backups as that of a night does.
  const backup = workflow === 'restore' && store !== undefined ? openLedger(store, plan, safetyPointId(run)) : ledger;
  const progress = await progressOf(ledger, backup, tolerant);
  const lost = workflow === 'restore' && isOfRecoveryPoint(asked) && needsOtherPoint(codesOf({ failures }));
  return {
    ...where,
    workflow,
    lastStep: state.lastStep,
    failures,
    progress: {
      ...progress,
      scratchTables: settled && scratchTablesMade(settled, progress.tableRestores),
    },
    recorded: store !== undefined && (await tolerant(() => recordedBy(store, plan, run))) !== undefined,
    planHash: settled?.planHash ?? state.planHash,
    input,
    begun: (await tolerant(() => hasBegun(ledger))) ?? false,
    asked,
    otherPoint: store && lost ? await tolerant(() => findOtherPoint(store, plan, asked.point)) : undefined,
    about: settled === undefined ? [] : sourceLines(settled.restorePlan),
    beside: settled && besideOf(settled.restorePlan),
    besideTables: settled && besideTables(settled.restorePlan),
    writers: store && workflow === 'restore' ? await tolerant(() => writersAfter(store, plan, run, ledger)) : undefined,
    safetyPoint: waived ? null : store && (await tolerant(() => recordedSafetyPoint(store, plan, run))),
  };
}

/** Undefined where the restore never came so far as to pause any, nor found any that another one had left paused. */
async function writersAfter(
  store: ObjectStore,
  plan: string,
  run: string,
  ledger: Reading,
): Promise<FailedRun['writers']> {
  const left = await leftPausedBy(store, plan, run);
  if (left !== undefined) return { left };
  return (await ledger.read(pausedWritersPart)) && { left: null };
}

type FailedState = ReportFailure['state'];

function failuresOf({ failure, sides }: FailedState): FailedRun['failures'] {
  const caught = sides === undefined ? [] : [sides.tables, sides.search];
  const [first, ...others] = caught.flatMap((side) =>
    side.failure === undefined ? [] : { ...readFailure(side.failure), after: side.lastStep },
  );
  return first === undefined ? [readFailure(failure)] : [first, ...others];
}

/** What a refusal is for stands in the ledger: the failure itself has no room for all of it. */
async function withProblems(
  [first, ...others]: FailedRun['failures'],
  ledger: Pick<Ledger, 'read'>,
  tolerant: Tolerant,
): Promise<FailedRun['failures']> {
  const kept = (await tolerant(() => ledger.read(refusalPart)))?.value.problems;
  const problems = problemsOf(first, kept);
  return [problems === undefined ? first : { ...first, problems }, ...others];
}

function withoutConsent(input: Record<string, unknown> = {}): Record<string, unknown> {
  const { run: _, planHash: __, confirmed: ___, takeOver: ____, ...asked } = input;
  return asked;
}

function askedFor({ restorePlan, asked }: RestoreRun): Record<string, unknown> {
  const waiver = isWaived(restorePlan) ? { safetyPoint: false } : {};
  const { count = false, sample = null } = restorePlan.proof ?? {};
  const proof = { ...(count && { count }), ...(sample !== null && { sample }) };
  const point = pointOf(restorePlan);
  return { ...(point !== undefined && { point }), ...asked, ...waiver, ...proof };
}

/** No other recovery point stands in for a snapshot, or for a moment. */
function isOfRecoveryPoint({ snapshot, at }: Record<string, unknown>): boolean {
  return snapshot === undefined && at === undefined;
}

function scratchTablesMade({ run, restorePlan }: RestoreRun, restores: TableRestores = new Map()): string[] {
  const made = restorePlan.tables.filter(
    (table) => isRefilled(table) && restores.get(table.name)?.status !== 'TO_START',
  );
  return restores.size === 0 ? [] : made.map(({ name }) => scratchName(name, run));
}

function besideOf(plan: RestorePlan): string[] | undefined {
  return touchesWhatExists(plan) ? undefined : madeBeside(plan);
}

type Reading = Pick<Ledger, 'read'>;

async function progressOf(restore: Reading, backup: Reading, tolerant: Tolerant): Promise<FailedRun['progress']> {
  const part = <T>(ledger: Reading, one: LedgerPart<T>) => tolerant(async () => (await ledger.read(one))?.value);
  return {
    tableBackups: await part(backup, tableBackupsPart),
    indexSnapshot: await part(backup, indexSnapshotPart),
    tableRestores: await part(restore, tableRestoresPart),
    refills: await part(restore, refillsPart),
    indexRestore: await part(restore, indexRestorePart),
    changedSettings: await part(restore, changedSettingsPart),
  };
}
