import { type IAMClient, paginateSimulatePrincipalPolicy } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import * as z from 'zod';
import type { Identities } from '../ports/identities.ts';
import { ask, understand } from './aws-call.ts';

const refusals = { NoSuchEntity: 'PRINCIPAL_UNKNOWN', NoSuchEntityException: 'PRINCIPAL_UNKNOWN' } as const;

const evaluationsSchema = z.array(z.object({ EvalActionName: z.string(), EvalDecision: z.string() }));

/** STS and IAM. */
export function iamIdentities(sts: STSClient, iam: IAMClient): Identities {
  return {
    async caller() {
      const answer = await ask(sts, 'GetCallerIdentity', () => sts.send(new GetCallerIdentityCommand({})));
      return understand(z.string(), answer.Arn, 'GetCallerIdentity');
    },

    async allowed(principal, actions, resource) {
      const what = `SimulatePrincipalPolicy ${principal}`;
      const simulated = { PolicySourceArn: principal, ActionNames: actions, ResourceArns: [resource] };
      const call = async () => {
        const allowed: string[] = [];
        for await (const page of paginateSimulatePrincipalPolicy({ client: iam }, simulated)) {
          const evaluations = understand(evaluationsSchema, page.EvaluationResults ?? [], what);
          const granted = evaluations.filter(({ EvalDecision }) => EvalDecision === 'allowed');
          allowed.push(...granted.map(({ EvalActionName }) => EvalActionName));
        }
        return allowed;
      };
      return ask(iam, what, call, refusals);
    },
  };
}
