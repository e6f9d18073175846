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

/**
 * What somebody does who runs backups and restores himself: the actions of a restore are those of a backup too, and at the
 * first path of each either may be done.
 */
export const workingRequests: DomainRequests = domainRequests.restore;

/** Somebody who is to reach a domain, and what for. */
export interface DomainUser {
  principal: string;
  requests: DomainRequests;
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
  const { principal, requests } = user;
  const actions = Object.keys(requests);
  const saysDomain = (action: string): Verdict =>
    verdictOf(domain.accessPolicy, principal, action, placeOf(action, requests, domain.arn));
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
 * Something below a domain that an action is done to, where it is asked whether it may be done: the policies of the
 * deployed roles deny an action wherever they have no use for it.
 */
export function placeOf(action: string, requests: DomainRequests, domainArn: string): string {
  const [path = '*'] = requests[action] ?? [];
  return `${domainArn}/${path.replaceAll('*', 'any')}`;
}

/** The statement for the domain's policy that lets a principal do what he misses. */
export function domainStatement({ principal, actions }: MissingAccess, domainArn: string): AllowStatement {
  return { Effect: 'Allow', Principal: { AWS: [principal] }, Action: actions, Resource: `${domainArn}/*` };
}

/** The account that an ARN names. */
export function accountOf(arn: string): string | undefined {
  return arn.split(':')[4];
}
