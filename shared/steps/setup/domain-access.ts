import type { SearchPlan } from '../../contracts/plan-file.ts';
import type { Change } from '../../contracts/setup.ts';
import type { AllowStatement } from '../../core/access-policy.ts';
import { policyWith } from '../../core/access-policy.ts';
import {
  accountOf,
  type DomainUser,
  domainStatement,
  type MissingAccess,
  missingAccess,
} from '../../core/domain-access.ts';
import { type DomainAddress, domainAt } from '../../core/domain-address.ts';
import { hasCode } from '../../errors/tandem-error.ts';
import type { Account } from '../../ports/account.ts';
import type { DomainConfigurations } from '../../ports/domain-configuration.ts';
import type { Identities } from '../../ports/identities.ts';
import { ownDecisionsBelow, ownDecisionsOnPassing } from './own-decisions.ts';

export interface DomainAccessPorts {
  domains: DomainConfigurations;
  identities: Identities;
  account: Pick<Account, 'identity'>;
}

/** What a principal lacks, with the statement that would give it to him. */
export interface Lack extends MissingAccess {
  statement: AllowStatement;
}

/** Who may not reach a domain, as far as it could be found out. */
export interface DomainAccess {
  /** Why it could not be found out. */
  unknown: string | undefined;
  lacks: Lack[];
}

/**
 * Compares what the access policy of a domain and the principals' own policies allow with what the principals need.
 *
 * @throws TandemError PRINCIPAL_UNKNOWN, POLICY_UNREADABLE
 */
export async function compareAccess(
  search: SearchPlan,
  users: DomainUser[],
  ports: DomainAccessPorts,
): Promise<DomainAccess> {
  const address = domainAt(search.endpoint);
  if (search.auth.type !== 'sigv4') return unknown("the plan's requests are not signed");
  if (address === undefined) return unknown(`${search.endpoint} does not tell which domain of the service it is`);
  try {
    return await compare(address, search, users, ports);
  } catch (error) {
    if (hasCode(error, 'ACCESS_DENIED', 'SERVICE_NOT_OFFERED')) return unknown(error.message);
    throw error;
  }
}

/** Adds the statements that are missing in the policy of a domain, which is read anew for it. */
export async function addToAccessPolicy(
  search: SearchPlan,
  lacks: Lack[],
  { domains }: Pick<DomainAccessPorts, 'domains'>,
): Promise<void> {
  const address = domainAt(search.endpoint);
  const domain = address && (await domains.describe(address));
  if (address === undefined || domain === undefined) return;
  const policy = addable(lacks).reduce((text, { statement }) => policyWith(text, statement), domain.accessPolicy);
  await domains.setAccessPolicy(address, policy);
}

/** What a statement in the domain's own policy would give. */
export function addable(lacks: Lack[]): Lack[] {
  return lacks.filter(({ denied, policyOf }) => !denied && policyOf === 'domain');
}

/** The same, in words. */
export function policyChanges({ lacks }: DomainAccess): Change[] {
  return addable(lacks).map(({ principal, actions, statement }) => ({
    what: 'access policy',
    name: statement.Resource,
    does: `allows ${principal} ${actions.join(', ')}`,
  }));
}

async function compare(
  address: DomainAddress,
  search: SearchPlan,
  users: DomainUser[],
  ports: DomainAccessPorts,
): Promise<DomainAccess> {
  const domain = await ports.domains.describe(address);
  if (domain === undefined) return unknown(`there is no domain ${address.name} in ${address.region}, in this account`);
  const { id } = await ports.account.identity();
  const lacks: Lack[] = [];
  for (const user of users) {
    const isOurs = accountOf(user.principal) === id;
    const own = isOurs ? await ownDecisionsBelow(domain.arn, user, ports.identities) : undefined;
    for (const missing of missingAccess(user, domain, own)) {
      lacks.push({ ...missing, statement: domainStatement(missing, domain.arn) });
    }
    lacks.push(...(await (isOurs ? lackOfSnapshotRole(user, search.repository.roleArn, ports.identities) : [])));
  }
  return { unknown: undefined, lacks };
}

/** Who registers a repository hands the snapshot role to the domain, which his own policies alone can allow. */
async function lackOfSnapshotRole(
  { principal, registers }: DomainUser,
  roleArn: string | undefined,
  identities: Identities,
): Promise<Lack[]> {
  if (!registers || roleArn === undefined) return [];
  const [own] = (await ownDecisionsOnPassing(roleArn, principal, identities)) ?? [];
  if (own === undefined || own.decision === 'allowed') return [];
  const actions = [own.action];
  const statement = { Effect: 'Allow' as const, Action: actions, Resource: roleArn };
  return [{ principal, actions, denied: own.decision === 'denied', policyOf: 'principal', statement }];
}

function unknown(why: string): DomainAccess {
  return { unknown: why, lacks: [] };
}
