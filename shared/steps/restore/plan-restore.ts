import type { RestoreRun } from '../../contracts/ledger.ts';
import type { Manifest } from '../../contracts/manifest.ts';
import type { Plan } from '../../contracts/plan-file.ts';
import type { RestoreInput, RestoreState, StartRestore } from '../../contracts/steps.ts';
import { deadlineOf } from '../../core/deadline.ts';
import { findPlan, parsePlanFile } from '../../core/plan-file.ts';
import {
  assertConfirmed,
  assertUnchanged,
  countActions,
  makeRestorePlan,
  restorePlanHash,
  selectParts,
} from '../../core/restore-plan.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { InspectDomain } from '../../ports/domain-inspection.ts';
import type { ObjectStore, OpenCatalog } from '../../ports/object-store.ts';
import type { PlanFiles } from '../../ports/plan-files.ts';
import type { ConnectSearch } from '../../ports/search-domain.ts';
import type { StepRun } from '../../ports/step-run.ts';
import type { TableBackups } from '../../ports/table-backups.ts';
import type { Tables } from '../../ports/tables.ts';
import { firstContact } from '../first-contact.ts';
import { hasBegun, ledgerKey, openLedger, restoreRunPart } from '../ledger.ts';
import { preflightOfRestore } from '../preflight.ts';
import { findRecoveryPoint } from '../recovery-points.ts';
import { afterGuards } from './after-guards.ts';
import { assertDeletable, assertNothingInTheWay, assertSourceIsGood } from './guards.ts';
import { lookAtPresent } from './present.ts';

export interface PlanRestorePorts {
  planFiles: PlanFiles;
  openCatalog: OpenCatalog;
  tables: Tables;
  backups: TableBackups;
  connectSearch: ConnectSearch;
  inspectDomain: InspectDomain;
  clock: Clock;
}

/**
 * Settles what a restore does, after every guard has passed and before anything is touched. A dry run ends here. To
 * carry on with a run is to do the plan that was confirmed then: once it has begun to change things, only what it
 * restores from is looked at once more. The domain is always that of the plan file as it is now.
 *
 * @throws TandemError RUN_UNKNOWN where the run that is to be carried on was never settled; whatever a guard refuses;
 * NOT_CONFIRMED, PLAN_CHANGED; SOURCE_LOST, SOURCE_UNREADABLE where a run that has begun cannot
 * restore from what it began with
 */
export async function planRestore(
  { input, execution }: StartRestore,
  ports: PlanRestorePorts,
  step: StepRun,
): Promise<RestoreState> {
  const source = await ports.planFiles.read();
  const file = parsePlanFile(source.text, source.name);
  const plan = findPlan(file, input.plan);
  const store = ports.openCatalog(file.catalog.bucket);
  const run = input.run ?? execution.name;
  const ledger = openLedger(store, input.plan, run);
  const settled = input.run === undefined ? await ledger.read(restoreRunPart) : await ledger.get(restoreRunPart);
  const restore =
    settled !== undefined && (await hasBegun(ledger))
      ? await resume(settled.value, store, plan, ports)
      : await settle(
          settled === undefined ? input : asSettled(settled.value),
          run,
          execution,
          plan,
          store,
          ports,
          step,
        );
  if (settled !== undefined) assertUnchanged(restore.planHash, settled.value);
  const { planHash, restorePlan } = restore;
  const { recoveryPoint, tables, indices } = restorePlan;
  step.info('planned', { planHash, recoveryPoint, tables: tables.length, indices: indices.length });
  if (!input.dryRun) assertConfirmed(restore.planHash, input);
  await ledger.write(restoreRunPart, restore, settled);
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
    ...(input.dryRun && {
      outline: {
        recoveryPoint,
        ...countActions(restorePlan),
        details: `s3://${file.catalog.bucket}/${ledgerKey(input.plan, run, restoreRunPart)}`,
      },
    }),
  };
}

/** What a restore is asked for. */
type Asked = Pick<RestoreInput, 'plan' | 'point' | 'tables' | 'indices' | 'strategy'>;

function asSettled({ selection, restorePlan }: RestoreRun): Asked {
  const { plan, recoveryPoint, strategy } = restorePlan;
  return { plan, point: recoveryPoint, strategy, ...selection };
}

async function settle(
  asked: Asked,
  run: string,
  execution: StartRestore['execution'],
  plan: Plan,
  store: ObjectStore,
  ports: PlanRestorePorts,
  step: StepRun,
): Promise<RestoreRun> {
  const manifest = await findRecoveryPoint(store, asked.plan, asked.point);
  const parts = selectParts(manifest, asked);
  const connection = connectionFor(plan, manifest, parts.indices);
  const domain = connection && ports.connectSearch(connection);
  await firstContact(() => assertSourceIsGood(manifest, parts, domain, ports));
  await assertDeletable(parts.indices, domain);
  const present = await lookAtPresent(plan, manifest, parts, domain, ports);
  await assertNothingInTheWay(present, parts.tables, domain, ports);
  const restorePlan = makeRestorePlan(manifest, parts, asked.strategy, present);
  if (connection !== null) {
    await preflightOfRestore(restorePlan, manifest.search?.indices ?? [], ports.inspectDomain(connection), step);
  }
  const planHash = restorePlanHash(restorePlan);
  const startedAt = new Date(execution.startedAt).toISOString();
  const selection = { tables: asked.tables, indices: asked.indices };
  const consumers = { found: [], notLookedFor: [] };
  const asSettledNow = { schemaVersion: 1, run, execution: execution.name, startedAt, selection } as const;
  return { ...asSettledNow, restorePlan, planHash, connection, consumers };
}

const resume = afterGuards(async function resume(
  settled: RestoreRun,
  store: ObjectStore,
  plan: Plan,
  ports: PlanRestorePorts,
): Promise<RestoreRun> {
  const { restorePlan } = settled;
  const manifest = await findRecoveryPoint(store, restorePlan.plan, restorePlan.recoveryPoint);
  const parts = {
    tables: restorePlan.tables.map((table) => table.name),
    indices: restorePlan.indices.map((index) => index.name),
  };
  const connection = connectionFor(plan, manifest, parts.indices);
  const domain = connection && ports.connectSearch(connection);
  await firstContact(() => assertSourceIsGood(manifest, parts, domain, ports));
  return { ...settled, connection };
});

function connectionFor(plan: Plan, manifest: Manifest, indices: string[]): RestoreRun['connection'] {
  if (indices.length === 0) return null;
  if (plan.search !== undefined) return { endpoint: plan.search.endpoint, auth: plan.search.auth };
  const message = `Recovery point ${manifest.recoveryPoint} holds indices, but plan ${manifest.plan} has no search domain.`;
  throw new TandemError('USAGE', message, { remedy: 'Give the plan its search part, or restore with --tables alone.' });
}
