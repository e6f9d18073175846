import type { SearchAuth } from '../contracts/plan-file.ts';
import type { SearchIndices } from './search-indices.ts';
import type { Snapshots } from './snapshots.ts';

/** An OpenSearch or Elasticsearch domain that can be talked to. */
export interface SearchDomain {
  indices: SearchIndices;
  snapshots: Snapshots;
}

/** Connects to the domain of a plan. Nothing is sent before the first call. */
export type ConnectSearch = (connection: { endpoint: string; auth: SearchAuth }) => SearchDomain;
