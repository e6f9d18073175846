import type { PlanFile } from '../shared/contracts/plan-file.ts';
import { alertTopics, subscriptions } from './alert-subscriptions.ts';
import { keyAccess } from './key-access.ts';
import { schedules } from './plan-schedules.ts';
import { searchAccess } from './search-access.ts';
import { setUpAccess } from './set-up-access.ts';
import { tableAccess } from './table-access.ts';

/** Everything in the template that depends on the plan file. */
export function planResources(planFile: PlanFile) {
  const plans = Object.values(planFile.plans);
  return {
    catalogBucket: planFile.catalog.bucket,
    /** Every topic that a run may tell its failure on. */
    topics: [{ Ref: 'AlertTopic' }, ...alertTopics(plans)],
    resources: {
      Resources: {
        ...tableAccess(plans),
        ...keyAccess(plans),
        ...searchAccess(plans),
        ...setUpAccess(plans),
        ...schedules(planFile.plans),
        ...subscriptions(plans),
      },
    },
  };
}
