import type { Clock } from '../../ports/clock.ts';
import type { ConnectSearch } from '../../ports/search-domain.ts';
import type { AuthorizationSources } from './authorization.ts';
import { openSearchIndices } from './opensearch-indices.ts';
import { openSearchSecurity } from './opensearch-security.ts';
import { openSearchSnapshots } from './opensearch-snapshots.ts';
import { searchHttp } from './search-http.ts';

/** Connects to OpenSearch and Elasticsearch domains over HTTP. */
export function connectOpenSearch(sources: AuthorizationSources & { clock: Clock }): ConnectSearch {
  return (connection) => {
    const http = searchHttp({ ...sources, ...connection });
    return {
      indices: openSearchIndices(http),
      snapshots: openSearchSnapshots(http),
      security: openSearchSecurity(http),
    };
  };
}
