import { randomUUID } from 'node:crypto';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { describe, expect, inject, it } from 'vitest';
import { iamRoles } from '../../shared/adapters/iam-roles.ts';
import type { Roles } from '../../shared/ports/roles.ts';
import { clientOf } from '../support/emulators.ts';
import { FakeAccount } from '../support/fakes/account.ts';
import { FakeRoles } from '../support/fakes/roles.ts';

interface Subject {
  name: string;
  /** True where it has the policy simulator. */
  simulates: boolean;
  /** An account with a role that trusts two services and may get objects of a bucket, and no more. */
  open(): Promise<{ roles: Roles; role: string; arn: string }>;
}

const services = ['es.amazonaws.com', 'opensearchservice.amazonaws.com'];
const objects = 'arn:aws:s3:::snapshots/*';

async function emulator(endpoint: string) {
  const client = new IAMClient(clientOf(endpoint));
  const role = `snapshots-${randomUUID()}`;
  const statements = [
    { Effect: 'Allow', Principal: { Service: services }, Action: 'sts:AssumeRole' },
    { Effect: 'Deny', Principal: { Service: 'ec2.amazonaws.com' }, Action: ['sts:AssumeRole'] },
    { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::000000000000:root' }, Action: 'sts:AssumeRole' },
  ];
  const policy = (Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
  const created = await client.send(
    new CreateRoleCommand({ RoleName: role, AssumeRolePolicyDocument: policy(statements) }),
  );
  const allowed = policy([{ Effect: 'Allow', Action: 's3:GetObject', Resource: objects }]);
  await client.send(new PutRolePolicyCommand({ RoleName: role, PolicyName: 'bucket', PolicyDocument: allowed }));
  return { roles: iamRoles(client), role, arn: created.Role?.Arn ?? '' };
}

const arn = 'arn:aws:iam::000000000000:role/tandem/snapshots';

async function fakeOfDoctor() {
  const account = new FakeAccount();
  account.roles.set('snapshots', { arn, trustedServices: services });
  account.denials.add(`${arn} s3:PutObject`);
  return { roles: account.rolesPort, role: 'snapshots', arn };
}

async function fakeOfSetUp() {
  const roles = new FakeRoles();
  roles.add(arn, ['s3:GetObject'], services);
  return { roles, role: 'snapshots', arn };
}

const subjects: Subject[] = [
  { name: "the fake of the doctor's account", simulates: true, open: fakeOfDoctor },
  { name: "the fake of the set-up's account", simulates: true, open: fakeOfSetUp },
  { name: 'MiniStack', simulates: true, open: () => emulator(inject('miniStack')) },
  { name: 'moto', simulates: false, open: () => emulator(inject('moto')) },
];

describe.each(subjects)('roles: $name', ({ open, simulates }) => {
  it('tells the ARN of a role, and the services that it trusts', async () => {
    const { roles, role, arn } = await open();

    expect(await roles.find(role)).toEqual({ arn, trustedServices: services });
  });

  it('knows no role that is not there', async () => {
    const { roles } = await open();

    expect(await roles.find(`none-${randomUUID()}`)).toBeUndefined();
  });

  if (simulates) {
    it('tells which actions a role may not do', async () => {
      const { roles, arn } = await open();

      expect(await roles.denied(arn, ['s3:GetObject', 's3:PutObject'], objects)).toEqual(['s3:PutObject']);
      expect(await roles.denied(arn, ['s3:GetObject'], objects)).toEqual([]);
      expect(await roles.denied('arn:aws:iam::000000000000:root', ['s3:PutObject'], objects)).toEqual([]);
    });
  } else {
    it('says so where there is no policy simulator', async () => {
      const { roles, arn } = await open();

      await expect(roles.denied(arn, ['s3:GetObject'], objects)).rejects.toMatchObject({ code: 'SERVICE_NOT_OFFERED' });
    });
  }
});
