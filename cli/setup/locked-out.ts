import type { SearchPlan } from '../../shared/contracts/plan-file.ts';
import { hasCode, TandemError } from '../../shared/errors/tandem-error.ts';
import {
  addable,
  addToAccessPolicy,
  type DomainAccess,
  policyChanges,
} from '../../shared/steps/setup/domain-access.ts';
import type { SetupOptions } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { confirmChanges } from './confirm-changes.ts';

/**
 * What is to be done where a domain lets nobody in and its access policy lacks something, which is then the likely reason:
 * the statements are told, or, where that is wanted, added.
 *
 * @returns the error to end with
 */
export async function lockedOut(
  error: unknown,
  access: DomainAccess,
  search: SearchPlan,
  options: SetupOptions,
  surroundings: Surroundings,
): Promise<unknown> {
  const missing = addable(access.lacks);
  if (!hasCode(error, 'SEARCH_UNAUTHORIZED') || missing.length === 0) return error;
  if (!options.applyPolicy || options.dryRun) {
    const statements = missing.map(({ statement }) => JSON.stringify(statement)).join(', ');
    const remedy = `Add to the access policy of the domain, or let --apply-policy do it: ${statements}`;
    return new TandemError('SEARCH_UNAUTHORIZED', error.message, { cause: error, remedy });
  }
  await confirmChanges(policyChanges(access), options, surroundings);
  await addToAccessPolicy(search, access.lacks, surroundings.setUpAccount);
  const message = `${error.message} What was missing in the access policy of the domain was added.`;
  const remedy = 'Wait some minutes until the policy is in force, then start the set-up again.';
  return new TandemError('SEARCH_UNAUTHORIZED', message, { cause: error, remedy });
}
