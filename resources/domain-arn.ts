import { domainAt } from '../shared/core/domain-address.ts';
import type { Resource } from './access-policy.ts';
import { ownArn } from './arn.ts';

/**
 * The domain that an endpoint belongs to; any domain for an address that does not tell its name.
 *
 * @param below what is meant below the domain: `/*` for its APIs
 */
export function domainArn(endpoint: string, below = ''): Resource {
  const { name, region } = domainAt(endpoint) ?? { name: '*' };
  return ownArn('es', `domain/${name}${below}`, region);
}
