import { keptPlanSchema, type RestorePlan } from '../../contracts/restore-plan.ts';
import type { ObjectStore } from '../../ports/object-store.ts';

const hashPattern = /^[0-9a-f]{64}$/;

function keyOf(plan: string, planHash: string): string {
  return `ledgers/${plan}/restore-plans/${planHash}.json`;
}

/** Keeps a plan under its hash: what was shown first stands, as all of one hash would do the same. */
export async function keepPlan(
  store: ObjectStore,
  { planHash, restorePlan }: { planHash: string; restorePlan: RestorePlan },
  now: Date,
): Promise<void> {
  const body = JSON.stringify({ schemaVersion: 1, plannedAt: now.toISOString(), restorePlan });
  await store.create(keyOf(restorePlan.plan, planHash), body);
}

/** The plan of a hash; undefined where the catalog knows none, or one of an earlier version that is not understood. */
export async function findPlanOf(store: ObjectStore, plan: string, planHash: string): Promise<RestorePlan | undefined> {
  if (!hashPattern.test(planHash)) return undefined;
  const object = await store.get(keyOf(plan, planHash));
  return object && keptPlanSchema.safeParse(JSON.parse(object.body)).data?.restorePlan;
}
