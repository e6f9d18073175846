import { randomUUID } from 'node:crypto';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { describe, expect, inject, it } from 'vitest';
import { iamIdentities } from '../../shared/adapters/iam-identities.ts';
import type { Identities } from '../../shared/ports/identities.ts';
import { clientOf } from '../support/emulators.ts';
import { FakeIdentities } from '../support/fakes/identities.ts';

interface Opened {
  identities: Identities;
  /** The name of the role. */
  name: string;
  role: string;
}

interface Subject {
  name: string;
  /** False where there is no policy simulator. */
  simulates?: false;
  /** IAM with a role that Lambda trusts, and whose policies allow some actions and deny another; answers its ARN. */
  open(allowed: string[], denied: string): Promise<Opened>;
}

const account = '000000000000';
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const Principal = { Service: 'lambda.amazonaws.com' };
const trustPolicy = document({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });

async function emulator(endpoint: string, Action: string[], denied: string): Promise<Opened> {
  const iam = new IAMClient(clientOf(endpoint));
  const RoleName = `identity-${randomUUID()}`;
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trustPolicy }));
  const deny = { Effect: 'Deny', Action: denied, Resource: '*' };
  const PolicyDocument = document({ Effect: 'Allow', Action, Resource: '*' }, deny);
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument }));
  return { identities: iamIdentities(iam), name: RoleName, role: Role?.Arn ?? '' };
}

async function fake(_endpoint: string, allowed: string[], denied: string): Promise<Opened> {
  const identities = new FakeIdentities();
  const role = `arn:aws:iam::${account}:role/some`;
  identities.roles.set('some', { arn: role, trustPolicy });
  identities.add(role, allowed);
  identities.decide(role, denied, 'denied');
  return { identities, name: 'some', role };
}

const subjects: Subject[] = [
  { name: 'the fake', open: (...policies) => fake('', ...policies) },
  { name: 'MiniStack', open: (...policies) => emulator(inject('miniStack'), ...policies) },
  { name: 'moto', simulates: false, open: (...policies) => emulator(inject('moto'), ...policies) },
];

const resource = `arn:aws:es:us-east-1:${account}:domain/app/_snapshot`;
const asked = ['es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut'];

describe.each(subjects)('identities: $name', ({ open, simulates = true }) => {
  it('tells the ARN of a role, and whom it trusts', async () => {
    const { identities, name, role } = await open(['es:ESHttpGet'], 'es:ESHttpPut');

    const found = await identities.role(name);

    expect(found?.arn).toBe(role);
    expect(JSON.parse(found?.trustPolicy ?? '')).toEqual(JSON.parse(trustPolicy));
  });

  it('knows no role that is not there', async () => {
    const { identities } = await open(['es:ESHttpGet'], 'es:ESHttpPut');

    expect(await identities.role(`none-${randomUUID()}`)).toBeUndefined();
  });

  if (simulates) {
    it('tells what the policies of a role say of actions', async () => {
      const { identities, role } = await open(['es:ESHttpGet'], 'es:ESHttpPut');

      expect(await identities.decisions(role, asked, resource)).toEqual([
        { action: 'es:ESHttpGet', decision: 'allowed' },
        { action: 'es:ESHttpPost', decision: 'silent' },
        { action: 'es:ESHttpPut', decision: 'denied' },
      ]);
    });
  } else {
    it('says so where there is no policy simulator', async () => {
      const { identities, role } = await open(['es:ESHttpGet'], 'es:ESHttpPut');

      await expect(identities.decisions(role, asked, resource)).rejects.toMatchObject({ code: 'SERVICE_NOT_OFFERED' });
    });
  }
});
