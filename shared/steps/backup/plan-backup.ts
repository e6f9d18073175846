import type { BackupRun } from '../../contracts/ledger/backup-run.ts';
import type { Plan, RepositoryPlan } from '../../contracts/plan-file.ts';
import type { RunState, StartBackup } from '../../contracts/steps.ts';
import { deadlineOf } from '../../core/deadline.ts';
import { scheduledRunId } from '../../core/names.ts';
import { findPlan, parsePlanFile, type ReadPlanFile } from '../../core/plan-file.ts';
import { isReadOnly, registrationConflict } from '../../core/repository.ts';
import { selectIndices, selectTables } from '../../core/selection.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { PlanFiles } from '../../ports/plan-files.ts';
import type { ConnectSearch, SearchDomain } from '../../ports/search-domain.ts';
import type { StepRun } from '../../ports/step-run.ts';
import type { Tables } from '../../ports/tables.ts';
import { existingIndices } from '../existing-indices.ts';
import { firstContact } from '../first-contact.ts';
import { backupRunPart, openLedger } from '../ledger.ts';
import { preflightOfBackup } from '../preflight.ts';
import { tablesWithTags } from '../tagged-tables.ts';

export interface PlanBackupPorts {
  planFiles: PlanFiles;
  openCatalog: OpenCatalog;
  openSnapshotBucket: OpenCatalog;
  tables: Tables;
  connectSearch: ConnectSearch;
  region: () => Promise<string>;
}

/**
 * Settles what a backup run does: its tables, its indices, its id. Everything that can be wrong with the plan shows
 * here, before anything is started. Delivered again, it finds what it settled before.
 *
 * @throws TandemError RUN_UNKNOWN where the run that is to be carried on never began; whatever is wrong with the plan
 */
export async function planBackup(start: StartBackup, ports: PlanBackupPorts, step: StepRun): Promise<RunState> {
  const source = await ports.planFiles.read();
  const file = parsePlanFile(source.text, source.name);
  const name = start.input.plan;
  const plan = findPlan(file, name);
  const run = runId(start);
  const ledger = openLedger(ports.openCatalog(file.catalog.bucket), name, run);
  const settled = start.input.run === undefined ? await ledger.read(backupRunPart) : await ledger.get(backupRunPart);
  if (settled?.value.safetyOf !== undefined) {
    const message = `Run ${run} takes the safety point of restore ${settled.value.safetyOf}.`;
    throw new TandemError('USAGE', message, { remedy: 'Carry on with that restore.' });
  }
  const backup = settled?.value ?? (await settle(start, run, plan, file, ports, step));
  if (settled === undefined) await ledger.write(backupRunPart, backup, undefined);
  step.info('planned', { tables: backup.tables.length, indices: backup.search?.indices.length ?? 0 });
  return {
    catalog: file.catalog.bucket,
    plan: name,
    run,
    deadlineAt: deadlineOf(plan, start.execution.startedAt),
    hasTables: backup.tables.length > 0,
    hasSearch: backup.search !== null,
    lastStep: 'PlanBackup',
  };
}

function runId({ input, execution }: StartBackup): string {
  if (input.run !== undefined) return input.run;
  const scheduled = new Date(input.scheduledTime ?? Number.NaN);
  return Number.isNaN(scheduled.getTime()) ? execution.name : scheduledRunId(input.plan, scheduled);
}

async function settle(
  start: StartBackup,
  run: string,
  plan: Plan,
  file: ReadPlanFile,
  ports: PlanBackupPorts,
  step: StepRun,
): Promise<BackupRun> {
  const name = start.input.plan;
  return {
    schemaVersion: 1,
    run,
    plan: name,
    execution: start.execution.name,
    startedAt: new Date(start.execution.startedAt).toISOString(),
    tables: await chooseTables(plan, ports.tables, (...path) => file.where('plans', name, 'tables', ...path)),
    search: await chooseIndices(plan, ports, (...path) => file.where('plans', name, 'search', ...path)),
    warnings: await lookAhead(name, plan, file, ports, step),
  };
}

/** After the first contact, so that a domain that is not there is told as that. */
async function lookAhead(
  name: string,
  plan: Plan,
  file: ReadPlanFile,
  ports: PlanBackupPorts,
  step: StepRun,
): Promise<string[]> {
  const subject = { name, plan, file, deployed: undefined, region: await ports.region() };
  return preflightOfBackup(subject, ports, step);
}

type Where = (...path: (string | number)[]) => string;

async function chooseTables(plan: Plan, tables: Tables, where: Where): Promise<string[]> {
  if (plan.tables === undefined) return [];
  const existing = await tables.list();
  const tagged = plan.tables.tags === undefined ? [] : await tablesWithTags(tables, existing, plan.tables.tags);
  return selectTables(plan.tables, existing, tagged, where);
}

async function chooseIndices(plan: Plan, ports: PlanBackupPorts, where: Where): Promise<BackupRun['search']> {
  if (plan.search === undefined) return null;
  const { endpoint, auth, repository, indices } = plan.search;
  const domain = ports.connectSearch({ endpoint, auth });
  const engine = await firstContact(() => domain.indices.engine());
  // What a new registration takes shows here if it is missing, not when backups were started already.
  await ports.region();
  await refuseOtherRepository(domain, repository, where);
  const existing = await existingIndices(domain.indices);
  const selected = selectIndices(indices, existing, (...path) => where('indices', ...path));
  const { name, bucket, basePath } = repository;
  return { endpoint, auth, repository: { name, bucket, basePath }, engine, indices: selected };
}

async function refuseOtherRepository(domain: SearchDomain, repository: RepositoryPlan, where: Where): Promise<void> {
  const { name, bucket, basePath, settings } = repository;
  if (isReadOnly(settings)) {
    const place = where('repository', 'settings', 'readonly');
    throw new TandemError('REPOSITORY_CONFLICT', `${place}: no snapshot can be written to a read-only repository.`, {
      remedy: 'Leave readonly out, or give a plan that only restores no schedule and do not back it up.',
    });
  }
  const registered = await domain.snapshots.repository(name);
  const conflict = registered && registrationConflict(registered, repository);
  if (conflict === undefined) return;
  const place = where('repository', 'name');
  throw new TandemError(
    'REPOSITORY_CONFLICT',
    `${place}: a repository "${name}" is registered with ${conflict}; the plan wants bucket "${bucket}" and base_path "${basePath}".`,
  );
}
