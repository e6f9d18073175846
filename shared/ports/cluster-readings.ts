export interface ClusterHealth {
  status: 'green' | 'yellow' | 'red';
  dataNodes: number;
  /** All that count against the limit: primaries and replicas, those without a place included. */
  shards: number;
  unassigned: number;
}

/** What a domain is like as a whole. Read only, tried again within the deadline. Throws as SearchIndices does. */
export interface ClusterReadings {
  health(): Promise<ClusterHealth>;
  /** cluster.max_shards_per_node, which holds for each data node on average. */
  shardsPerNode(): Promise<number>;
}
