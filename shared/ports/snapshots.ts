import type { Rename } from '../contracts/restore-plan.ts';

/** A snapshot as the repository tells it. While it runs, its shard counts are 0. */
export interface Snapshot {
  name: string;
  uuid: string;
  state: 'IN_PROGRESS' | 'SUCCESS' | 'PARTIAL' | 'FAILED' | 'INCOMPATIBLE';
  indices: string[];
  /** What the caller gave when it was started. */
  metadata: Record<string, unknown>;
  startedAt: Date;
  completedAt: Date | undefined;
  shards: { total: number; failed: number; successful: number };
  failures: string[];
  /** Of the engine that took it; undefined where the server does not tell. */
  version: string | undefined;
}

/** An index in a snapshot: its primary shards, and the bytes that it takes in the repository. */
export interface IndexInSnapshot {
  name: string;
  primaries: number;
  bytes: number;
}

/** Shards done, of all, of a running snapshot, and the bytes written so far. */
export interface SnapshotProgress {
  shardsDone: number;
  shardsTotal: number;
  bytes: number;
}

export interface RepositoryDefinition {
  type: string;
  settings: Record<string, string>;
}

/**
 * The snapshot repositories of a domain, and the snapshots in them.
 *
 * Reads are tried again within their deadline. `start` and `restore` are sent once. Throws as SearchIndices does.
 */
export interface Snapshots {
  /** The registration of a repository, or undefined where there is none. Values are strings, as the server tells them. */
  repository(name: string): Promise<RepositoryDefinition | undefined>;
  /** Every registration, by name. */
  repositories(): Promise<Record<string, RepositoryDefinition>>;
  /** Registers a repository without verifying it. @throws NOT_READY while a snapshot or restore uses it */
  register(name: string, definition: RepositoryDefinition): Promise<void>;
  /** Forgets a registration, and leaves what is in the repository. One that is gone already is no error. @throws NOT_READY */
  unregister(name: string): Promise<void>;
  /** Has every node write to the repository; where it is read-only, only read. @throws REPOSITORY_UNVERIFIED */
  verify(name: string): Promise<void>;
  /** A snapshot, or undefined where there is none. @throws REPOSITORY_NOT_FOUND */
  get(repository: string, snapshot: string): Promise<Snapshot | undefined>;
  /** All snapshots of a repository, the newest first. Reads an object of each. @throws REPOSITORY_NOT_FOUND */
  list(repository: string): Promise<Snapshot[]>;
  /**
   * The indices of a snapshot that has ended. Reads an object a shard, so that it is asked once and never to poll.
   *
   * @throws REPOSITORY_NOT_FOUND, SNAPSHOT_NOT_FOUND
   */
  contents(repository: string, snapshot: string): Promise<IndexInSnapshot[]>;
  /** The names of the snapshots running now, as `repository/snapshot`, in any repository. Cheap. */
  running(): Promise<string[]>;
  /** Progress of a running snapshot; undefined once it has ended. Never asked of a finished one, where it is dear. */
  progress(repository: string, snapshot: string): Promise<SnapshotProgress | undefined>;
  /**
   * Starts a snapshot of an explicit list of indices and does not wait for it.
   *
   * @throws INDICES_MATCH_NOTHING for an empty list, INDEX_VANISHED, SNAPSHOT_INCOMPLETE where an index lacks a primary,
   * SNAPSHOT_EXISTS where one of that name exists or is in progress, NOT_READY while another one runs, OUTCOME_UNKNOWN
   * after 503, 504 or a cut connection: `get` tells what happened
   */
  start(repository: string, snapshot: string, indices: string[], metadata: Record<string, string>): Promise<void>;
  /**
   * Starts restoring the named indices, without the global state, and does not wait. They come back as they were, closed
   * ones open: with their aliases under their own names, without under others. A closed index of the name is restored over
   * where it has as many primary shards.
   *
   * @param as how they are named, where not as they were
   * @param how `withoutReplicas`: none of them has any, but where its settings expand them by themselves
   * @throws NOTHING_TO_RESTORE for an empty list, SNAPSHOT_NOT_FOUND, SNAPSHOT_CHANGED where it does not hold one of the
   * indices, NOT_READY, INDEX_IN_THE_WAY where an open index or an alias of one of the names exists, ENGINE_TOO_OLD,
   * OUTCOME_UNKNOWN: `recovery` tells what happened
   */
  restore(
    repository: string,
    snapshot: string,
    indices: string[],
    as?: Rename,
    how?: { withoutReplicas: boolean },
  ): Promise<void>;
}
