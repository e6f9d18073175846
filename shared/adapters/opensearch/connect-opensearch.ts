import type { Clock } from '../../ports/clock.ts';
import type { ConnectSearch } from '../../ports/search-domain.ts';
import type { AuthorizationSources } from './authorization.ts';
import { clusterReadings } from './cluster-readings.ts';
import { clusterSettings } from './cluster-settings.ts';
import { openSearchIndices } from './opensearch-indices.ts';
import { openSearchSecurity } from './opensearch-security.ts';
import { openSearchSnapshots } from './opensearch-snapshots.ts';
import { searchHttp } from './search-http.ts';

type Sources = AuthorizationSources & {
  clock: Clock;
  /** How long a request may take with all its attempts; 30 where it is left out. */
  deadlineSeconds?: number;
};

/** Connects to OpenSearch and Elasticsearch domains over HTTP. */
export function connectOpenSearch(sources: Sources): ConnectSearch {
  return (connection) => {
    const http = searchHttp({ ...sources, ...connection });
    return {
      cluster: clusterReadings(http),
      settings: clusterSettings(http),
      indices: openSearchIndices(http),
      snapshots: openSearchSnapshots(http),
      security: openSearchSecurity(http),
    };
  };
}
