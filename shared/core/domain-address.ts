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
  const region = regionOfDomain(host);
  const [, name] = /^(?:search|vpc)-(.+)-[a-z0-9]+\.(?:aos\.)?[a-z0-9-]+\.(?:es\.amazonaws|on\.aws)/.exec(host) ?? [];
  return name === undefined || region === undefined ? undefined : { name, region };
}

/** The region that the host of a domain names, where it is one that the service gave it: the name itself may be hidden. */
export function regionOfDomain(host: string): string | undefined {
  return /\.([a-z0-9-]+)\.(?:es\.amazonaws\.com(?:\.cn)?|on\.aws)$/.exec(host)?.[1];
}
