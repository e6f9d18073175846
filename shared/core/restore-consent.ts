import type { RestorePlan } from '../contracts/restore-plan.ts';
import { TandemError } from '../errors/tandem-error.ts';
import { planChanges } from './plan-changes.ts';

/** A plan with the hash that confirms it. */
export interface HashedPlan {
  planHash: string;
  restorePlan: RestorePlan;
}

/** What is given to confirm a plan. */
export interface Consent {
  planHash?: string | undefined;
  confirmed: boolean;
}

/**
 * A run that has changed nothing yet is settled anew before it goes on: why it may not, PLAN_CHANGED where it would not do
 * any more what it was settled to do.
 */
export function changeProblems(now: HashedPlan, settled: HashedPlan & { run: string }): TandemError[] {
  if (now.planHash === settled.planHash) return [];
  const message = `The plan of run ${settled.run} had the hash ${settled.planHash}; it would be ${now.planHash} now.`;
  return [new TandemError('PLAN_CHANGED', withChanges(message, settled.restorePlan, now.restorePlan))];
}

/**
 * Why a plan may not be done: NOT_CONFIRMED, or PLAN_CHANGED where another plan was confirmed than the one that would be
 * done now.
 *
 * @param confirmed the plan of the hash that is given, where the catalog knows it
 */
export function consentProblems(now: HashedPlan, given: Consent, confirmed: RestorePlan | undefined): TandemError[] {
  if (given.planHash === now.planHash) return [];
  if (given.planHash !== undefined) {
    const message = `The plan that was confirmed has the hash ${given.planHash}; it would be ${now.planHash} now.`;
    return [
      new TandemError(
        'PLAN_CHANGED',
        confirmed === undefined
          ? `${message} The catalog knows no plan of that hash, so that nobody can say what has changed.`
          : withChanges(message, confirmed, now.restorePlan),
      ),
    ];
  }
  if (given.confirmed) return [];
  return [new TandemError('NOT_CONFIRMED', `The restore is not confirmed. The hash of its plan is ${now.planHash}.`)];
}

function withChanges(message: string, then: RestorePlan, now: RestorePlan): string {
  return [`${message} Since then:`, ...planChanges(then, now).map((change) => `  ${change}`)].join('\n');
}
