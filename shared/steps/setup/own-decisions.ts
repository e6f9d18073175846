import { services } from '../../core/diagnosis/snapshot-role-needs.ts';
import { type DomainUser, placeOf } from '../../core/domain-access.ts';
import { hasCode } from '../../errors/tandem-error.ts';
import type { Decision, Identities } from '../../ports/identities.ts';

/** What somebody's own policies say of an action. */
interface Decided {
  action: string;
  decision: Decision;
}

/** What a user's own policies say of his actions below a domain; undefined where that cannot be found out. */
export async function ownDecisionsBelow(
  domainArn: string,
  { principal, requests }: DomainUser,
  identities: Identities,
): Promise<Decided[] | undefined> {
  const byPlace = Map.groupBy(Object.keys(requests), (action) => placeOf(action, requests, domainArn));
  const own: Decided[] = [];
  for (const [place, actions] of byPlace) {
    const decided = await unlessRefused(() => identities.decisions(principal, actions, place));
    if (decided === undefined) return undefined;
    own.push(...decided);
  }
  return own;
}

/** What a principal's own policies say of passing a snapshot role on; undefined where that cannot be found out. */
export function ownDecisionsOnPassing(
  roleArn: string,
  principal: string,
  identities: Identities,
): Promise<Decided[] | undefined> {
  return unlessRefused(() => identities.decisions(principal, ['iam:PassRole'], roleArn, services[0]));
}

/** Undefined where whoever asks may not look into the policies of others. */
async function unlessRefused(look: () => Promise<Decided[]>): Promise<Decided[] | undefined> {
  try {
    return await look();
  } catch (error) {
    if (hasCode(error, 'ACCESS_DENIED', 'SERVICE_NOT_OFFERED')) return undefined;
    throw error;
  }
}
