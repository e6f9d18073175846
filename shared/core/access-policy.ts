import * as z from 'zod';
import { TandemError } from '../errors/tandem-error.ts';

const oneOrMany = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

const statementSchema = z.looseObject({
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z
    .union([z.literal('*').transform(() => ({ AWS: ['*'] })), z.looseObject({ AWS: oneOrMany.optional() })])
    .optional(),
  Action: oneOrMany.optional(),
  Resource: oneOrMany.optional(),
  Condition: z.unknown().optional(),
});

const policySchema = z.looseObject({
  Version: z.string().optional(),
  Statement: z.union([statementSchema.transform((one) => [one]), z.array(statementSchema)]),
});

const rawPolicySchema = z.looseObject({ Statement: z.union([z.array(z.unknown()), z.looseObject({})]) });

type Statement = z.output<typeof statementSchema>;

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
 * @throws TandemError POLICY_UNREADABLE
 */
export function verdictOf(policy: string, principal: string, action: string, resource: string): Verdict {
  const statements = policy === '' ? [] : parse(policy, policySchema).Statement;
  const fitting = statements.filter((statement) => concerns(statement, principal, action, resource));
  if (fitting.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return fitting.length > 0 ? 'allowed' : 'silent';
}

/**
 * A policy with one more statement. Those that it has are kept as they are.
 *
 * @throws TandemError POLICY_UNREADABLE
 */
export function policyWith(policy: string, statement: AllowStatement): string {
  const known = policy === '' ? { Version: '2012-10-17', Statement: [] } : parse(policy, rawPolicySchema);
  const statements = Array.isArray(known.Statement) ? known.Statement : [known.Statement];
  return JSON.stringify({ ...known, Statement: [...statements, statement] });
}

function concerns(statement: Statement, principal: string, action: string, resource: string): boolean {
  const { Effect, Principal, Action, Resource, Condition } = statement;
  if (Condition !== undefined) return false;
  // What is allowed to an account is left to its own policies; what is denied to it, nobody of it may do.
  const names = ['*', principal, ...(Effect === 'Deny' ? namesOfAccount(principal) : [])];
  const isMeant = Principal?.AWS?.some((one) => names.includes(one)) ?? false;
  return (
    isMeant && (Action ?? []).some(matching(action.toLowerCase(), true)) && (Resource ?? []).some(matching(resource))
  );
}

/** How a policy names the account of a principal as a whole. */
function namesOfAccount(principal: string): string[] {
  const [, partition, , , account = ''] = principal.split(':');
  return [account, `arn:${partition}:iam::${account}:root`];
}

/** `*` and `?` are all there is. Actions are the same in capital and in small letters. */
function matching(text: string, lowerCase = false) {
  return (pattern: string): boolean => {
    const escaped = (lowerCase ? pattern.toLowerCase() : pattern).replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
  };
}

function parse<S extends z.ZodType>(policy: string, schema: S): z.output<S> {
  try {
    return schema.parse(JSON.parse(policy));
  } catch (cause) {
    throw new TandemError('POLICY_UNREADABLE', 'The access policy of the domain is not understood.', { cause });
  }
}
