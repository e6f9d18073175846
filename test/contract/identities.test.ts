import { randomUUID } from 'node:crypto';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import { describe, expect, inject, it } from 'vitest';
import { iamIdentities } from '../../shared/adapters/iam-identities.ts';
import type { Identities } from '../../shared/ports/identities.ts';
import { clientOf } from '../support/emulators.ts';
import { FakeIdentities } from '../support/fakes/identities.ts';

interface Subject {
  name: string;
  /** IAM with a role whose policies allow these actions; answers its ARN. */
  open(actions: string[]): Promise<{ identities: Identities; role: string }>;
}

const account = '000000000000';
const statement = (fields: object) => JSON.stringify({ Version: '2012-10-17', Statement: [fields] });

const subjects: Subject[] = [
  {
    name: 'the fake',
    async open(actions) {
      const identities = new FakeIdentities(`arn:aws:iam::${account}:root`);
      const role = `arn:aws:iam::${account}:role/some`;
      identities.add(role, actions);
      return { identities, role };
    },
  },
  {
    name: 'MiniStack',
    async open(Action) {
      const options = clientOf(inject('miniStack'));
      const iam = new IAMClient(options);
      const RoleName = `identity-${randomUUID()}`;
      const Principal = { Service: 'lambda.amazonaws.com' };
      const trust = statement({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });
      const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
      const PolicyDocument = statement({ Effect: 'Allow', Action, Resource: '*' });
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument }));
      return { identities: iamIdentities(new STSClient(options), iam), role: Role?.Arn ?? '' };
    },
  },
];

const resource = `arn:aws:es:us-east-1:${account}:domain/app/_snapshot`;

describe.each(subjects)('identities: $name', ({ open }) => {
  it('tells who asks', async () => {
    const { identities } = await open(['es:ESHttpGet']);

    expect(await identities.caller()).toBe(`arn:aws:iam::${account}:root`);
  });

  it('tells which actions the policies of a role allow', async () => {
    const { identities, role } = await open(['es:ESHttpGet', 'es:ESHttpPut']);

    const allowed = await identities.allowed(role, ['es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut'], resource);

    expect(allowed).toEqual(['es:ESHttpGet', 'es:ESHttpPut']);
  });
});
