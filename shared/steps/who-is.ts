import { nameInArn } from '../core/diagnosis/snapshot-role-needs.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { Identities } from '../ports/identities.ts';

/**
 * The role behind a caller, whose session has an ARN of its own (`arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION`) that
 * leaves out the path of the role. Users and the root of an account are answered as they are.
 *
 * @throws TandemError PRINCIPAL_UNKNOWN where the role is not one of this account, and as Identities does
 */
export async function whoIs(callerArn: string, identities: Pick<Identities, 'role'>): Promise<string> {
  if (!callerArn.includes(':assumed-role/')) return callerArn;
  const role = await identities.role(nameInArn(callerArn));
  if (role !== undefined) return role.arn;
  throw new TandemError('PRINCIPAL_UNKNOWN', `The role of ${callerArn} is not one of this account.`);
}
