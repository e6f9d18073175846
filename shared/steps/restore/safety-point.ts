import type { BackupRun } from '../../contracts/ledger/backup-run.ts';
import type { RestoreRun } from '../../contracts/ledger/restore-run.ts';
import type { Plan } from '../../contracts/plan-file.ts';
import type { SafetyPoint } from '../../contracts/restore-plan.ts';
import type { RestoreSource } from '../../contracts/restore-source.ts';
import type { RestoreState } from '../../contracts/steps.ts';
import { few } from '../../core/deadline.ts';
import { isSnapshotOf, safetyPointId } from '../../core/names.ts';
import { isReadOnly, registrationConflict } from '../../core/repository.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { SearchDomain } from '../../ports/search-domain.ts';
import { backupRunPart, indexRestorePart, openLedger } from '../ledger.ts';
import type { Verdict } from './guards/verdict.ts';

/** The safety point that a restore takes, as what else goes on is told from it. */
export interface OwnSafetyPoint {
  run: string;
  /** Whether the restore brings a safety point back, and so undoes another restore. */
  undoes: boolean;
}

export function ownSafetyPoint(run: string, source: Pick<RestoreSource, 'safetyOf'>): OwnSafetyPoint {
  return { run: safetyPointId(run), undoes: source.safetyOf !== undefined };
}

/** Those of the running snapshots that are not of the safety point. @param running as `repository/snapshot` */
export function ofOthers(running: string[], { run }: OwnSafetyPoint): string[] {
  return running.filter((snapshot) => !isSnapshotOf(run, snapshot.slice(snapshot.lastIndexOf('/') + 1)));
}

/**
 * The indices that a restore which is undone has made, and that lack a primary shard still: what they were to
 * hold is in the recovery point that it restored, so that nothing is lost with them.
 */
export async function findUnfinished(
  { safetyOf, plan }: Pick<RestoreSource, 'safetyOf' | 'plan'>,
  present: Map<string, string>,
  store: ObjectStore,
  domain: SearchDomain | null,
): Promise<string[]> {
  if (safetyOf === undefined || domain === null) return [];
  const undone = (await openLedger(store, plan, safetyOf).read(indexRestorePart))?.value;
  const made = [...present].filter(([name, uuid]) => undone?.made.includes(uuid) || undone?.requested.includes(name));
  const recoveries = await domain.indices.recovery(made.map(([name]) => name));
  return recoveries.filter(({ health }) => health === 'red').map(({ index }) => index);
}

/** Whether the indices of a safety point can be written to the plan's own repository. Finds SAFETY_POINT_IMPOSSIBLE. */
export async function safetyPointGuard(
  safetyPoint: SafetyPoint | null,
  { search }: Plan,
  domain: SearchDomain | null,
): Promise<Verdict> {
  if (safetyPoint === null || safetyPoint.indices.length === 0 || search === undefined || domain === null) return fine;
  const { repository } = search;
  const registered = await domain.snapshots.repository(repository.name);
  const conflict = registered && registrationConflict(registered, repository);
  if (registered === undefined) return impossible(`repository ${repository.name} is not registered`);
  if (conflict !== undefined) return impossible(`repository ${repository.name} is registered with ${conflict}`);
  if (isReadOnly(registered.settings)) return impossible(`repository ${repository.name} is read-only`);
  const recoveries = await domain.indices.recovery(safetyPoint.indices);
  const broken = recoveries.filter(({ health }) => health === 'red').map(({ index }) => index);
  return broken.length > 0 ? impossible(`without a primary shard nothing can be saved of ${few(broken)}`) : fine;
}

const fine: Verdict = { problems: [], remarks: [] };

function impossible(why: string): Verdict {
  const problem = new TandemError('SAFETY_POINT_IMPOSSIBLE', `No safety point can be taken: ${why}.`);
  return { problems: [problem], remarks: [] };
}

/**
 * Settles what the safety point of a restore holds, as a run of a backup, whose steps take it. Settled once, it stays: a
 * restore that is carried on finds its own.
 *
 * @returns what its steps are to know, or undefined where it was waived
 */
export async function settleSafetyPoint(
  restore: RestoreRun,
  plan: Plan,
  store: ObjectStore,
  domain: SearchDomain | null,
): Promise<RestoreState['safetyPoint']> {
  const { restorePlan } = restore;
  if (restorePlan.safetyPoint === null) return undefined;
  const run = safetyPointId(restore.run);
  const ledger = openLedger(store, restorePlan.plan, run);
  const settled = await ledger.read(backupRunPart);
  const backup = settled?.value ?? (await backupOf(restore, restorePlan.safetyPoint, run, plan, domain));
  if (settled === undefined) await ledger.write(backupRunPart, backup, undefined);
  return { run, hasTables: backup.tables.length > 0, hasSearch: backup.search !== null };
}

async function backupOf(
  { run: safetyOf, execution, startedAt, restorePlan, connection }: RestoreRun,
  { tables, indices, absent }: SafetyPoint,
  run: string,
  { search }: Plan,
  domain: SearchDomain | null,
): Promise<BackupRun> {
  const common = { schemaVersion: 1 as const, run, plan: restorePlan.plan, execution, startedAt, tables };
  if (indices.length === 0 || search === undefined || connection === null || domain === null) {
    return { ...common, search: null, warnings: [], safetyOf, absent };
  }
  const { name, bucket, basePath } = search.repository;
  const engine = await domain.indices.engine();
  return {
    ...common,
    search: { ...connection, repository: { name, bucket, basePath }, engine, indices },
    warnings: [],
    safetyOf,
    absent,
  };
}
