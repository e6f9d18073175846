import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import * as z from 'zod';
import type { CallerIdentity } from '../ports/caller-identity.ts';
import { ask, understand } from './aws-call.ts';

const identitySchema = z.object({ Account: z.string(), Arn: z.string() });

/** What the SDK keeps from the answer. */
const dateSchema = z
  .object({ headers: z.object({ date: z.coerce.date() }) })
  .transform(({ headers }) => headers.date)
  .optional()
  .catch(undefined);

/** Whose credentials an account and region are called with. */
export function stsCallerIdentity(client: STSClient): CallerIdentity {
  return {
    async caller() {
      const what = 'GetCallerIdentity';
      let answeredAt: Date | undefined;
      const command = new GetCallerIdentityCommand({});
      const readDate: Parameters<typeof command.middlewareStack.add>[0] = (next) => async (request) => {
        const answer = await next(request);
        answeredAt = dateSchema.parse('response' in answer ? answer.response : undefined);
        return answer;
      };
      command.middlewareStack.add(readDate, { step: 'deserialize', priority: 'high' });
      const { Account, Arn } = understand(identitySchema, await ask(client, what, () => client.send(command)), what);
      return { account: Account, arn: Arn, answeredAt };
    },
  };
}
