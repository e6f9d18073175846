import type { Engine, IndexRecord } from '../contracts/manifest.ts';

/** The snapshot that an index was restored from. */
export interface SnapshotOfIndex {
  repository: string;
  snapshot: string;
}

/** How the recovery of one restored index stands, in primary shards. */
export interface IndexRecovery {
  index: string;
  /** False for a closed index, whose shards are there all the same. */
  open: boolean;
  health: 'green' | 'yellow' | 'red';
  /** True while any shard of the index is being moved or initialized. */
  initializing: boolean;
  /** Primary shards that came from the snapshot and are done; those of an index that was made empty do not count. */
  primariesDone: number;
  /**
   * What its primaries were made from, as long as the domain tells it: that of a shard is forgotten when the shard moves
   * or its node starts anew, and is not told before its recovery begins.
   */
  madeFrom: SnapshotOfIndex | 'NO_SNAPSHOT' | undefined;
}

export interface DataStream {
  name: string;
  /** The indices that hold it. Any index may be one of them, whatever its name. */
  indices: string[];
}

/** A change of aliases; `remove_index` deletes an index at the same moment. Definitions are as `describe` tells them. */
export type AliasAction =
  | { add: { index: string; alias: string } & Record<string, unknown> }
  | { remove: { index: string; alias: string } }
  | { remove_index: { index: string } };

/** How an index is set up, as the server tells it. */
export interface IndexSetup {
  /** By flat name: `index.number_of_shards`. */
  settings: Record<string, unknown>;
  mappings: Record<string, unknown>;
}

export interface ClusterTopology {
  dataNodes: number;
}

/**
 * The indices of an OpenSearch or Elasticsearch domain.
 *
 * Every request is signed and has a deadline. Reads are tried again within it. All throw SEARCH_NOT_A_CLUSTER,
 * SEARCH_UNAUTHORIZED, SEARCH_NOT_OFFERED, CREDENTIALS_MISSING, REGION_MISSING, SECRET_UNREADABLE, PROVIDER_FAILURE, and
 * NO_CONNECTION, NO_ANSWER, THROTTLED or SERVICE_UNAVAILABLE where asking again is right.
 */
export interface SearchIndices {
  engine(): Promise<Engine>;
  /** The id that the cluster got when it was made, and that no other one has. */
  clusterUuid(): Promise<string>;
  topology(): Promise<ClusterTopology>;
  /** The names of all indices, hidden, closed and system ones and those of data streams included. */
  list(): Promise<string[]>;
  /** All data streams, hidden ones included. Cheap. */
  dataStreams(): Promise<DataStream[]>;
  /**
   * uuid, counts, shards, creating version and aliases of the named indices; those that do not exist, and aliases, are
   * left out. @throws INDEX_BLOCKED where a block keeps the settings of one from being read
   */
  describe(names: string[]): Promise<IndexRecord[]>;
  /**
   * The settings and mappings of the named indices, by name, those that a default gives left out; those that do not exist,
   * and aliases, are left out. @throws INDEX_BLOCKED where a block keeps those of one from being read
   */
  setups(names: string[]): Promise<Map<string, IndexSetup>>;
  /** The uuids of the named indices, by name; those that do not exist are left out. Cheap. */
  uuids(names: string[]): Promise<Map<string, string>>;
  /**
   * When each of the named indices was made, by name, which a restore does not change; those that do not exist are left
   * out. Cheap.
   */
  createdAt(names: string[]): Promise<Map<string, Date>>;
  /** The names of the indices behind each alias, by alias, hidden ones included. Cheap. */
  aliases(): Promise<Map<string, string[]>>;
  /** The names of all indices that a block on their settings or metadata keeps from being deleted. Cheap. */
  undeletable(): Promise<string[]>;
  /**
   * Deletes by explicit names, in chunks below the server's 4 kB request line; one that is gone already is no error.
   *
   * @throws NOT_READY while one is being snapshotted, INDEX_IN_THE_WAY for an alias, INDEX_BLOCKED
   */
  delete(names: string[]): Promise<void>;
  /**
   * Closes by explicit names, in chunks; one that is closed already is no error. Their shards start anew for it.
   *
   * @throws NOT_READY while one is being snapshotted or restored, INDEX_VANISHED, INDEX_BLOCKED
   */
  close(names: string[]): Promise<void>;
  /** Opens by explicit names, in chunks; one that is open already is no error. @throws INDEX_VANISHED, INDEX_BLOCKED */
  open(names: string[]): Promise<void>;
  /** Sets how many replicas the named indices have, in chunks. @throws INDEX_VANISHED, INDEX_BLOCKED */
  setReplicas(names: string[], replicas: number): Promise<void>;
  /**
   * Changes aliases all at once: no reader sees a state in between. An alias that is there already as it is added is no
   * error.
   *
   * @throws NOT_READY while an index that is removed is being snapshotted, INDEX_VANISHED, INDEX_IN_THE_WAY where an index
   * has the name of an alias, INDEX_BLOCKED, OUTCOME_UNKNOWN: `aliases` tells what happened
   */
  changeAliases(actions: AliasAction[]): Promise<void>;
  /** How the recovery of the named indices stands; one that does not exist is left out. */
  recovery(names: string[]): Promise<IndexRecovery[]>;
  /** Why a shard of an index is not allocated, in the server's own words; undefined where it is. */
  whyUnassigned(index: string): Promise<string | undefined>;
}
