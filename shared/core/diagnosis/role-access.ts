import type { EncryptionKey } from '../../ports/encryption-keys.ts';
import type { Decision } from '../../ports/identities.ts';
import { mayAllow, verdictOf } from '../access-policy.ts';
import { accountOf } from '../domain-access.ts';

/** What stands between a role and something that it is to use, and which actions: each kind is mended in another place. */
export interface RoleAccess {
  /** Nothing allows these. */
  lacking: string[];
  /** A policy of the role denies these. */
  denied: string[];
  /** The policy of the resource denies these, or allows them to nobody. */
  deniedThere: string[];
  /** Of these it is known only when the call is made. */
  unclear: string[];
}

type Decisions = { action: string; decision: Decision }[];

/**
 * What a role may do in a bucket of its account: it is enough that its own policies or that of the bucket allow it.
 *
 * @param policy of the bucket, as JSON text; undefined where it could not be read
 * @param resource the bucket, or its objects
 * @throws TandemError POLICY_UNREADABLE
 */
export function accessToBucket(
  roleArn: string,
  decisions: Decisions,
  policy: string | undefined,
  resource: string,
): RoleAccess {
  return sorted(decisions, ({ action, decision }) => {
    if (decision === 'denied') return 'denied';
    if (policy === undefined) return decision === 'allowed' ? undefined : 'unclear';
    const verdict = verdictOf(policy, roleArn, action, resource, 'the snapshot bucket');
    if (verdict === 'denied') return 'deniedThere';
    if (decision === 'allowed' || verdict === 'allowed') return undefined;
    const isOpen = decision === 'unclear' || mayAllow(policy, roleArn, action, resource, 'the snapshot bucket');
    return isOpen ? 'unclear' : 'lacking';
  });
}

/**
 * What a role may do with a key: its own policies count only where the policy of the key leaves it to them, by allowing it
 * to the account.
 *
 * @throws TandemError POLICY_UNREADABLE
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 */
export function accessToKey(roleArn: string, decisions: Decisions, { arn, policy }: EncryptionKey): RoleAccess {
  const [, partition] = roleArn.split(':');
  const account = `arn:${partition}:iam::${accountOf(roleArn)}:root`;
  const says = (principal: string, action: string) => verdictOf(policy, principal, action, arn, 'the key');
  const may = (principal: string, action: string) => mayAllow(policy, principal, action, arn, 'the key');
  return sorted(decisions, ({ action, decision }) => {
    if (decision === 'denied') return 'denied';
    const verdict = says(roleArn, action);
    if (verdict === 'denied') return 'deniedThere';
    const isLeft = says(account, action) === 'allowed';
    if (verdict === 'allowed' || (isLeft && decision === 'allowed')) return undefined;
    const isOpen = may(roleArn, action) || (decision !== 'silent' && (isLeft || may(account, action)));
    if (isOpen) return 'unclear';
    return isLeft ? 'lacking' : 'deniedThere';
  });
}

function sorted(decisions: Decisions, kindOf: (one: Decisions[number]) => keyof RoleAccess | undefined): RoleAccess {
  const kinds = decisions.map((one) => ({ action: one.action, kind: kindOf(one) }));
  const of = (wanted: keyof RoleAccess) => kinds.filter(({ kind }) => kind === wanted).map(({ action }) => action);
  return { lacking: of('lacking'), denied: of('denied'), deniedThere: of('deniedThere'), unclear: of('unclear') };
}

/** Both together, as those to the bucket and to its objects. */
export function together(first: RoleAccess, second: RoleAccess): RoleAccess {
  return {
    lacking: [...first.lacking, ...second.lacking],
    denied: [...first.denied, ...second.denied],
    deniedThere: [...first.deniedThere, ...second.deniedThere],
    unclear: [...first.unclear, ...second.unclear],
  };
}
