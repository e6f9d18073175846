import type { Plan, SearchPlan } from '../shared/contracts/plan-file.ts';
import { domainRequests } from '../shared/core/domain-access.ts';
import { accessPolicies, type Statement } from './access-policy.ts';
import { withRestoreDomains } from './restore-domains.ts';
import { keep, passSnapshotRoles, readSecrets, request } from './search-access.ts';

/**
 * What the set-up of a domain may do: administer its security, where the domain lets this role, and register the
 * repository, for which the snapshot role is handed on.
 */
export function setUpAccess(plans: Plan[]) {
  const searches = plans.flatMap(({ search }) => search ?? []);
  return accessPolicies('SetupSearch', 'SetupRole', withRestoreDomains(searches), setUp);
}

function setUp(searches: SearchPlan[]): Statement[] {
  return [
    ...readSecrets(searches),
    ...request(searches, domainRequests.setup),
    ...keep(searches, '/_snapshot/*/*'),
    ...passSnapshotRoles(searches),
  ];
}
