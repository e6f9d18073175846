/** A domain of the managed service, as its address tells it. */
export interface DomainAddress {
  name: string;
  region: string;
}

/**
 * The domain that an endpoint belongs to: `search-NAME-ID.REGION.es.amazonaws.com`, where `vpc-` stands for `search-` in
 * a VPC and `aos.REGION.on.aws` is the newer form. Undefined for an address of another kind, which does not tell.
 */
export function domainAt(endpoint: string): DomainAddress | undefined {
  const host = new URL(endpoint).hostname;
  const [, name, region] =
    /^(?:search|vpc)-(.+)-[a-z0-9]+\.(?:aos\.)?([a-z0-9-]+)\.(?:es\.amazonaws\.com(?:\.cn)?|on\.aws)$/.exec(host) ?? [];
  return name === undefined || region === undefined ? undefined : { name, region };
}
