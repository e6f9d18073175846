import type { PlanFile, RepositoryPlan, SearchPlan } from '../shared/contracts/plan-file.ts';

/** What the plans say of search domains. */
export function searchPlans({ plans }: PlanFile): SearchPlan[] {
  return Object.values(plans).flatMap(({ search }) => search ?? []);
}

/** What the plans say of snapshot repositories. */
export function repositories(planFile: PlanFile): RepositoryPlan[] {
  return searchPlans(planFile).map(({ repository }) => repository);
}
