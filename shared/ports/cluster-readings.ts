export interface ClusterHealth {
  status: 'green' | 'yellow' | 'red';
  dataNodes: number;
  /** All that count against the limit: primaries and replicas, those without a place included. */
  shards: number;
  unassigned: number;
}

/** The disk of a data node, as its operating system tells it. */
export interface DataNodeDisk {
  totalBytes: number;
  availableBytes: number;
}

/** How full a disk may get: by the share that is used, or by the bytes that are free. */
export type Watermark = { usedShare: number } | { freeBytes: number };

export interface ClusterDisks {
  nodes: DataNodeDisk[];
  /** `low`: a node gets no more shards. `high`: its shards are moved away. Where neither counts, a full disk is both. */
  watermarks: { low: Watermark; high: Watermark };
}

/** What a domain is like as a whole. Read only, tried again within the deadline. Throws as SearchIndices does. */
export interface ClusterReadings {
  health(): Promise<ClusterHealth>;
  /** cluster.max_shards_per_node, which holds for each data node on average. */
  shardsPerNode(): Promise<number>;
  /** The disks of the data nodes, and how full they may get. */
  disks(): Promise<ClusterDisks>;
}
