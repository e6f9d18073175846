import type { Observed } from '../../core/diagnosis/observed.ts';
import { services } from '../../core/diagnosis/snapshot-role-needs.ts';
import type { Decision } from '../../ports/identities.ts';
import { observeOf } from './observe.ts';
import type { DiagnosisPorts } from './ports.ts';
import type { Principals } from './principals.ts';

/**
 * Whether who registers the repository may pass the snapshot role to the domain. The root of an account may do everything,
 * and cannot be asked about.
 */
export function lookAtPassing(
  principals: Observed<Principals>,
  roleArn: string,
  { identities }: Pick<DiagnosisPorts, 'identities'>,
): Promise<Observed<{ principal: string; decision: Decision }>> {
  return observeOf(principals, async (all) => {
    const principal = all.find(({ workflow }) => workflow === 'backup')?.arn ?? '';
    if (principal.endsWith(':root')) return { principal, decision: 'allowed' as const };
    const decisions = await Promise.all(
      services.map((service) => identities.decisions(principal, ['iam:PassRole'], roleArn, service)),
    );
    return { principal, decision: bestOf(decisions.flat().map(({ decision }) => decision)) };
  });
}

/** A policy may name either of the two services that a domain is. */
function bestOf(decisions: Decision[]): Decision {
  return (['allowed', 'unclear', 'silent'] as const).find((one) => decisions.includes(one)) ?? 'denied';
}
