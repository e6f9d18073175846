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
  /** True where the domain's own policy forbids it, which no further statement changes. */
  denied: boolean;
}

/**
 * What a principal may not do to a domain. Within one account it is enough that his own policies or the domain's allow
 * it; from another account both have to. Whoever the domain denies it, has nothing of what others allow.
 *
 * @param own those of the actions that his own policies allow; undefined where that could not be found out
 */
export function missingAccess(
  { principal, actions }: DomainUser,
  domain: { arn: string; accessPolicy: string },
  own: readonly string[] | undefined,
): MissingAccess[] {
  const saysDomain = (action: string): Verdict =>
    verdictOf(domain.accessPolicy, principal, action, anyIndex(domain.arn));
  const isForeign = accountOf(principal) !== accountOf(domain.arn);
  const suffices = (action: string) => !isForeign && (own?.includes(action) ?? false);
  const denied = actions.filter((action) => saysDomain(action) === 'denied');
  const missing = actions.filter((action) => saysDomain(action) === 'silent' && !suffices(action));
  return [
    ...(denied.length === 0 ? [] : [{ principal, actions: denied, denied: true }]),
    ...(missing.length === 0 ? [] : [{ principal, actions: missing, denied: false }]),
  ];
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
