import { STSClient } from '@aws-sdk/client-sts';
import { describe, expect, inject, it } from 'vitest';
import { stsCallerIdentity } from '../../shared/adapters/sts-caller-identity.ts';
import type { CallerIdentity } from '../../shared/ports/caller-identity.ts';
import { clientOf } from '../support/emulators.ts';
import { FakeAccount } from '../support/fakes/account.ts';

interface Subject {
  name: string;
  open(): CallerIdentity;
}

const subjects: Subject[] = [
  {
    name: 'the fake',
    open: () => {
      const account = new FakeAccount();
      account.caller = { account: '000000000000', arn: 'arn:aws:iam::000000000000:root', answeredAt: new Date() };
      return account.identityPort;
    },
  },
  { name: 'MiniStack', open: () => stsCallerIdentity(new STSClient(clientOf(inject('miniStack')))) },
  { name: 'moto', open: () => stsCallerIdentity(new STSClient(clientOf(inject('moto')))) },
];

describe.each(subjects)('the caller: $name', ({ open }) => {
  it('has an account and an ARN, and the answer tells the time', async () => {
    const { account, arn, answeredAt } = await open().caller();

    expect(account).toMatch(/^\d{12}$/);
    expect(arn).toMatch(new RegExp(`^arn:aws:(iam|sts)::${account}:`));
    // The emulators run on this very machine.
    expect(Math.abs((answeredAt?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });
});
