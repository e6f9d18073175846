import * as z from 'zod';
import { TandemError } from '../errors/tandem-error.ts';

const oneOrMany = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

const principalsSchema = z.union([
  z.literal('*').transform((all): Record<string, string[]> => ({ AWS: [all] })),
  z.record(z.string(), oneOrMany),
]);

const valueSchema = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const valuesSchema = z.union([valueSchema.transform((one) => [one]), z.array(valueSchema)]);

const statementSchema = z.looseObject({
  Effect: z.enum(['Allow', 'Deny']),
  Principal: principalsSchema.optional(),
  NotPrincipal: principalsSchema.optional(),
  Action: oneOrMany.optional(),
  NotAction: oneOrMany.optional(),
  Resource: oneOrMany.optional(),
  NotResource: oneOrMany.optional(),
  /** Values by operator and key: `{ StringEquals: { 'aws:SourceAccount': ['111122223333'] } }`. */
  Condition: z.record(z.string(), z.record(z.string(), valuesSchema)).optional(),
});

const documentSchema = z.looseObject({
  Statement: z.union([statementSchema.transform((one) => [one]), z.array(statementSchema)]),
});

/** One statement of the policy of a resource, which says whom it is about. */
export type PolicyStatement = z.output<typeof statementSchema>;

/** Who asks: a service by its name, a principal of IAM by its ARN. */
export interface Asking {
  kind: 'AWS' | 'Service';
  name: string;
}

/**
 * The statements of a policy. None of an empty text.
 *
 * @param policy JSON text
 * @param whose what it is the policy of, for the error
 * @throws TandemError POLICY_UNREADABLE
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function statementsOf(policy: string, whose: string): PolicyStatement[] {
  if (policy === '') return [];
  try {
    return documentSchema.parse(JSON.parse(policy)).Statement;
  } catch (cause) {
    throw new TandemError('POLICY_UNREADABLE', `The policy of ${whose} is not understood.`, { cause });
  }
}

/** Whether a statement is about somebody. `*` stands for everybody, services too. */
export function isAbout({ Principal, NotPrincipal }: PolicyStatement, asking: Asking): boolean {
  if (Principal !== undefined) return names(Principal, asking);
  return NotPrincipal !== undefined && !names(NotPrincipal, asking);
}

function names(principals: Record<string, string[]>, { kind, name }: Asking): boolean {
  // An account may be named by its number alone.
  const account = /^arn:[^:]+:iam::(\d+):root$/.exec(name)?.[1];
  return isEverybody(principals) || (principals[kind] ?? []).some((one) => one === name || one === account);
}

/** Whether principals are all that there are, of every account. */
export function isEverybody(principals: Record<string, string[]> = {}): boolean {
  return principals.AWS?.includes('*') ?? false;
}

/** Whether a statement is about an action. Actions are the same in capital and in small letters. */
export function coversAction({ Action, NotAction }: PolicyStatement, action: string): boolean {
  const isIn = (patterns: string[]) => patterns.some((pattern) => isLike(action.toLowerCase(), pattern.toLowerCase()));
  if (Action !== undefined) return isIn(Action);
  return NotAction !== undefined && !isIn(NotAction);
}

export function coversResource({ Resource, NotResource }: PolicyStatement, resource: string): boolean {
  const isIn = (patterns: string[]) => patterns.some((pattern) => isLike(resource, pattern));
  if (Resource !== undefined) return isIn(Resource);
  return NotResource !== undefined && !isIn(NotResource);
}

/** Whether a text fits a pattern of IAM, in which `*` and `?` are all there is. */
export function isLike(text: string, pattern: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
}
