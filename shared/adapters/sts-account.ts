import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import * as z from 'zod';
import type { Account } from '../ports/account.ts';
import { ask, understand } from './aws-call.ts';

const identitySchema = z.object({
  Account: z.string(),
  /** `arn:aws:sts::111122223333:assumed-role/...` */
  Arn: z.string(),
});

/** What the SDK keeps from the answer. */
const dateSchema = z
  .object({ headers: z.object({ date: z.coerce.date() }) })
  .transform(({ headers }) => headers.date)
  .optional()
  .catch(undefined);

/** The account that a client's credentials belong to, as STS tells it. */
export function stsAccount(client: STSClient): Account {
  return {
    async identity() {
      const what = 'GetCallerIdentity';
      let answeredAt: Date | undefined;
      const command = new GetCallerIdentityCommand({});
      const readDate: Parameters<typeof command.middlewareStack.add>[0] = (next) => async (request) => {
        const answer = await next(request);
        answeredAt = dateSchema.parse('response' in answer ? answer.response : undefined);
        return answer;
      };
      command.middlewareStack.add(readDate, { step: 'deserialize', priority: 'high' });
      const answer = await ask(client, what, () => client.send(command));
      const { Account: id, Arn: arn } = understand(identitySchema, answer, what);
      const [, partition = 'aws'] = arn.split(':');
      return { id, partition, region: await client.config.region(), arn, answeredAt };
    },
  };
}
