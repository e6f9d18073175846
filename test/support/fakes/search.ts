import type { Engine } from '../../../shared/contracts/manifest.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { ClusterDisks, ClusterReadings } from '../../../shared/ports/cluster-readings.ts';
import type { ClusterSettings } from '../../../shared/ports/cluster-settings.ts';
import type { SearchDomain } from '../../../shared/ports/search-domain.ts';
import type { SearchIndices } from '../../../shared/ports/search-indices.ts';
import type { Snapshots } from '../../../shared/ports/snapshots.ts';
import { type ClusterOperation, fakeClusterReadings } from './cluster-readings.ts';
import { fakeClusterSettings, type SettingsOperation } from './cluster-settings.ts';
import { Faults } from './faults.ts';
import {
  FakeCluster,
  type FakeIndex,
  type FakeRepository,
  type FakeSnapshot,
  type IndexSpec,
  type SearchDurations,
} from './search-cluster.ts';
import { fakeSearchIndices, type SearchIndicesOperation } from './search-indices.ts';
import { fakeSnapshots, type SnapshotsOperation } from './search-snapshots.ts';
import { FakeSecurity } from './security.ts';

/**
 * A search domain in memory, as far as Tandem knows it. It plays the life of snapshots and restores: how long each
 * takes, and what is refused meanwhile.
 */
export class FakeSearch implements SearchDomain {
  readonly indices: SearchIndices;
  readonly snapshots: Snapshots;
  readonly cluster: ClusterReadings;
  readonly settings: ClusterSettings;
  readonly security = new FakeSecurity();
  readonly faults = new Faults<SearchIndicesOperation | SnapshotsOperation | ClusterOperation | SettingsOperation>();
  readonly #cluster: FakeCluster;

  constructor(clock: Clock, durations: Partial<SearchDurations> = {}) {
    this.#cluster = new FakeCluster(clock, durations);
    this.indices = fakeSearchIndices(this.#cluster, this.faults);
    this.snapshots = fakeSnapshots(this.#cluster, this.faults);
    this.settings = fakeClusterSettings(this.#cluster, this.faults);
    this.cluster = fakeClusterReadings(this.#cluster, this.faults);
  }

  /** All that there is, for `load`. */
  saved(): ReturnType<FakeCluster['saved']> {
    return this.#cluster.saved();
  }

  /** Has what another one had when it was saved. */
  load(saved: ReturnType<FakeCluster['saved']>): void {
    this.#cluster.load(saved);
  }

  /** Sets what the domain is like. */
  configure(
    domain: Partial<{
      uuid: string;
      engine: Engine;
      dataNodes: number;
      shardsPerNode: number;
      disks: ClusterDisks;
      oneSnapshotAtATime: boolean;
    }>,
  ): void {
    Object.assign(this.#cluster, domain);
  }

  /** Has an index, in place of one of the same name. */
  addIndex(name: string, spec: IndexSpec = {}): void {
    this.#cluster.add(name, spec);
  }

  /** Has a data stream with one backing index, named as the engines name it, or with one that is there. */
  addDataStream(name: string, backing = `.ds-${name}-000001`): void {
    if (!this.#cluster.indices.has(backing)) this.#cluster.add(backing, {});
    this.#cluster.dataStreams.push({ name, indices: [backing] });
  }

  /** Changes an index as its users do: documents written, aliases moved, closed. */
  changeIndex(name: string, change: IndexSpec): void {
    Object.assign(this.#index(name), change);
  }

  /** Starts every node anew, so that no shard tells any more where it comes from. */
  restartNodes(): void {
    for (const index of this.#cluster.indices.values()) index.madeFrom = undefined;
  }

  /** Takes the primary shards of an index away, for that reason. */
  breakIndex(name: string, why: string): void {
    this.#index(name).broken = why;
  }

  removeIndex(name: string): void {
    this.#cluster.indices.delete(name);
  }

  /** Sets something for the whole domain, as its operators do. */
  configureSetting(setting: string, value: string): void {
    this.#cluster.settings.persistent.set(setting, value);
  }

  /** What is set for the whole domain. */
  get settingsNow(): Record<string, string> {
    return Object.fromEntries(this.#cluster.settings.persistent);
  }

  /** All that there is, for a test to compare. */
  everything(): { indices: FakeIndex[]; repositories: Map<string, FakeRepository> } {
    const { indices, repositories } = this.#cluster;
    return structuredClone({ indices: [...indices.values()], repositories });
  }

  /** Makes the next snapshot end badly. */
  spoilNextSnapshot(end: 'PARTIAL' | 'FAILED', failures: string[]): void {
    this.#cluster.badEnds.push({ end, failures });
  }

  /** Makes the next restore of an index fail with that reason. */
  spoilNextRestore(index: string, why: string): void {
    this.#cluster.badRestores.set(index, why);
  }

  /** Lets nothing be written to a repository, for that reason; lets it again where there is none. */
  setUnwritable(repository: string, why: string | undefined, { untilRegistered = false } = {}): void {
    if (why === undefined) this.#cluster.unwritable.delete(repository);
    else this.#cluster.unwritable.set(repository, { why, untilRegistered });
  }

  unregister(repository: string): void {
    this.#cluster.repositories.delete(repository);
  }

  /** Deletes a snapshot behind Tandem's back. */
  deleteSnapshot(repository: string, name: string): void {
    this.#cluster.repositories.get(repository)?.snapshots.delete(name);
  }

  /** Makes a snapshot another one: deleted and made again under its name, without one of its indices, or ended otherwise. */
  alterSnapshot(
    repository: string,
    name: string,
    change: { remade?: boolean; without?: string; end?: FakeSnapshot['end'] },
  ): void {
    const snapshot = this.#snapshot(repository, name);
    if (change.remade) snapshot.uuid = this.#cluster.nextUuid();
    if (change.end !== undefined) snapshot.end = change.end;
    if (change.without !== undefined) snapshot.contents.delete(change.without);
  }

  /** Has a repository where another domain writes to it, registered so that nothing is written through it, or as it is there. */
  readsFrom(other: FakeSearch, repository: string, { readonly = true } = {}): void {
    const found = other.#cluster.repositories.get(repository);
    if (found === undefined) throw new Error(`There is no repository ${repository}.`);
    const { type, settings } = found.definition;
    const definition = { type, settings: { ...settings, ...(readonly && { readonly: 'true' }) } };
    this.#cluster.repositories.set(repository, { definition, snapshots: found.snapshots });
  }

  /** Starts a snapshot that is not Tandem's. */
  startForeignSnapshot(repository: string, name: string, indices: string[]): Promise<void> {
    return fakeSnapshots(this.#cluster, new Faults()).start(repository, name, indices, { taken_by: 'somebody else' });
  }

  #index(name: string): FakeIndex {
    const index = this.#cluster.indices.get(name);
    if (index === undefined) throw new Error(`There is no index ${name}.`);
    return index;
  }

  #snapshot(repository: string, name: string): FakeSnapshot {
    const snapshot = this.#cluster.repositories.get(repository)?.snapshots.get(name);
    if (snapshot === undefined) throw new Error(`There is no snapshot ${name}.`);
    return snapshot;
  }
}
