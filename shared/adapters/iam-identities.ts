import { GetRoleCommand, type IAMClient, paginateSimulatePrincipalPolicy } from '@aws-sdk/client-iam';
import * as z from 'zod';
import { TandemError } from '../errors/tandem-error.ts';
import type { Decision, Identities } from '../ports/identities.ts';
import { ask, undefinedOn, understand } from './aws-call.ts';

const refusals = { NoSuchEntity: 'PRINCIPAL_UNKNOWN', NoSuchEntityException: 'PRINCIPAL_UNKNOWN' } as const;

const roleSchema = z
  .object({ Arn: z.string(), AssumeRolePolicyDocument: z.string() })
  .transform(({ Arn, AssumeRolePolicyDocument }) => ({ arn: Arn, trustPolicy: decoded(AssumeRolePolicyDocument) }));

const missingSchema = z.object({ MissingContextValues: z.array(z.string()).default([]) });

/**
 * What values are missing is told of each resource that was asked about, and of the action itself where none was.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */
const evaluationsSchema = z.array(
  missingSchema
    .extend({
      EvalActionName: z.string(),
      EvalDecision: z.enum(['allowed', 'explicitDeny', 'implicitDeny']),
      ResourceSpecificResults: z.array(missingSchema).default([]),
    })
    .transform(({ EvalActionName, EvalDecision, ResourceSpecificResults, ...whole }) => {
      const missing = [whole, ...ResourceSpecificResults].flatMap((one) => one.MissingContextValues);
      return { action: EvalActionName, decision: decisionOf(EvalDecision, missing.length > 0) };
    }),
);

/** IAM, and its policy simulator. */
export function iamIdentities(client: IAMClient): Identities {
  return {
    async role(name) {
      const what = `GetRole ${name}`;
      const command = new GetRoleCommand({ RoleName: name });
      const call = () => client.send(command).catch(undefinedOn('NoSuchEntityException', 'NoSuchEntity'));
      const answer = await ask(client, what, call);
      return answer && understand(roleSchema, answer.Role, what);
    },

    decisions(principal, actions, resource, passedTo) {
      const what = `SimulatePrincipalPolicy ${principal}`;
      const context = { ContextKeyName: 'iam:PassedToService', ContextKeyType: 'string' } as const;
      const simulated = {
        PolicySourceArn: principal,
        ActionNames: actions,
        ResourceArns: [resource],
        ...(passedTo === undefined ? {} : { ContextEntries: [{ ...context, ContextKeyValues: [passedTo] }] }),
      };
      const call = async () => {
        const decisions: z.output<typeof evaluationsSchema> = [];
        for await (const page of paginateSimulatePrincipalPolicy({ client }, simulated)) {
          decisions.push(...understand(evaluationsSchema, page.EvaluationResults ?? [], what));
        }
        const unanswered = actions.filter((asked) => !decisions.some(({ action }) => action === asked));
        if (unanswered.length === 0) return decisions;
        throw new TandemError('PROVIDER_FAILURE', `${what}: the answer leaves out ${unanswered.join(', ')}`);
      };
      return ask(client, what, call, refusals);
    },
  };
}

/** Without the values that a condition asks for, the simulator takes it for one that does not hold. */
function decisionOf(evaluated: 'allowed' | 'explicitDeny' | 'implicitDeny', isIncomplete: boolean): Decision {
  if (evaluated === 'allowed') return 'allowed';
  if (isIncomplete) return 'unclear';
  return evaluated === 'explicitDeny' ? 'denied' : 'silent';
}

/** IAM answers a policy percent-encoded. */
function decoded(policy: string): string {
  try {
    return decodeURIComponent(policy);
  } catch {
    return policy;
  }
}
