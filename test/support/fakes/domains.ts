import type { Domain, Domains } from '../../../shared/ports/domains.ts';

/** The search domains of an account in memory. */
export function fakeDomains(domains: Domain[] = []): Domains {
  return { list: async () => domains.toSorted((one, other) => (one.name < other.name ? -1 : 1)) };
}
