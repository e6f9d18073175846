import * as z from 'zod';
import { TandemError } from '../errors/tandem-error.ts';
import {
  coversAction,
  coversResource,
  isAbout,
  isEverybody,
  type PolicyStatement,
  statementsOf,
} from './policy-document.ts';

const rawPolicySchema = z.looseObject({ Statement: z.union([z.array(z.unknown()), z.looseObject({})]) });

/** A statement that lets principals do something to a resource; without principals, one for a policy of their own. */
export interface AllowStatement {
  Effect: 'Allow';
  Principal?: { AWS: string[] };
  Action: string[];
  Resource: string;
}

/** What a resource's policy says of an action: that it may be done, may not be done, or nothing. */
export type Verdict = 'allowed' | 'denied' | 'silent';

/**
 * What the policy of a resource says about one action of one principal. A statement under a condition is taken for
 * silent, for whether it holds is known only when the call is made; the account as a whole too, for it hands the
 * decision back to the principal's own policies.
 *
 * @param policy JSON text, or nothing
 * @param whose what it is the policy of, for the error
 * @throws TandemError POLICY_UNREADABLE
 */
export function verdictOf(
  policy: string,
  principal: string,
  action: string,
  resource: string,
  whose = 'the domain',
): Verdict {
  const unconditional = statementsOf(policy, whose).filter(({ Condition }) => Condition === undefined);
  const fitting = unconditional.filter((statement) => concerns(statement, principal, action, resource));
  if (fitting.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return fitting.length > 0 ? 'allowed' : 'silent';
}

/**
 * Whether the policy of a resource allows a principal an action under a condition.
 *
 * @throws TandemError POLICY_UNREADABLE
 */
export function mayAllow(policy: string, principal: string, action: string, resource: string, whose: string): boolean {
  return statementsOf(policy, whose).some(
    (statement) =>
      statement.Effect === 'Allow' &&
      statement.Condition !== undefined &&
      concerns(statement, principal, action, resource),
  );
}

/**
 * A policy with one more statement. Those that it has are kept as they are.
 *
 * @throws TandemError POLICY_UNREADABLE
 */
export function policyWith(policy: string, statement: AllowStatement): string {
  const known = policy === '' ? { Version: '2012-10-17', Statement: [] } : parse(policy);
  const statements = Array.isArray(known.Statement) ? known.Statement : [known.Statement];
  return JSON.stringify({ ...known, Statement: [...statements, statement] });
}

/** Whether the policy of a resource allows everybody something. @throws TandemError POLICY_UNREADABLE */
export function opensToEverybody(policy: string, whose: string): boolean {
  return statementsOf(policy, whose).some(
    ({ Effect, Principal, Condition }) => Effect === 'Allow' && Condition === undefined && isEverybody(Principal),
  );
}

function parse(policy: string): z.output<typeof rawPolicySchema> {
  try {
    return rawPolicySchema.parse(JSON.parse(policy));
  } catch (cause) {
    throw new TandemError('POLICY_UNREADABLE', 'The policy of the domain is not understood.', { cause });
  }
}

function concerns(statement: PolicyStatement, principal: string, action: string, resource: string): boolean {
  // What is allowed to an account is left to its own policies; what is denied to it, nobody of it may do.
  const names = statement.Effect === 'Deny' ? [principal, rootOf(principal)] : [principal];
  const isMeant = names.some((name) => isAbout(statement, { kind: 'AWS', name }));
  return isMeant && coversAction(statement, action) && coversResource(statement, resource);
}

/** How a policy names the account of a principal as a whole. */
function rootOf(principal: string): string {
  const [, partition, , , account = ''] = principal.split(':');
  return `arn:${partition}:iam::${account}:root`;
}
