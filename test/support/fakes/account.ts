import type { Account, AccountIdentity } from '../../../shared/ports/account.ts';

/** An account in memory. */
export function fakeAccount(identity: AccountIdentity): Account {
  return { identity: async () => identity };
}
