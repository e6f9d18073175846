import type { WebinySearch } from '../../shared/core/webiny-search.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { Domains } from '../../shared/ports/domains.ts';
import { aboutDomain } from './about-domain.ts';
import type { ApplicationSearch } from './application.ts';

/**
 * Completes what a state tells of a search domain: its network, and which indices are the application's.
 *
 * @throws nothing: what is lacking becomes a warning, because it can be added to the file by hand
 */
export async function findWebinySearch(
  search: WebinySearch,
  domains: Domains,
): Promise<{ search: ApplicationSearch; warnings: string[] }> {
  const { vpc, warnings } = await networkOf(search, domains);
  return {
    search: {
      domain: search.domain,
      endpoint: search.endpoint,
      vpc,
      about: search.about && aboutDomain({ ...search.about, vpc }),
      usualIndices: [`${search.indexPrefix ?? ''}*`],
    },
    warnings: [...warnings, ...indexWarnings(search)],
  };
}

async function networkOf({ domain, endpoint, vpc }: WebinySearch, domains: Domains) {
  // The address of a domain in a VPC begins so, whether the state tells the VPC or not.
  if (vpc !== undefined || !new URL(endpoint).hostname.startsWith('vpc-')) return { vpc, warnings: [] };
  const lacking = 'The domain is in a VPC that the state does not tell: add search.vpc to the file.';
  try {
    const all = await domains.list();
    // One of that name may be in another account or region, where the environment points to.
    const described = all.find((other) => other.name === domain && other.endpoint === new URL(endpoint).origin);
    return { vpc: described?.vpc, warnings: described?.vpc === undefined ? [lacking] : [] };
  } catch (error) {
    if (!(error instanceof TandemError)) throw error;
    return { vpc, warnings: [`${lacking} AWS was asked, too: ${error.message}`] };
  }
}

function indexWarnings({ domain, isForeign, indexPrefix }: WebinySearch): string[] {
  if (indexPrefix !== undefined || !isForeign) return [];
  return [
    `Webiny did not make the domain ${domain}, so that others may use it: see that search.indices names no more than its own.`,
  ];
}
