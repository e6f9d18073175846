import type { IndexRecord } from '../../../shared/contracts/manifest.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { AliasAction, IndexRecovery, IndexSetup, SearchIndices } from '../../../shared/ports/search-indices.ts';
import type { Faults } from './faults.ts';
import type { FakeCluster, FakeIndex } from './search-cluster.ts';

export type SearchIndicesOperation = `indices.${keyof SearchIndices}`;

/** The indices of a cluster in memory. The target of a fault is the list of names, joined by commas. */
export function fakeSearchIndices(
  cluster: FakeCluster,
  faults: Pick<Faults<SearchIndicesOperation>, 'run'>,
): SearchIndices {
  const named = (names: string[]) => names.flatMap((name) => cluster.indices.get(name) ?? []);

  return {
    engine: async () => faults.run('indices.engine', '', () => cluster.engine),
    clusterUuid: async () => faults.run('indices.clusterUuid', '', () => cluster.uuid),
    topology: async () => faults.run('indices.topology', '', () => ({ dataNodes: cluster.dataNodes })),
    list: async () => faults.run('indices.list', '', () => [...cluster.indices.keys()]),

    dataStreams: async () => faults.run('indices.dataStreams', '', () => [...cluster.dataStreams]),

    describe: async (names) =>
      faults.run('indices.describe', names.join(','), () => named(names).map((index) => recordOf(cluster, index))),

    setups: async (names) =>
      faults.run(
        'indices.setups',
        names.join(','),
        () => new Map(named(names).map((index) => [index.name, setupOf(index)])),
      ),

    uuids: async (names) =>
      faults.run('indices.uuids', names.join(','), () => new Map(named(names).map(({ name, uuid }) => [name, uuid]))),

    createdAt: async (names) =>
      faults.run(
        'indices.createdAt',
        names.join(','),
        () => new Map(named(names).map(({ name, createdAt }) => [name, createdAt])),
      ),

    aliases: async () => faults.run('indices.aliases', '', () => new Map(cluster.aliases())),

    undeletable: async () =>
      faults.run('indices.undeletable', '', () =>
        [...cluster.indices.values()].filter(({ readOnly }) => readOnly).map(({ name }) => name),
      ),

    delete: async (names) =>
      faults.run('indices.delete', names.join(','), () => {
        for (const name of names) refuseDeletion(cluster, name);
        for (const name of names) cluster.indices.delete(name);
      }),

    close: async (names) =>
      faults.run('indices.close', names.join(','), () => {
        for (const name of names) refuseClosing(cluster, name);
        // Their shards start anew, and tell no more where they come from.
        for (const index of named(names)) Object.assign(index, { closed: true, madeFrom: undefined });
      }),

    open: async (names) =>
      faults.run('indices.open', names.join(','), () => {
        for (const name of names) {
          if (!cluster.indices.has(name)) throw new TandemError('INDEX_VANISHED', `There is no index ${name}.`);
        }
        for (const index of named(names)) index.closed = false;
      }),

    setReplicas: async (names, replicas) =>
      faults.run('indices.setReplicas', names.join(','), () => {
        for (const name of names) {
          const index = cluster.indices.get(name);
          if (index === undefined) throw new TandemError('INDEX_VANISHED', `There is no index ${name}.`);
          if (index.readOnly) throw new TandemError('INDEX_BLOCKED', `index [${name}] blocked by: index read-only.`);
        }
        for (const index of named(names)) Object.assign(index, { replicas, replicatedFrom: cluster.now() });
      }),

    changeAliases: async (actions) =>
      faults.run('indices.changeAliases', JSON.stringify(actions), () => changeAliases(cluster, actions)),

    recovery: async (names) =>
      faults.run('indices.recovery', names.join(','), () => named(names).map((index) => recoveryOf(cluster, index))),

    whyUnassigned: async (name) =>
      faults.run('indices.whyUnassigned', name, () => {
        const index = cluster.indices.get(name);
        if (index?.broken !== undefined) return index.broken;
        const fits = index === undefined || cluster.isRecovering(index) || index.replicas < cluster.dataNodes;
        return fits ? undefined : 'same_shard: a copy of this shard is already allocated to this node';
      }),
  };
}

function recordOf(cluster: FakeCluster, index: FakeIndex): IndexRecord {
  const { closed, broken, ...rest } = index;
  const {
    readOnly: _,
    restoredAt: __,
    replicatedFrom: _____,
    madeFrom: ___,
    createdAt: ____,
    settings,
    mappings,
    ...record
  } = rest;
  const countable = !closed && broken === undefined && !cluster.isRecovering(index);
  return { ...record, open: !closed, documents: countable ? record.documents : null };
}

/** What the engines say of every index, and what is the index's own. */
function setupOf({ uuid, createdAt, createdVersion, name, primaries, replicas, ...index }: FakeIndex): IndexSetup {
  return {
    settings: {
      'index.uuid': uuid,
      'index.creation_date': String(createdAt.getTime()),
      'index.version.created': createdVersion,
      'index.provided_name': name,
      'index.number_of_shards': String(primaries),
      'index.number_of_replicas': String(replicas),
      ...index.settings,
    },
    mappings: index.mappings,
  };
}

function refuseDeletion(cluster: FakeCluster, name: string): void {
  if (cluster.isAlias(name)) throw new TandemError('INDEX_IN_THE_WAY', `${name} is an alias.`);
  const index = cluster.indices.get(name);
  if (index !== undefined) refuseChange(cluster, index);
}

function refuseClosing(cluster: FakeCluster, name: string): void {
  const index = cluster.indices.get(name);
  if (index === undefined) throw new TandemError('INDEX_VANISHED', `There is no index ${name}.`);
  refuseChange(cluster, index);
  if (cluster.isRecovering(index)) throw new TandemError('NOT_READY', `${name} is being restored.`);
}

function refuseChange(cluster: FakeCluster, { name, uuid, readOnly }: FakeIndex): void {
  if (readOnly) throw new TandemError('INDEX_BLOCKED', `index [${name}] blocked by: index read-only.`);
  const busy = cluster.running().some(({ snapshot }) => snapshot.contents.get(name)?.uuid === uuid);
  if (busy) throw new TandemError('NOT_READY', `${name} is being snapshotted.`);
}

/** All of it or nothing. */
function changeAliases(cluster: FakeCluster, actions: AliasAction[]): void {
  const removed = actions.flatMap((action) => ('remove_index' in action ? action.remove_index.index : []));
  const indexOf = (name: string) => {
    const index = cluster.indices.get(name);
    if (index === undefined) throw new TandemError('INDEX_VANISHED', `There is no index ${name}.`);
    return index;
  };
  for (const name of removed) refuseChange(cluster, indexOf(name));
  for (const action of actions) {
    if ('remove_index' in action) continue;
    const { index, alias } = 'add' in action ? action.add : action.remove;
    const { readOnly } = indexOf(index);
    if (readOnly) throw new TandemError('INDEX_BLOCKED', `index [${index}] blocked by: index read-only.`);
    if ('add' in action && cluster.indices.has(alias) && !removed.includes(alias)) {
      throw new TandemError('INDEX_IN_THE_WAY', `An index has the name of alias ${alias}.`);
    }
  }
  for (const name of removed) cluster.indices.delete(name);
  for (const action of actions) {
    if ('add' in action) {
      const { index, alias, ...definition } = action.add;
      indexOf(index).aliases = { ...indexOf(index).aliases, [alias]: definition };
    }
    if ('remove' in action) {
      const { [action.remove.alias]: _, ...others } = indexOf(action.remove.index).aliases;
      indexOf(action.remove.index).aliases = others;
    }
  }
}

function recoveryOf(cluster: FakeCluster, index: FakeIndex): IndexRecovery {
  const recovering = cluster.isRecovering(index);
  const settled = index.replicas < cluster.dataNodes && !cluster.isReplicating(index) ? 'green' : 'yellow';
  const whole = recovering ? 'yellow' : settled;
  return {
    index: index.name,
    open: !index.closed,
    health: index.broken === undefined ? whole : 'red',
    initializing: recovering,
    primariesDone: cluster.primariesBack(index),
    madeFrom: index.broken === undefined ? index.madeFrom : undefined,
  };
}
