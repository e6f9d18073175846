import type { RestoreRun } from '../../contracts/ledger.ts';
import type { Plan, SearchPlan } from '../../contracts/plan-file.ts';
import type { RestoreLock } from '../../contracts/restore-lock.ts';
import { type FastRestore, type RestorePlan, type WritersOfPlan, wishesSchema } from '../../contracts/restore-plan.ts';
import type { RestoreSource } from '../../contracts/restore-source.ts';
import type { RestoreInput, RestoreState, StartRestore } from '../../contracts/steps.ts';
import { deadlineOf } from '../../core/deadline.ts';
import { needsOtherPoint, type RunPlace, tandemCommand } from '../../core/how-to-go-on.ts';
import { indexSteps } from '../../core/index-steps.ts';
import { pairsOf } from '../../core/pairs.ts';
import { findPlan, parsePlanFile } from '../../core/plan-file.ts';
import { domainMeant } from '../../core/reader-domain.ts';
import { refillOf } from '../../core/refill.ts';
import { problemOf, refusalFor } from '../../core/refusal.ts';
import { changeProblems, consentProblems } from '../../core/restore-consent.ts';
import { type Claim, lockProblems } from '../../core/restore-lock.ts';
import { outlineOf } from '../../core/restore-outline.ts';
import { makeRestorePlan, type Parts, restorePlanHash, selectParts } from '../../core/restore-plan.ts';
import { indicesAlone, pointOf, refuseUnfitSource, usualStrategiesOf } from '../../core/restore-source.ts';
import { chooseStrategies } from '../../core/strategies.ts';
import { tableSteps } from '../../core/table-steps.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ObjectStore, OpenCatalog } from '../../ports/object-store.ts';
import type { PlanFiles } from '../../ports/plan-files.ts';
import type { ReservedConcurrency } from '../../ports/reserved-concurrency.ts';
import type { ConnectSearch, SearchDomain } from '../../ports/search-domain.ts';
import type { StepRun } from '../../ports/step-run.ts';
import type { TableBackups } from '../../ports/table-backups.ts';
import type { CapturePorts } from '../capture-table.ts';
import { firstContact } from '../first-contact.ts';
import { hasBegun, type Ledger, ledgerKey, openLedger, refusalPart, restoreRunPart } from '../ledger.ts';
import { afterGuards } from './after-guards.ts';
import type { Asked } from './asked.ts';
import { roomGuard } from './guards/cluster-room.ts';
import { snapshotGuard } from './guards/in-progress.ts';
import { nameGuard } from './guards/names.ts';
import { readerSafetyGuard } from './guards/reader.ts';
import { sourceGuard } from './guards/source.ts';
import { strategyGuard } from './guards/strategy.ts';
import { tableGuard } from './guards/tables.ts';
import { gather, type Verdict } from './guards/verdict.ts';
import { findPlanOf, keepPlan } from './kept-plans.ts';
import { planFast } from './lifted-throttles.ts';
import { type LeftPaused, leftPausedBy } from './paused-writers.ts';
import { lookAtPresent, type PresentState, presentOf } from './present.ts';
import { refillAgain } from './refill-again.ts';
import { readLock, takeLock } from './restore-lock.ts';
import {
  findUnfinished,
  type OwnSafetyPoint,
  ownSafetyPoint,
  safetyPointGuard,
  settleSafetyPoint,
} from './safety-point.ts';
import { findSource, keepSource, sourceOf } from './sources/find-source.ts';
import { scratchTables, usualStrategies } from './undone-run.ts';
import { lookAtWriters } from './writers-of-plan.ts';

export interface PlanRestorePorts extends CapturePorts {
  planFiles: PlanFiles;
  openCatalog: OpenCatalog;
  backups: TableBackups;
  reservedConcurrency: ReservedConcurrency;
  connectSearch: ConnectSearch;
  /** Where this runs, as the command line finds it. */
  place: RunPlace;
  clock: Clock;
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
    ? { restore: await resume(settled.value, ledger, store, plan, ports), problems: [], source: undefined }
    : await settle(
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

type Steps = Pick<RestorePlan, 'tables' | 'indices'>;

/** What the restore before this one has left. */
interface Before {
  left: LeftPaused | undefined;
  follows: string | undefined;
}

/** The restore before this one, or the one that it found before it when it began. */
function followed(run: string, settled: RestoreRun | undefined, lock: RestoreLock | undefined): string | undefined {
  const before = settled === undefined ? lock?.run : settled.follows;
  return before === run ? undefined : before;
}

/** What a restore would do, and what is in its way. */
interface Settled {
  restore: RestoreRun;
  source: RestoreSource;
  problems: TandemError[];
}

async function settle(
  asked: Asked,
  run: string,
  execution: StartRestore['execution'],
  plan: Plan,
  store: ObjectStore,
  { left, follows }: Before,
  ports: PlanRestorePorts,
): Promise<Settled> {
  const { wishes } = asked;
  refuseUnfitSource(wishes, asked.point);
  const search = plan.search && domainMeant(plan.search, wishes.toEndpoint, ports.place);
  const reader = wishes.toEndpoint === undefined ? undefined : search;
  const anyConnection = connectionOf(search);
  const anyDomain = anyConnection && ports.connectSearch(anyConnection);
  const source = await firstContact(() => findSource(asked, plan, store, anyDomain, ports));
  const usual = usualStrategiesOf(wishes, await usualStrategies(source, plan, store));
  const strategies = chooseStrategies(wishes, usual);
  const parts = selectParts(reader === undefined ? source : indicesAlone(source), wishes);
  const connection = connectionFor(search, source, parts.indices);
  const domain = connection && anyDomain;
  const own = ownSafetyPoint(run, source);
  const { suffix, settings, rename, keepOld, writeUnits = plan.strategies.writeUnits } = wishes;
  const stepsOf = (found: PresentState, writers: WritersOfPlan): Steps => {
    const present = presentOf(found, writers, plan, source);
    return {
      tables: tableSteps(source, parts.tables, { strategy: strategies.tables, suffix, settings }, present.tables),
      indices: indexSteps(source, parts.indices, { strategy: strategies.indices, rename }, present).indices,
    };
  };
  const { present, writers, problems, remarks } = await firstContact(async () => {
    const [{ found, seen }, sourceVerdict] = await Promise.all([
      lookAtAll(plan, source, parts, domain, left, ports),
      // Backups are described a few a second: of many tables that takes longest.
      gather([() => sourceGuard(source, parts, domain, ports, reader)]),
    ]);
    return {
      present: found,
      writers: seen.writers,
      ...(await gather([
        async () => sourceVerdict,
        async () => seen,
        ...guardsOf(source, stepsOf(found, seen.writers), found, keepOld, domain, own, ports),
      ])),
    };
  });
  const uuids = new Map(present.indices.described.map(({ name, uuid }) => [name, uuid]));
  const pairs = pairsOf(plan.pairs ?? [], source);
  const fast = await fastOf(asked, parts, stepsOf(present, writers), source, domain);
  const restorePlan = makeRestorePlan(source, parts, presentOf(present, writers, plan, source), {
    strategies,
    ...{ suffix, settings, writeUnits, rename, keepOld, fast: fast.fast },
    toEndpoint: reader?.endpoint ?? null,
    wanted: asked.safetyPoint,
    unsaved: await findUnfinished(source, uuids, store, domain),
    deadline: plan.deadline,
    remarks: [...(source.origin === undefined ? [] : source.warnings), ...remarks, ...pairs.remarks, ...fast.remarks],
    ...(asked.proof && { proof: asked.proof }),
  });
  const undo = await gather([
    () => safetyPointGuard(restorePlan.safetyPoint, plan, domain),
    async () => readerSafetyGuard(restorePlan, asked.safetyPoint),
  ]);
  const planHash = restorePlanHash(restorePlan);
  await keepPlan(store, { planHash, restorePlan }, ports.clock.now());
  const startedAt = new Date(execution.startedAt).toISOString();
  const consumers = { found: [], notLookedFor: [] };
  const settled = {
    run,
    execution: execution.name,
    startedAt,
    asked: wishes,
    restorePlan,
    planHash,
    undoes: source.safetyOf,
    connection,
    consumers,
    ...(left !== undefined && { writersOf: left.run }),
    ...(follows !== undefined && { follows }),
    pairs: pairs.pairs,
  };
  return { restore: { schemaVersion: 1, ...settled }, source, problems: [...problems, ...undo.problems] };
}

/** What is lifted for the time of the restore, where that is asked for. */
async function fastOf(
  { wishes }: Asked,
  parts: Parts,
  { indices }: Steps,
  { search }: RestoreSource,
  domain: SearchDomain | null,
): Promise<{ fast?: FastRestore; remarks: string[] }> {
  if (wishes.fast !== true) return { remarks: [] };
  if (search !== null && domain !== null && parts.indices.length > 0) return planFast(indices, search, domain);
  return { remarks: ['--fast changes nothing where no index is restored'] };
}

/** Looks at what is there now, and at what writes to it. */
async function lookAtAll(
  plan: Plan,
  source: RestoreSource,
  parts: Parts,
  domain: SearchDomain | null,
  left: LeftPaused | undefined,
  ports: PlanRestorePorts,
) {
  const found = await lookAtPresent(parts, domain, ports);
  return { found, seen: await lookAtWriters(plan, source, found.tableNames, left, ports) };
}

/** The guards that look at what is there now. */
function guardsOf(
  source: RestoreSource,
  steps: Steps,
  present: PresentState,
  keepOld: boolean | undefined,
  domain: SearchDomain | null,
  own: OwnSafetyPoint,
  ports: PlanRestorePorts,
): (() => Promise<Verdict>)[] {
  const recorded = source.search?.indices ?? [];
  return [
    () => tableGuard(present, steps.tables, source.tables, own, ports),
    ...(domain === null
      ? []
      : [
          () => nameGuard(present, steps.indices, recorded, domain),
          () => strategyGuard(present, steps.indices, recorded, keepOld),
          () => roomGuard(present, steps.indices, recorded, domain.cluster),
          () => snapshotGuard(domain, own),
        ]),
  ];
}

const resume = afterGuards(async function resume(
  settled: RestoreRun,
  ledger: Ledger,
  store: ObjectStore,
  plan: Plan,
  ports: PlanRestorePorts,
): Promise<RestoreRun> {
  const { restorePlan, asked } = settled;
  const source = await sourceOf(settled, ledger, store);
  const parts = {
    tables: restorePlan.tables.map((table) => table.name),
    indices: restorePlan.indices.map((index) => index.name),
  };
  const search = plan.search && domainMeant(plan.search, asked.toEndpoint, ports.place);
  const connection = connectionFor(search, source, parts.indices);
  const domain = connection && ports.connectSearch(connection);
  const { problems } = await firstContact(() => sourceGuard(source, parts, domain, ports));
  const worst = problems.find(({ code }) => needsOtherPoint([code])) ?? problems[0];
  if (worst === undefined) return { ...settled, connection };
  const message = problems.map((problem) => problem.message).join(' ');
  throw new TandemError(worst.code, message, { cause: worst, remedy: worst.remedy });
});

/** How the domain is reached that indices are restored to; null where the plan has none. */
function connectionOf(search: SearchPlan | undefined): RestoreRun['connection'] {
  return search === undefined ? null : { endpoint: search.endpoint, auth: search.auth };
}

function connectionFor(
  search: SearchPlan | undefined,
  source: RestoreSource,
  indices: string[],
): RestoreRun['connection'] {
  if (indices.length === 0) return null;
  const connection = connectionOf(search);
  if (connection !== null) return connection;
  const message = `Recovery point ${source.recoveryPoint} holds indices, but plan ${source.plan} has no search domain.`;
  throw new TandemError('USAGE', message, { remedy: 'Give the plan its search part, or restore with --tables alone.' });
}
