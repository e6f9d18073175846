import type { Plan } from '../shared/contracts/plan-file.ts';
import { domainActions } from '../shared/core/domain-access.ts';
import { accessPolicy } from './access-policy.ts';
import { passSnapshotRoles, readSecrets, request } from './search-access.ts';

/**
 * What the set-up of a domain may do: administer its security, where the domain lets this role, and register the
 * repository, for which the snapshot role is handed on.
 */
export function setUpAccess(plans: Plan[]) {
  const searches = plans.flatMap(({ search }) => search ?? []);
  const statements = [
    ...readSecrets(searches),
    ...request(searches, domainActions.setup),
    ...passSnapshotRoles(searches),
  ];
  return statements.length === 0 ? {} : { SetupSearch: accessPolicy('SetupRole', statements) };
}
