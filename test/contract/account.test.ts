import { STSClient } from '@aws-sdk/client-sts';
import { describe, expect, inject, it } from 'vitest';
import { stsAccount } from '../../shared/adapters/sts-account.ts';
import type { Account } from '../../shared/ports/account.ts';
import { clientOf } from '../support/emulators.ts';
import { fakeAccount } from '../support/fakes/account.ts';

interface Subject {
  name: string;
  open(): Account;
  id: string;
}

const subjects: Subject[] = [
  {
    name: 'the fake',
    id: '111122223333',
    open: () => fakeAccount({ id: '111122223333', partition: 'aws', region: 'us-east-1' }),
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
    expect(await open().identity()).toEqual({ id, partition: 'aws', region: 'us-east-1' });
  });
});
