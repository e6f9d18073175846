import { STSClient } from '@aws-sdk/client-sts';
import { describe, expect, inject, it } from 'vitest';
import { stsAccount } from '../../shared/adapters/sts-account.ts';
import type { Account } from '../../shared/ports/account.ts';
import { clientOf } from '../support/emulators.ts';
import { FakeAccount } from '../support/fakes/account.ts';

interface Subject {
  name: string;
  open(): Account;
  id: string;
}

const subjects: Subject[] = [
  {
    name: 'the fake',
    id: '111122223333',
    open: () => {
      const account = new FakeAccount();
      account.region = 'us-east-1';
      account.caller = { id: '111122223333', arn: 'arn:aws:iam::111122223333:root', answeredAt: new Date() };
      return account.accountPort;
    },
  },
  {
    name: 'MiniStack',
    id: '000000000000',
    open: () => stsAccount(new STSClient(clientOf(inject('miniStack')))),
  },
  { name: 'moto', id: '123456789012', open: () => stsAccount(new STSClient(clientOf(inject('moto')))) },
];

describe.each(subjects)('the account: $name', ({ open, id }) => {
  it('tells whose it is and where calls go', async () => {
    expect(await open().identity()).toMatchObject({ id, partition: 'aws', region: 'us-east-1' });
  });

  it('tells who calls, and the time', async () => {
    const { arn, answeredAt } = await open().identity();

    expect(arn).toMatch(new RegExp(`^arn:aws:(iam|sts)::${id}:`));
    // The emulators run on this very machine.
    expect(Math.abs((answeredAt?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });
});
