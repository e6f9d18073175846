import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import * as z from 'zod';
import type { Account } from '../ports/account.ts';
import { ask, understand } from './aws-call.ts';

const identitySchema = z.object({
  Account: z.string(),
  /** `arn:aws:sts::111122223333:assumed-role/...` */
  Arn: z.string().transform((arn) => arn.split(':')[1] ?? 'aws'),
});

/** The account that a client's credentials belong to, as STS tells it. */
export function stsAccount(client: STSClient): Account {
  return {
    async identity() {
      const what = 'GetCallerIdentity';
      const answer = await ask(client, what, () => client.send(new GetCallerIdentityCommand({})));
      const { Account: id, Arn: partition } = understand(identitySchema, answer, what);
      return { id, partition, region: await client.config.region() };
    },
  };
}
