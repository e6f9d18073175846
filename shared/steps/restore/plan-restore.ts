import type { RestoreRun } from '../../contracts/ledger/restore-run.ts';
import type { RestoreLock } from '../../contracts/restore-lock.ts';
import { wishesSchema } from '../../contracts/restore-plan.ts';
import type { RestoreInput, RestoreState, StartRestore } from '../../contracts/steps.ts';
import { deadlineOf } from '../../core/deadline.ts';
import { tandemCommand } from '../../core/how-to-go-on.ts';
import { findPlan, parsePlanFile } from '../../core/plan-file.ts';
import { refillOf } from '../../core/refill.ts';
import { problemOf, refusalFor } from '../../core/refusal.ts';
import { changeProblems, consentProblems } from '../../core/restore-consent.ts';
import { type Claim, lockProblems } from '../../core/restore-lock.ts';
import { outlineOf } from '../../core/restore-outline.ts';
import { pointOf } from '../../core/restore-source.ts';
import type { TandemError } from '../../errors/tandem-error.ts';
import type { ObjectStore, OpenCatalog } from '../../ports/object-store.ts';
import type { PlanFiles } from '../../ports/plan-files.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { hasBegun, type Ledger, ledgerKey, openLedger, refusalPart, restoreRunPart } from '../ledger.ts';
import type { Asked } from './asked.ts';
import { findPlanOf } from './kept-plans.ts';
import { type LeftPaused, leftPausedBy } from './paused-writers.ts';
import { refillAgain } from './refill-again.ts';
import { readLock, takeLock } from './restore-lock.ts';
import { resumeRestore } from './resume-restore.ts';
import { settleSafetyPoint } from './safety-point.ts';
import { type SettlePorts, settleRestore } from './settle-restore.ts';
import { keepSource } from './sources/find-source.ts';
import { scratchTables } from './undone-run.ts';

export interface PlanRestorePorts extends SettlePorts {
  planFiles: PlanFiles;
  openCatalog: OpenCatalog;
}

/**
 * Settles what a restore does, after every guard has passed and before anything is touched. All that is in the way is
 * reported together. A dry run ends here. To carry on with a run is to do the plan that was confirmed then: once it has
 * begun to change things, only what it restores from is looked at once more. The domain is always that of the plan file
 * as it is now.
 *
 * @throws TandemError RUN_UNKNOWN where the run that is to be carried on was never settled; whatever a guard refuses,
 * RESTORE_REFUSED where that is several things; NOT_CONFIRMED, PLAN_CHANGED; SOURCE_LOST, SOURCE_UNREADABLE where a run
 * that has begun cannot restore from what it began with
 */
export async function planRestore(
  { input, execution }: StartRestore,
  ports: PlanRestorePorts,
  step: StepRun,
): Promise<RestoreState> {
  const { text, name } = await ports.planFiles.read();
  const file = parsePlanFile(text, name);
  const plan = findPlan(file, input.plan);
  const store = ports.openCatalog(file.catalog.bucket);
  const run = input.run ?? execution.name;
  const ledger = openLedger(store, input.plan, run);
  const settled = input.run === undefined ? await ledger.read(restoreRunPart) : await ledger.get(restoreRunPart);
  const begun = settled !== undefined && (await hasBegun(ledger));
  const lock = await readLock(store, input.plan);
  const left = await leftPaused(store, input.plan, run, settled?.value, lock);
  const { restore, problems, source } = begun
    ? { restore: await resumeRestore(settled.value, ledger, store, plan, ports), problems: [], source: undefined }
    : await settleRestore(
        settled === undefined ? askedIn(input) : asSettled(settled.value),
        run,
        execution,
        plan,
        store,
        { left, follows: followed(run, settled?.value, lock) },
        ports,
      );
  const { planHash, restorePlan } = restore;
  const { recoveryPoint, tables, indices } = restorePlan;
  step.info('planned', { planHash, recoveryPoint, tables: tables.length, indices: indices.length });
  const claim = { run, takeOver: input.takeOver };
  await refuse(
    [
      ...problems,
      ...(input.dryRun ? [] : lockProblems(lock, claim, ports.clock.now())),
      ...(settled === undefined ? [] : changeProblems(restore, settled.value)),
      ...(input.dryRun ? [] : consentProblems(restore, input, await confirmedPlan(restore, input, store))),
    ],
    ledger,
  );
  if (source !== undefined) await keepSource(source, ledger);
  await ledger.write(restoreRunPart, restore, settled);
  if (!input.dryRun) await takeLockOf(restore, claim, execution.name, store, ports);
  if (begun && !input.dryRun) await refillAgain(restore, ledger);
  // Of what is half-done already no safety point is taken: the one from before stays.
  const takesSafetyPoint = !begun && !input.dryRun;
  const domain = restore.connection && ports.connectSearch(restore.connection);
  const safetyPoint = takesSafetyPoint ? await settleSafetyPoint(restore, plan, store, domain) : undefined;
  return {
    catalog: file.catalog.bucket,
    plan: input.plan,
    run,
    deadlineAt: deadlineOf(plan, execution.startedAt),
    hasTables: restore.restorePlan.tables.length > 0,
    hasSearch: restore.restorePlan.indices.length > 0,
    lastStep: 'PlanRestore',
    dryRun: input.dryRun,
    planHash: restore.planHash,
    hasSwap: restorePlan.indices.some(({ action }) => action === 'swap'),
    safetyPoint,
    refill: refillOf(restorePlan),
    hasScratchTables: (await scratchTables(restore, store)).length > 0,
    ...(restorePlan.proof && { readsItems: true }),
    ...(input.dryRun && {
      outline: {
        ...outlineOf(restorePlan),
        details: `s3://${file.catalog.bucket}/${ledgerKey(input.plan, run, restoreRunPart)}`,
      },
    }),
  };
}

/** @throws TandemError what is in the way, all of which stands in the ledger then */
async function refuse([first, ...others]: TandemError[], ledger: Ledger): Promise<void> {
  if (first === undefined) return;
  const refusal = { problems: [first, ...others].map(problemOf) };
  await ledger.write(refusalPart, refusal, await ledger.read(refusalPart));
  throw refusalFor([first, ...others]);
}

/** The plan that was looked at, where it is another one than would be done now. */
async function confirmedPlan({ planHash, restorePlan }: RestoreRun, input: RestoreInput, store: ObjectStore) {
  if (input.planHash === undefined || input.planHash === planHash) return undefined;
  return findPlanOf(store, restorePlan.plan, input.planHash);
}

/**
 * What the run is to do stands in the ledger already, so that it can be carried on with wherever it is killed from now on.
 *
 * @throws TandemError RESTORE_IN_PROGRESS, LEDGER_CHANGED
 */
async function takeLockOf(
  { run, planHash, restorePlan: { plan } }: RestoreRun,
  claim: Claim,
  execution: string,
  store: ObjectStore,
  { clock, place }: PlanRestorePorts,
): Promise<void> {
  const now = clock.now();
  const carryOn = tandemCommand('restore', plan, { run, planHash, ...place });
  const wanted = { schemaVersion: 1, run, execution, takenAt: now.toISOString(), carryOn } as const;
  await takeLock(store, plan, wanted, claim, now);
}

/** The writers that the restore before this one has left paused, or the one that this run found when it began. */
async function leftPaused(
  store: ObjectStore,
  plan: string,
  run: string,
  settled: RestoreRun | undefined,
  lock: RestoreLock | undefined,
): Promise<LeftPaused | undefined> {
  const before = settled === undefined ? lock?.run : settled.writersOf;
  return before === undefined || before === run ? undefined : leftPausedBy(store, plan, before);
}

function askedIn(input: RestoreInput): Asked {
  const { plan, point, safetyPoint, count = false, sample = null } = input;
  const proof = count || sample !== null ? { count, sample } : undefined;
  return { plan, point, safetyPoint, wishes: wishesSchema.parse(input), proof };
}

function asSettled({ asked, restorePlan }: RestoreRun): Asked {
  const { plan, safetyPoint, proof } = restorePlan;
  return { plan, point: pointOf(restorePlan) ?? 'latest', safetyPoint: safetyPoint !== null, wishes: asked, proof };
}

/** The restore before this one, or the one that it found before it when it began. */
function followed(run: string, settled: RestoreRun | undefined, lock: RestoreLock | undefined): string | undefined {
  const before = settled === undefined ? lock?.run : settled.follows;
  return before === run ? undefined : before;
}
