import type { RestoreRun } from '../../contracts/ledger/restore-run.ts';
import type { Plan } from '../../contracts/plan-file.ts';
import type { FastRestore } from '../../contracts/restore-plan.ts';
import type { RestoreSource } from '../../contracts/restore-source.ts';
import type { StartRestore } from '../../contracts/steps.ts';
import type { RunPlace } from '../../core/how-to-go-on.ts';
import { pairsOf } from '../../core/pairs.ts';
import { type Parts, selectParts } from '../../core/parts.ts';
import { domainMeant } from '../../core/reader-domain.ts';
import { makeRestorePlan, restorePlanHash } from '../../core/restore-plan.ts';
import { indicesAlone, refuseUnfitSource, usualStrategiesOf } from '../../core/restore-source.ts';
import { type RestoreSteps, restoreSteps } from '../../core/restore-steps.ts';
import { chooseStrategies } from '../../core/strategies.ts';
import type { TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { ReservedConcurrency } from '../../ports/reserved-concurrency.ts';
import type { ConnectSearch, SearchDomain } from '../../ports/search-domain.ts';
import type { TableBackups } from '../../ports/table-backups.ts';
import type { CapturePorts } from '../capture-table.ts';
import { firstContact } from '../first-contact.ts';
import type { Asked } from './asked.ts';
import { roomGuard } from './guards/cluster-room.ts';
import { snapshotGuard } from './guards/in-progress.ts';
import { nameGuard } from './guards/names.ts';
import { readerSafetyGuard } from './guards/reader.ts';
import { sourceGuard } from './guards/source.ts';
import { strategyGuard } from './guards/strategy.ts';
import { tableGuard } from './guards/tables.ts';
import { gather, type Verdict } from './guards/verdict.ts';
import { keepPlan } from './kept-plans.ts';
import { planFast } from './lifted-throttles.ts';
import type { LeftPaused } from './paused-writers.ts';
import { lookAtPresent, type PresentState, presentOf } from './present.ts';
import { connectionFor, connectionOf } from './restore-connection.ts';
import { findUnfinished, type OwnSafetyPoint, ownSafetyPoint, safetyPointGuard } from './safety-point.ts';
import { findSource } from './sources/find-source.ts';
import { usualStrategies } from './undone-run.ts';
import { lookAtWriters } from './writers-of-plan.ts';

export interface SettlePorts extends CapturePorts {
  backups: TableBackups;
  reservedConcurrency: ReservedConcurrency;
  connectSearch: ConnectSearch;
  /** Where this runs, as the command line finds it. */
  place: RunPlace;
  clock: Clock;
}

/** What the restore before this one has left. */
export interface Before {
  left: LeftPaused | undefined;
  follows: string | undefined;
}

/** What a restore would do, and what is in its way. */
interface Settled {
  restore: RestoreRun;
  source: RestoreSource;
  problems: TandemError[];
}

/** Looks at everything that a restore depends on; the plan that comes of it is kept in the catalog, and nothing else changed. */
export async function settleRestore(
  asked: Asked,
  run: string,
  execution: StartRestore['execution'],
  plan: Plan,
  store: ObjectStore,
  { left, follows }: Before,
  ports: SettlePorts,
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
  const { seen, present, steps, problems, remarks } = await firstContact(async () => {
    const [{ found, writers }, sourceVerdict] = await Promise.all([
      lookAtAll(plan, source, parts, domain, left, ports),
      // Backups are described a few a second: of many tables that takes longest.
      gather([() => sourceGuard(source, parts, domain, ports, reader)]),
    ]);
    const shown = presentOf(found, writers.writers, plan, source);
    const toDo = restoreSteps(source, parts, shown, { strategies, suffix, settings, rename });
    const verdict = await gather([
      async () => sourceVerdict,
      async () => writers,
      ...guardsOf(source, toDo, found, keepOld, domain, own, ports),
    ]);
    return { seen: found, present: shown, steps: toDo, ...verdict };
  });
  const uuids = new Map(seen.indices.described.map(({ name, uuid }) => [name, uuid]));
  const pairs = pairsOf(plan.pairs ?? [], source);
  const fast = await fastOf(asked, parts, steps, source, domain);
  const restorePlan = makeRestorePlan(source, steps, present, {
    strategies,
    ...{ settings, writeUnits, keepOld, fast: fast.fast },
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
  { indices }: RestoreSteps,
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
  ports: SettlePorts,
) {
  const found = await lookAtPresent(parts, domain, ports);
  return { found, writers: await lookAtWriters(plan, source, found.tableNames, left, ports) };
}

/** The guards that look at what is there now. */
function guardsOf(
  source: RestoreSource,
  steps: RestoreSteps,
  present: PresentState,
  keepOld: boolean | undefined,
  domain: SearchDomain | null,
  own: OwnSafetyPoint,
  ports: SettlePorts,
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
