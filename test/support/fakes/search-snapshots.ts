import type { Rename } from '../../../shared/contracts/restore-plan.ts';
import { renamed } from '../../../shared/core/index-names.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { RepositoryDefinition, Snapshot, Snapshots } from '../../../shared/ports/snapshots.ts';
import type { Faults } from './faults.ts';
import type { FakeCluster, FakeIndex, FakeRepository, FakeSnapshot } from './search-cluster.ts';

export type SnapshotsOperation = `snapshots.${keyof Snapshots}`;

/** The snapshots of a cluster in memory. The target of a fault is the repository, or the snapshot. */
export function fakeSnapshots(cluster: FakeCluster, faults: Pick<Faults<SnapshotsOperation>, 'run'>): Snapshots {
  return {
    repository: async (name) =>
      faults.run('snapshots.repository', name, () => cluster.repositories.get(name)?.definition),

    repositories: async () =>
      faults.run('snapshots.repositories', '', () =>
        Object.fromEntries([...cluster.repositories].map(([name, { definition }]) => [name, definition])),
      ),

    register: async (name, definition) =>
      faults.run('snapshots.register', name, () => {
        if (cluster.running().some(({ repository }) => repository === name)) {
          throw new TandemError('NOT_READY', `Repository ${name} is being used.`);
        }
        const place = placeOf(definition);
        const same = [...cluster.repositories.values()].find((other) => placeOf(other.definition) === place);
        const snapshots = (same ?? cluster.repositories.get(name))?.snapshots ?? new Map();
        cluster.repositories.set(name, { definition, snapshots });
        if (cluster.unwritable.get(name)?.untilRegistered) cluster.unwritable.delete(name);
      }),

    unregister: async (name) =>
      faults.run('snapshots.unregister', name, () => {
        if (cluster.running().some(({ repository }) => repository === name)) {
          throw new TandemError('NOT_READY', `Repository ${name} is being used.`);
        }
        cluster.repositories.delete(name);
      }),

    verify: async (name) =>
      faults.run('snapshots.verify', name, () => {
        repositoryOf(cluster, name);
        const unwritable = cluster.unwritable.get(name);
        if (unwritable !== undefined) throw new TandemError('REPOSITORY_UNVERIFIED', unwritable.why);
      }),

    get: async (repository, name) =>
      faults.run('snapshots.get', name, () => {
        const snapshot = repositoryOf(cluster, repository).snapshots.get(name);
        return snapshot && presented(cluster, snapshot);
      }),

    list: async (repository) =>
      faults.run('snapshots.list', repository, () =>
        [...repositoryOf(cluster, repository).snapshots.values()]
          .toSorted((a, b) => b.startedAt - a.startedAt)
          .map((snapshot) => presented(cluster, snapshot)),
      ),

    contents: async (repository, name) =>
      faults.run('snapshots.contents', name, () => {
        const snapshot = repositoryOf(cluster, repository).snapshots.get(name);
        if (snapshot === undefined) throw new TandemError('SNAPSHOT_NOT_FOUND', `There is no snapshot ${name}.`);
        return [...snapshot.contents].map(([index, { primaries, bytes }]) => ({ name: index, primaries, bytes }));
      }),

    running: async () =>
      faults.run('snapshots.running', '', () =>
        cluster.running().map(({ repository, snapshot }) => `${repository}/${snapshot.name}`),
      ),

    progress: async (repository, name) =>
      faults.run('snapshots.progress', name, () => {
        const snapshot = cluster.repositories.get(repository)?.snapshots.get(name);
        return snapshot === undefined || !cluster.isRunning(snapshot) ? undefined : progressOf(cluster, snapshot);
      }),

    start: async (repository, name, indices, metadata) =>
      faults.run('snapshots.start', name, () =>
        start(cluster, repositoryOf(cluster, repository), name, indices, metadata),
      ),

    restore: async (repository, name, indices, as, how) =>
      faults.run('snapshots.restore', name, () => restore(cluster, repository, name, indices, as, how)),
  };
}

/** Repositories of one place hold the same snapshots. */
function placeOf({ settings }: RepositoryDefinition): string {
  return JSON.stringify([settings.bucket, settings.base_path]);
}

function start(
  cluster: FakeCluster,
  repository: FakeRepository,
  name: string,
  indices: string[],
  metadata: Record<string, string>,
): void {
  if (indices.length === 0) throw new TandemError('INDICES_MATCH_NOTHING', 'The list of indices is empty.');
  if (repository.definition.settings.readonly === 'true') {
    throw new TandemError('REPOSITORY_CONFLICT', 'cannot create snapshot in a readonly repository');
  }
  if (repository.snapshots.has(name)) throw new TandemError('SNAPSHOT_EXISTS', `Snapshot ${name} exists.`);
  if (cluster.oneSnapshotAtATime && cluster.running().length > 0) {
    throw new TandemError('NOT_READY', 'Another snapshot is running.');
  }
  const contents = indices.map((index) => {
    const found = cluster.indices.get(index);
    if (found === undefined) throw new TandemError('INDEX_VANISHED', `There is no index ${index}.`);
    if (found.broken !== undefined) throw new TandemError('SNAPSHOT_INCOMPLETE', `${index} has no primary shard.`);
    return [index, { ...found }] as const;
  });
  repository.snapshots.set(name, {
    name,
    uuid: cluster.nextUuid(),
    metadata,
    version: cluster.engine.version,
    startedAt: cluster.now(),
    endsAt: cluster.in('snapshot'),
    contents: new Map(contents),
    ...(cluster.badEnds.shift() ?? { end: 'SUCCESS', failures: [] }),
  });
}

function restore(
  cluster: FakeCluster,
  repository: string,
  name: string,
  indices: string[],
  as?: Rename,
  how?: { withoutReplicas: boolean },
): void {
  if (indices.length === 0) throw new TandemError('NOTHING_TO_RESTORE', 'The list of indices is empty.');
  const snapshot = repositoryOf(cluster, repository).snapshots.get(name);
  if (snapshot === undefined || cluster.isRunning(snapshot)) {
    throw new TandemError('SNAPSHOT_NOT_FOUND', `There is no snapshot ${name} that has ended.`);
  }
  const restored = indices.map((index) => {
    const held = snapshot.contents.get(index);
    if (held === undefined) throw new TandemError('SNAPSHOT_CHANGED', `Snapshot ${name} does not hold ${index}.`);
    const content = as === undefined ? held : { ...held, name: renamed(index, as), aliases: {} };
    const over = cluster.indices.get(content.name);
    const isOver = over?.closed === true && over.primaries === content.primaries;
    const names = [...(isOver ? [] : [content.name]), ...Object.keys(content.aliases)];
    const inTheWay = names.find((taken) => cluster.indices.has(taken));
    if (inTheWay !== undefined || cluster.isAlias(content.name)) {
      throw new TandemError('INDEX_IN_THE_WAY', `${inTheWay ?? content.name} exists.`);
    }
    refuseSecondWriteIndex(cluster, content, indices);
    return content;
  });
  if (new Set(restored.map((content) => content.name)).size < restored.length) {
    throw new TandemError('PROVIDER_FAILURE', 'Two indices are renamed into the same index.');
  }
  for (const content of restored) {
    const broken = cluster.badRestores.get(content.name);
    cluster.badRestores.delete(content.name);
    // One that is restored over stays the same index, with other shards. Closed ones come back open.
    const over = cluster.indices.get(content.name);
    const uuid = over?.uuid ?? cluster.nextUuid();
    const settings = over === undefined ? content.settings : { ...content.settings, 'index.history.uuid': uuid };
    const life = { uuid, settings, closed: false, restoredAt: cluster.now(), broken };
    const madeFrom = { repository, snapshot: name };
    const replicas = how?.withoutReplicas ? 0 : content.replicas;
    cluster.indices.set(content.name, { ...content, ...life, replicas, madeFrom });
  }
}

function refuseSecondWriteIndex(cluster: FakeCluster, restored: FakeIndex, together: string[]): void {
  const writes = ({ aliases }: FakeIndex, alias: string) => aliases[alias]?.is_write_index === true;
  for (const other of cluster.indices.values()) {
    const shared = Object.keys(restored.aliases).find((alias) => writes(restored, alias) && writes(other, alias));
    if (shared === undefined || together.includes(other.name)) continue;
    throw new TandemError('INDEX_IN_THE_WAY', `Alias ${shared} has more than one write index.`);
  }
}

function repositoryOf(cluster: FakeCluster, name: string): FakeRepository {
  const repository = cluster.repositories.get(name);
  if (repository === undefined) throw new TandemError('REPOSITORY_NOT_FOUND', `There is no repository ${name}.`);
  return repository;
}

function presented(cluster: FakeCluster, snapshot: FakeSnapshot): Snapshot {
  const running = cluster.isRunning(snapshot);
  const total = running ? 0 : shardsOf(snapshot);
  const failed = running ? 0 : snapshot.failures.length;
  return {
    name: snapshot.name,
    uuid: snapshot.uuid,
    state: running ? 'IN_PROGRESS' : snapshot.end,
    indices: [...snapshot.contents.keys()],
    metadata: snapshot.metadata,
    startedAt: new Date(snapshot.startedAt),
    completedAt: running ? undefined : new Date(snapshot.endsAt),
    shards: { total, failed, successful: total - failed },
    failures: running ? [] : snapshot.failures,
    version: snapshot.version,
  };
}

function progressOf(cluster: FakeCluster, snapshot: FakeSnapshot) {
  const part = (cluster.now() - snapshot.startedAt) / (snapshot.endsAt - snapshot.startedAt);
  const bytes = [...snapshot.contents.values()].reduce((sum, index) => sum + index.bytes, 0);
  const shardsTotal = shardsOf(snapshot);
  return { shardsDone: Math.floor(part * shardsTotal), shardsTotal, bytes: Math.floor(part * bytes) };
}

function shardsOf({ contents }: FakeSnapshot): number {
  return [...contents.values()].reduce((sum, { primaries }) => sum + primaries, 0);
}
