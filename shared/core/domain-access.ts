import type { Decision } from '../ports/identities.ts';
import { type AllowStatement, type Verdict, verdictOf } from './access-policy.ts';

/** Paths below a domain, by what IAM calls the method that they are requested with. `*` stands for anything, `/` too. */
export type DomainRequests = Readonly<Record<string, readonly string[]>>;

const anything = ['*'];
const security = ['_plugins/_security/api/*', '_opendistro/_security/api/*'];

/** What each of the deployed parts requests of a domain. */
export const domainRequests = {
  backup: {
    'es:ESHttpGet': anything,
    'es:ESHttpPost': ['*/_refresh', '*/_search', '_snapshot/*/_verify'],
    'es:ESHttpPut': ['_snapshot/*'],
  },
  restore: {
    'es:ESHttpGet': anything,
    'es:ESHttpPost': [
      '*/_refresh',
      '*/_search',
      '*/_close',
      '*/_open',
      '_aliases',
      '_snapshot/*/_restore',
      '_cluster/allocation/explain',
    ],
    'es:ESHttpPut': ['_snapshot/*/*', '*/_settings', '_cluster/settings'],
    'es:ESHttpDelete': anything,
  },
  setup: {
    'es:ESHttpGet': anything,
    'es:ESHttpPost': ['_snapshot/*/_verify'],
    'es:ESHttpPut': ['_snapshot/*', ...security],
    'es:ESHttpPatch': security,
    'es:ESHttpDelete': ['_snapshot/*'],
  },
} satisfies Record<string, DomainRequests>;

/** The same without the paths. */
export const domainActions = {
  backup: Object.keys(domainRequests.backup),
  restore: Object.keys(domainRequests.restore),
  setup: Object.keys(domainRequests.setup),
};

/** What somebody does who runs backups and restores himself. */
export const workingActions = [...new Set([...domainActions.backup, ...domainActions.restore])];

/** Somebody who is to reach a domain, and what for. */
export interface DomainUser {
  principal: string;
  actions: string[];
  /** Whether he registers the repository. */
  registers: boolean;
}

/** What keeps a principal from the domain. */
export interface MissingAccess {
  principal: string;
  actions: string[];
  /** True where a policy forbids it, which no further statement changes. */
  denied: boolean;
  /** Whose policy forbids it, or is to allow it. */
  policyOf: 'domain' | 'principal';
}

/**
 * What a principal may not do to a domain. Within one account it is enough that his own policies or the domain's allow
 * it; from another account both have to. Whoever one of them denies it, has nothing of what the other allows.
 *
 * @param own what his own policies say of the actions; undefined where that could not be found out
 */
export function missingAccess(
  user: DomainUser,
  domain: { arn: string; accessPolicy: string },
  own: readonly { action: string; decision: Decision }[] | undefined,
): MissingAccess[] {
  const { principal, actions } = user;
  const saysDomain = (action: string): Verdict =>
    verdictOf(domain.accessPolicy, principal, action, placeOf(action, user, domain.arn));
  const ownSays = (action: string) => own?.find((one) => one.action === action)?.decision;
  const isForeign = accountOf(principal) !== accountOf(domain.arn);
  const suffices = (action: string) => !isForeign && ownSays(action) === 'allowed';
  const deniedThere = actions.filter((action) => saysDomain(action) === 'denied');
  const deniedByOwn = actions.filter((action) => ownSays(action) === 'denied' && !deniedThere.includes(action));
  const missing = actions.filter(
    (action) => saysDomain(action) === 'silent' && !suffices(action) && !deniedByOwn.includes(action),
  );
  const all: MissingAccess[] = [
    { principal, actions: deniedThere, denied: true, policyOf: 'domain' },
    { principal, actions: deniedByOwn, denied: true, policyOf: 'principal' },
    { principal, actions: missing, denied: false, policyOf: 'domain' },
  ];
  return all.filter((one) => one.actions.length > 0);
}

/**
 * Something below a domain that a user does an action to, where it is asked whether he may: none of the deployed roles
 * may do it to everything. Whoever registers a repository has it verified.
 */
export function placeOf(action: string, { registers }: Pick<DomainUser, 'registers'>, domainArn: string): string {
  const ofRepository = '_snapshot/any-repository';
  const places: Readonly<Record<string, string>> = {
    'es:ESHttpPost': registers ? `${ofRepository}/_verify` : 'any-index/_search',
    'es:ESHttpPut': `${ofRepository}/any-snapshot`,
  };
  return `${domainArn}/${places[action] ?? 'any-index'}`;
}

/** The statement for the domain's policy that lets a principal do what he misses. */
export function domainStatement({ principal, actions }: MissingAccess, domainArn: string): AllowStatement {
  return { Effect: 'Allow', Principal: { AWS: [principal] }, Action: actions, Resource: `${domainArn}/*` };
}

/** The account that an ARN names. */
export function accountOf(arn: string): string | undefined {
  return arn.split(':')[4];
}
