import type { SearchPlan } from '../shared/contracts/plan-file.ts';

/** The domains of plans, and those that their indices may be restored to beside, each as a plan's. */
export function withRestoreDomains(searches: SearchPlan[]): SearchPlan[] {
  return searches.flatMap((search) => [
    search,
    ...search.restoreEndpoints.map((endpoint) => ({ ...search, endpoint })),
  ]);
}
