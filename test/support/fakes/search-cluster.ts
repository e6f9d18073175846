import type { Engine, IndexRecord } from '../../../shared/contracts/manifest.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { ClusterDisks } from '../../../shared/ports/cluster-readings.ts';
import type { DataStream, IndexRecovery } from '../../../shared/ports/search-indices.ts';
import type { RepositoryDefinition, Snapshot } from '../../../shared/ports/snapshots.ts';

/** Seconds that the cluster takes over what it has accepted. */
export interface SearchDurations {
  snapshot: number;
  restore: number;
  /** After the primaries of a restored index are back, until its replicas are. */
  replicate: number;
}

const usualDurations: SearchDurations = { snapshot: 30, restore: 20, replicate: 0 };

/** What a test says of an index; everything has a usual value. */
export interface IndexSpec {
  documents?: number;
  bytes?: number;
  primaries?: number;
  replicas?: number;
  aliases?: IndexRecord['aliases'];
  createdVersion?: string;
  /** Beside the shards; by flat name. */
  settings?: Record<string, unknown>;
  mappings?: Record<string, unknown>;
  closed?: boolean;
  /** That a block keeps it from being changed and deleted. */
  readOnly?: boolean;
}

export interface FakeIndex extends Required<IndexSpec> {
  name: string;
  uuid: string;
  createdAt: Date;
  /** When its restore began, in milliseconds since 1970; undefined where it was not restored. */
  restoredAt: number | undefined;
  /** When it was given other replicas, in milliseconds since 1970. */
  replicatedFrom: number;
  /** What the cluster still tells of where its shards come from. */
  madeFrom: IndexRecovery['madeFrom'];
  /** Why its shards could not be restored. */
  broken: string | undefined;
}

export interface FakeSnapshot {
  name: string;
  uuid: string;
  metadata: Record<string, unknown>;
  version: string;
  startedAt: number;
  endsAt: number;
  /** How it ends, or ended. */
  end: Exclude<Snapshot['state'], 'IN_PROGRESS'>;
  failures: string[];
  contents: Map<string, FakeIndex>;
}

export interface FakeRepository {
  definition: RepositoryDefinition;
  snapshots: Map<string, FakeSnapshot>;
}

/** The indices, repositories and snapshots of a domain, and what it is in the middle of, which only the clock decides. */
export class FakeCluster {
  readonly clock: Clock;
  readonly indices = new Map<string, FakeIndex>();
  readonly repositories = new Map<string, FakeRepository>();
  readonly dataStreams: DataStream[] = [];
  /** How the next snapshots end, and why. */
  readonly badEnds: Pick<FakeSnapshot, 'end' | 'failures'>[] = [];
  /** Why the next restore of an index fails, by the index. */
  readonly badRestores = new Map<string, string>();
  /** Why nothing can be written to a repository, by the repository, and whether a new registration mends it. */
  readonly unwritable = new Map<string, { why: string; untilRegistered: boolean }>();
  engine: Engine = { distribution: 'opensearch', version: '3.8.0' };
  uuid = 'cluster-uuid-1';
  dataNodes = 1;
  shardsPerNode = 1_000;
  /** What somebody set. */
  readonly settings = { persistent: new Map<string, string>(), transient: new Map<string, string>() };
  /** Of its data nodes; it does not count what the indices take. */
  disks: ClusterDisks = {
    nodes: [{ totalBytes: 100e9, availableBytes: 50e9 }],
    watermarks: { low: { usedShare: 0.85 }, high: { usedShare: 0.9 } },
  };
  /** Elasticsearch before 7.9 takes one snapshot at a time. */
  oneSnapshotAtATime = false;
  readonly #durations: SearchDurations;
  #ids = 0;

  constructor(clock: Clock, durations: Partial<SearchDurations>) {
    this.clock = clock;
    this.#durations = { ...usualDurations, ...durations };
  }

  /** All that it holds, for `load`. */
  saved() {
    const { clock: _, ...held } = this;
    return { ...held, ids: this.#ids };
  }

  load({ ids, ...held }: ReturnType<FakeCluster['saved']>): void {
    Object.assign(this, held);
    this.#ids = ids;
  }

  now(): number {
    return this.clock.now().getTime();
  }

  in(change: keyof SearchDurations): number {
    return this.now() + this.#durations[change] * 1_000;
  }

  nextUuid(): string {
    this.#ids += 1;
    return `uuid-${this.#ids.toString(16).padStart(8, '0')}`;
  }

  add(name: string, spec: IndexSpec): FakeIndex {
    const index: FakeIndex = {
      documents: 0,
      bytes: (spec.documents ?? 0) * 100 + 208,
      primaries: 1,
      replicas: 0,
      aliases: {},
      createdVersion: this.engine.version,
      settings: {},
      mappings: {},
      closed: false,
      readOnly: false,
      ...spec,
      name,
      uuid: this.nextUuid(),
      createdAt: this.clock.now(),
      restoredAt: undefined,
      replicatedFrom: Number.NEGATIVE_INFINITY,
      madeFrom: 'NO_SNAPSHOT',
      broken: undefined,
    };
    this.indices.set(name, index);
    return index;
  }

  /** The indices behind each alias. */
  aliases(): Map<string, string[]> {
    const held = [...this.indices.values()].flatMap(({ name, aliases }) =>
      Object.keys(aliases).map((alias) => ({ alias, name })),
    );
    const byAlias = Map.groupBy(held, ({ alias }) => alias);
    return new Map([...byAlias].map(([alias, indices]) => [alias, indices.map(({ name }) => name)]));
  }

  /** True where an index has an alias of that name. */
  isAlias(name: string): boolean {
    return this.aliases().has(name);
  }

  isRunning(snapshot: FakeSnapshot): boolean {
    return this.now() < snapshot.endsAt;
  }

  running(): { repository: string; snapshot: FakeSnapshot }[] {
    return [...this.repositories].flatMap(([repository, { snapshots }]) =>
      [...snapshots.values()]
        .filter((snapshot) => this.isRunning(snapshot))
        .map((snapshot) => ({ repository, snapshot })),
    );
  }

  /** Primary shards that are back: they come one after another. */
  primariesBack({ primaries, restoredAt, broken }: FakeIndex): number {
    if (restoredAt === undefined || broken !== undefined) return 0;
    const passed = (this.now() - restoredAt) / (this.#durations.restore * 1_000);
    return Math.min(primaries, Math.floor(passed * primaries));
  }

  /** True while the replicas of a restored index are being made. */
  isReplicating(index: FakeIndex): boolean {
    const { restore, replicate } = this.#durations;
    const restoredAt = (index.restoredAt ?? Number.NEGATIVE_INFINITY) + restore * 1_000;
    const until = Math.max(restoredAt, index.replicatedFrom) + replicate * 1_000;
    return index.replicas > 0 && index.replicas < this.dataNodes && this.now() < until;
  }

  isRecovering(index: FakeIndex): boolean {
    return index.restoredAt !== undefined && index.broken === undefined && this.primariesBack(index) < index.primaries;
  }
}
