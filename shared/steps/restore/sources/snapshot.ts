import type { Plan } from '../../../contracts/plan-file.ts';
import type { RestoreSource, SourceSearch } from '../../../contracts/restore-source.ts';
import { few } from '../../../core/deadline.ts';
import { mayHoldUnreadable } from '../../../core/engine-compatibility.ts';
import { ownName } from '../../../core/index-names.ts';
import { sealSource } from '../../../core/restore-source.ts';
import { indicesOfPlan, indicesOfSnapshot, restorableIndices } from '../../../core/snapshot-source.ts';
import { chooseStrategies } from '../../../core/strategies.ts';
import { TandemError } from '../../../errors/tandem-error.ts';
import type { SearchDomain } from '../../../ports/search-domain.ts';
import type { RepositoryDefinition, Snapshot } from '../../../ports/snapshots.ts';
import { registeredRepository } from '../../snapshots-of-repository.ts';
import type { Asked } from '../asked.ts';

/**
 * Finds out what a snapshot of any repository of the domain holds, which is read and never written: of the indices that the
 * plan backs up, or, where indices are named, of all. Whether it is good the guards find out.
 *
 * @param address `<repository>/<name>`
 * @throws TandemError USAGE, REPOSITORY_NOT_FOUND, SNAPSHOT_NOT_FOUND, NOTHING_TO_RESTORE
 */
export async function findSnapshot(
  address: string,
  { plan: name, wishes }: Asked,
  plan: Plan,
  domain: SearchDomain | null,
): Promise<RestoreSource> {
  if (domain === null || plan.search === undefined) {
    throw new TandemError('USAGE', `Plan ${name} has no search domain that a snapshot could be restored to.`);
  }
  const [repository, snapshotName] = partsOf(address);
  const registered = await registeredRepository(domain.snapshots, repository);
  const snapshot = await domain.snapshots.get(repository, snapshotName);
  if (snapshot === undefined) throw notFound(repository, snapshotName);
  const restorable = restorableIndices(snapshot);
  const chosen = wishes.indices === undefined ? indicesOfPlan(plan.search.indices, restorable) : restorable;
  if (chosen.length === 0) throw nothingIn(address, restorable);
  const { search, warnings } = await lookInto(snapshot, chosen, plan, { wishes, name: repository, registered }, domain);
  return sealSource({
    schemaVersion: 1,
    recoveryPoint: address,
    origin: { kind: 'snapshot', repository, snapshot: snapshotName },
    plan: name,
    startedAt: search.snapshot.startedAt,
    completedAt: search.snapshot.completedAt,
    windows: { tables: null, search: { from: search.snapshot.startedAt, to: search.snapshot.completedAt } },
    skewSeconds: 0,
    tables: [],
    search: { ...search, endpoint: wishes.toEndpoint ?? plan.search.endpoint },
    warnings,
  });
}

function partsOf(address: string): [string, string] {
  const slash = address.indexOf('/');
  return [address.slice(0, slash), address.slice(slash + 1)];
}

interface FoundRepository extends Pick<Asked, 'wishes'> {
  name: string;
  registered: RepositoryDefinition;
}

async function lookInto(
  snapshot: Snapshot,
  chosen: string[],
  plan: Plan,
  { wishes, name, registered }: FoundRepository,
  { indices, snapshots }: SearchDomain,
): Promise<{ search: Omit<SourceSearch, 'endpoint'>; warnings: string[] }> {
  const engine = await indices.engine();
  const places = new Set(chosen.map(ownName));
  const present = (await indices.list()).filter((index) => places.has(ownName(index)));
  const live = present.length === 0 ? [] : await indices.describe(present);
  // What has not ended well is refused, whatever it holds.
  const contents = snapshot.state === 'SUCCESS' ? await snapshots.contents(name, snapshot.name) : [];
  const { indices: strategy } = chooseStrategies(wishes, plan.strategies);
  const known = { snapshot, contents, live, strategy, version: engine.version };
  const { bucket = '', base_path: basePath = '' } = registered.settings;
  return {
    search: {
      engine,
      repository: { name, bucket, basePath },
      snapshot: {
        name: snapshot.name,
        uuid: snapshot.uuid,
        startedAt: snapshot.startedAt.toISOString(),
        completedAt: (snapshot.completedAt ?? snapshot.startedAt).toISOString(),
        shards: snapshot.shards.total,
      },
      indices: indicesOfSnapshot(chosen, known),
      aliasesUntold: true,
    },
    warnings: warningsOf(snapshot, chosen, mayHoldUnreadable(engine, snapshot.version)),
  };
}

function warningsOf(snapshot: Snapshot, chosen: string[], isOld: boolean): string[] {
  const left = snapshot.indices.filter((index) => !chosen.includes(index));
  return [
    'a snapshot tells neither documents nor aliases of its indices: shards are compared, and what was asked for is there; documents are not, and an alias that has the name of an index makes the domain refuse the restore',
    ...(left.length === 0 ? [] : [`indices of the snapshot that are left out: ${few(left)}`]),
    ...(isOld
      ? [
          `the snapshot is of version ${snapshot.version ?? 'unknown'}: indices that are older still cannot be read, which shows when they are restored; strategies swap and beside touch nothing before`,
        ]
      : []),
  ];
}

function notFound(repository: string, snapshot: string): TandemError {
  return new TandemError('SNAPSHOT_NOT_FOUND', `Repository ${repository} holds no snapshot ${snapshot}.`, {
    remedy: `See what it holds: npx tandem list --repository ${repository}`,
  });
}

function nothingIn(address: string, restorable: string[]): TandemError {
  const message = `Snapshot ${address} holds no index that the plan backs up.`;
  const remedy =
    restorable.length === 0
      ? 'Choose another snapshot: this one holds system indices and data streams alone, which are not restored.'
      : `Name those that you want with --indices; it holds: ${few(restorable)}.`;
  return new TandemError('NOTHING_TO_RESTORE', message, { remedy });
}
