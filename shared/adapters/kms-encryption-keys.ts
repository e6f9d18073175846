import { DescribeKeyCommand, GetKeyPolicyCommand, type KMSClient } from '@aws-sdk/client-kms';
import * as z from 'zod';
import type { EncryptionKeys } from '../ports/encryption-keys.ts';
import { ask, undefinedOn, understand } from './aws-call.ts';

const keySchema = z.object({ Arn: z.string(), KeyState: z.string(), KeyManager: z.string().optional() });

/** The only one that a key has. */
const PolicyName = 'default';

/** The keys of KMS. @param connect makes a client for a region, which a key belongs to */
export function kmsEncryptionKeys(connect: (region: string) => KMSClient): EncryptionKeys {
  return {
    async find(key, region) {
      const client = connect(region);
      const what = `DescribeKey ${key}`;
      const call = () => client.send(new DescribeKeyCommand({ KeyId: key })).catch(undefinedOn('NotFoundException'));
      const answer = await ask(client, what, call);
      if (answer === undefined) return undefined;
      const { Arn: arn, KeyState: state, KeyManager: manager } = understand(keySchema, answer.KeyMetadata, what);
      const asked = `GetKeyPolicy ${arn}`;
      const { Policy } = await ask(client, asked, () =>
        client.send(new GetKeyPolicyCommand({ KeyId: arn, PolicyName })),
      );
      return { arn, state, isOfAws: manager === 'AWS', policy: understand(z.string(), Policy, asked) };
    },
  };
}
