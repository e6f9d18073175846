import { few } from '../core/deadline.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { RepositoryDefinition, Snapshot, Snapshots } from '../ports/snapshots.ts';

/** @throws TandemError REPOSITORY_NOT_FOUND, with the repositories that there are */
export async function registeredRepository(
  snapshots: Pick<Snapshots, 'repositories'>,
  name: string,
): Promise<RepositoryDefinition> {
  const all = await snapshots.repositories();
  const registered = all[name];
  if (registered !== undefined) return registered;
  const names = Object.keys(all).sort();
  const remedy =
    names.length === 0
      ? 'The domain has none: `tandem setup` registers that of the plan.'
      : `There are: ${few(names)}.`;
  throw new TandemError('REPOSITORY_NOT_FOUND', `The domain has no snapshot repository ${name}.`, { remedy });
}

/** All snapshots of a repository, Tandem's or not, the newest first. @throws TandemError REPOSITORY_NOT_FOUND */
export async function snapshotsOfRepository(snapshots: Snapshots, name: string): Promise<Snapshot[]> {
  await registeredRepository(snapshots, name);
  return snapshots.list(name);
}
