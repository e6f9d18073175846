import { GetRoleCommand, type IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import * as z from 'zod';
import type { Roles } from '../ports/roles.ts';
import { ask, undefinedOn, understand } from './aws-call.ts';

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

const statementSchema = z.object({
  Effect: z.string(),
  Action: oneOrMore.optional().transform((actions = []) => actions),
  Principal: z
    .object({ Service: oneOrMore.optional() })
    .optional()
    .catch(undefined)
    .transform((principal) => principal?.Service ?? []),
});

/** A policy document, which IAM answers percent-encoded. */
const trustSchema = z
  .string()
  .transform((text): unknown => JSON.parse(decodeURIComponent(text)))
  .pipe(z.object({ Statement: z.union([statementSchema, z.array(statementSchema)]) }))
  .transform(({ Statement }) => [Statement].flat());

const roleSchema = z
  .object({ Arn: z.string(), AssumeRolePolicyDocument: trustSchema })
  .transform(({ Arn, AssumeRolePolicyDocument: statements }) => ({
    arn: Arn,
    trustedServices: statements
      .filter(({ Effect, Action }) => Effect === 'Allow' && Action.some((action) => assumes.includes(action)))
      .flatMap(({ Principal }) => Principal),
  }));

const assumes = ['sts:AssumeRole', 'sts:*', '*'];

const unknown = { NoSuchEntity: 'PRINCIPAL_UNKNOWN', NoSuchEntityException: 'PRINCIPAL_UNKNOWN' } as const;

const resultsSchema = z.array(z.object({ EvalActionName: z.string(), EvalDecision: z.string() }));

/** The roles of an account of IAM, and its policy simulator. */
export function iamRoles(client: IAMClient): Roles {
  return {
    async find(name) {
      const what = `GetRole ${name}`;
      const command = new GetRoleCommand({ RoleName: name });
      const call = () => client.send(command).catch(undefinedOn('NoSuchEntityException', 'NoSuchEntity'));
      const answer = await ask(client, what, call);
      return answer && understand(roleSchema, answer.Role, what);
    },

    async denied(principalArn, actions, resource, passedTo) {
      // It may do everything, and the simulator cannot be asked about it.
      if (principalArn.endsWith(':root')) return [];
      const what = `SimulatePrincipalPolicy ${principalArn}`;
      const context = { ContextKeyName: 'iam:PassedToService', ContextKeyType: 'string' } as const;
      const command = new SimulatePrincipalPolicyCommand({
        PolicySourceArn: principalArn,
        ActionNames: actions,
        ResourceArns: [resource],
        ...(passedTo === undefined ? {} : { ContextEntries: [{ ...context, ContextKeyValues: [passedTo] }] }),
      });
      const answer = await ask(client, what, () => client.send(command), unknown);
      const results = understand(resultsSchema, answer.EvaluationResults, what);
      return results
        .filter(({ EvalDecision }) => EvalDecision !== 'allowed')
        .map(({ EvalActionName }) => EvalActionName);
    },
  };
}
