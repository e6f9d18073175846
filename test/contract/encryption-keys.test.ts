import { randomUUID } from 'node:crypto';
import { CreateAliasCommand, CreateKeyCommand, DisableKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { describe, expect, inject, it } from 'vitest';
import { kmsEncryptionKeys } from '../../shared/adapters/kms-encryption-keys.ts';
import type { EncryptionKeys } from '../../shared/ports/encryption-keys.ts';
import { clientOf } from '../support/emulators.ts';
import { FakeAccount } from '../support/fakes/account.ts';

interface Subject {
  name: string;
  /** A key of a policy, which has an alias, and is disabled or not. */
  open(
    policy: string,
    isDisabled: boolean,
  ): Promise<{ keys: EncryptionKeys; arn: string; alias: string; region: string }>;
}

async function emulator(endpoint: string, Policy: string, isDisabled: boolean) {
  const client = new KMSClient(clientOf(endpoint));
  const { KeyMetadata } = await client.send(new CreateKeyCommand({ Policy }));
  const alias = `alias/${randomUUID()}`;
  await client.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: KeyMetadata?.KeyId }));
  if (isDisabled) await client.send(new DisableKeyCommand({ KeyId: KeyMetadata?.KeyId }));
  const region = await client.config.region();
  return { keys: kmsEncryptionKeys(() => client), arn: KeyMetadata?.Arn ?? '', alias, region };
}

async function fake(policy: string, isDisabled: boolean) {
  const account = new FakeAccount();
  const arn = 'arn:aws:kms:eu-west-1:111122223333:key/1';
  const key = { arn, state: isDisabled ? 'Disabled' : 'Enabled', isOfAws: false, policy };
  for (const name of [arn, 'alias/snapshots']) account.keys.set(name, key);
  return { keys: account.keysPort, arn, alias: 'alias/snapshots', region: 'eu-west-1' };
}

const subjects: Subject[] = [
  { name: 'the fake', open: fake },
  { name: 'MiniStack', open: (...setup) => emulator(inject('miniStack'), ...setup) },
  { name: 'moto', open: (...setup) => emulator(inject('moto'), ...setup) },
];

const Principal = { AWS: 'arn:aws:iam::000000000000:root' };
const statement = { Sid: 'account', Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' };
const policy = JSON.stringify({ Version: '2012-10-17', Id: 'own', Statement: [statement] });

describe.each(subjects)('encryption keys: $name', ({ open }) => {
  it('tells a key by its ARN and by its alias, with its policy', async () => {
    const { keys, arn, alias, region } = await open(policy, false);

    const found = await keys.find(arn, region);

    expect(found).toMatchObject({ arn, state: 'Enabled', isOfAws: false });
    expect(JSON.parse(found?.policy ?? '')).toEqual(JSON.parse(policy));
    expect(await keys.find(alias, region)).toEqual(found);
  });

  it('tells that a key is disabled', async () => {
    const { keys, arn, region } = await open(policy, true);

    expect(await keys.find(arn, region)).toMatchObject({ state: 'Disabled' });
  });

  it('knows no key that is not there', async () => {
    const { keys, region } = await open(policy, false);

    expect(await keys.find(`alias/none-${randomUUID()}`, region)).toBeUndefined();
  });
});
