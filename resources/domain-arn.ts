import type { Resource } from './access-policy.ts';
import { ownArn } from './arn.ts';

/**
 * The domain that an endpoint belongs to: `search-NAME-ID.REGION.es.amazonaws.com`, where `vpc-` stands for `search-` in
 * a VPC and `aos.REGION.on.aws` is the newer form. Any domain for an address of another kind, which does not tell its
 * name.
 *
 * @param below what is meant below the domain: `/*` for its APIs
 */
export function domainArn(endpoint: string, below = ''): Resource {
  const host = new URL(endpoint).hostname;
  const [, name, region] =
    /^(?:search|vpc)-(.+)-[a-z0-9]+\.(?:aos\.)?([a-z0-9-]+)\.(?:es\.amazonaws\.com(?:\.cn)?|on\.aws)$/.exec(host) ?? [];
  return name === undefined ? ownArn('es', 'domain/*') : ownArn('es', `domain/${name}${below}`, region);
}
