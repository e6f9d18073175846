import type { RestoreRun } from '../../../contracts/ledger/restore-run.ts';
import type { Plan } from '../../../contracts/plan-file.ts';
import type { RestoreSource } from '../../../contracts/restore-source.ts';
import type { ObjectStore } from '../../../ports/object-store.ts';
import type { SearchDomain } from '../../../ports/search-domain.ts';
import { type Ledger, sourcePart } from '../../ledger.ts';
import { findRecoveryPoint } from '../../recovery-points.ts';
import type { Asked } from '../asked.ts';
import { findPointInTime, type PointInTimePorts } from './point-in-time.ts';
import { findSnapshot } from './snapshot.ts';

/**
 * Finds out all that a restore has to know of what it is to bring back.
 *
 * @param domain that the indices are restored to; null where the plan has none
 * @throws TandemError what the sources throw: findRecoveryPoint, findSnapshot, findPointInTime
 */
export async function findSource(
  asked: Asked,
  plan: Plan,
  store: ObjectStore,
  domain: SearchDomain | null,
  ports: PointInTimePorts,
): Promise<RestoreSource> {
  const { wishes } = asked;
  if (wishes.snapshot !== undefined) return findSnapshot(wishes.snapshot, asked, plan, domain);
  if (wishes.at !== undefined) return findPointInTime(wishes.at, asked, plan, store, ports);
  return findRecoveryPoint(store, asked.plan, asked.point);
}

/**
 * The source of a run as it was settled: that of a recovery point is its manifest, which proves itself; any other stands in
 * the run's own ledger.
 *
 * @throws TandemError RUN_UNKNOWN, and as findRecoveryPoint does
 */
export async function sourceOf(
  { restorePlan }: RestoreRun,
  ledger: Ledger,
  store: ObjectStore,
): Promise<RestoreSource> {
  const { plan, recoveryPoint, source } = restorePlan;
  if (source.kind === 'recoveryPoint') return findRecoveryPoint(store, plan, recoveryPoint);
  return (await ledger.get(sourcePart)).value;
}

/** Has the run keep its source; a manifest is kept already. */
export async function keepSource(source: RestoreSource, ledger: Ledger): Promise<void> {
  if (source.origin !== undefined) await ledger.write(sourcePart, source, await ledger.read(sourcePart));
}
