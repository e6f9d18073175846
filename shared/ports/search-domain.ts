import type { SearchAuth } from '../contracts/plan-file.ts';
import type { ClusterReadings } from './cluster-readings.ts';
import type { ClusterSettings } from './cluster-settings.ts';
import type { SearchIndices } from './search-indices.ts';
import type { Security } from './security.ts';
import type { Snapshots } from './snapshots.ts';

/** An OpenSearch or Elasticsearch domain that can be talked to. */
export interface SearchDomain {
  cluster: ClusterReadings;
  settings: ClusterSettings;
  indices: SearchIndices;
  snapshots: Snapshots;
  security: Security;
}

/** How a caller is known to a domain: as the plan says, or by a password that somebody has just typed. */
export type DomainAuth = SearchAuth | { type: 'password'; username: string; password: string };

/** Connects to the domain of a plan. Nothing is sent before the first call. */
export type ConnectSearch = (connection: { endpoint: string; auth: DomainAuth }) => SearchDomain;
