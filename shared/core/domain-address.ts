/** The region that the host of a domain names, where it is one that the service gave it. */
export function regionOfDomain(host: string): string | undefined {
  return /\.([a-z0-9-]+)\.(?:es\.amazonaws\.com(?:\.cn)?|on\.aws)$/.exec(host)?.[1];
}

/**
 * The name of the domain: the service's hosts are `search-NAME-ID.REGION.es.amazonaws.com`, where `vpc-` stands for
 * `search-` in a VPC. Undefined for a host of another kind.
 */
export function nameOfDomain(host: string): string | undefined {
  return regionOfDomain(host) && /^(?:search|vpc)-(.+)-[a-z0-9]+\./.exec(host)?.[1];
}
