import type { Decision } from '../ports/identities.ts';
import { type AllowStatement, type Verdict, verdictOf } from './access-policy.ts';

/** What each of the deployed parts does to a domain over HTTP, in IAM's words. */
export const domainActions = {
  backup: ['es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut'],
  restore: ['es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpDelete'],
  setup: ['es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpPatch', 'es:ESHttpDelete'],
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
  { principal, actions }: DomainUser,
  domain: { arn: string; accessPolicy: string },
  own: readonly { action: string; decision: Decision }[] | undefined,
): MissingAccess[] {
  const saysDomain = (action: string): Verdict =>
    verdictOf(domain.accessPolicy, principal, action, anyIndex(domain.arn));
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

/** Stands for all of a domain where it is asked who may do what: a restore may delete indices, and nothing else. */
export function anyIndex(domainArn: string): string {
  return `${domainArn}/any-index`;
}

/** The statement for the domain's policy that lets a principal do what he misses. */
export function domainStatement({ principal, actions }: MissingAccess, domainArn: string): AllowStatement {
  return { Effect: 'Allow', Principal: { AWS: [principal] }, Action: actions, Resource: `${domainArn}/*` };
}

/** The account that an ARN names. */
export function accountOf(arn: string): string | undefined {
  return arn.split(':')[4];
}
