import type { RepositoryPlan, SearchPlan } from '../contracts/plan-file.ts';
import { isReadOnly } from '../core/repository.ts';
import { foreignOwner, ownerKey, type RepositoryOwner, refuseForeignOwner } from '../core/repository-owner.ts';
import { placeOf } from '../core/shared-places.ts';
import type { ObjectStore, OpenCatalog } from '../ports/object-store.ts';
import type { SearchDomain } from '../ports/search-domain.ts';

/** The other domain that the place of a repository belongs to, in words; undefined where none has noted down that it does. */
export async function otherOwner(
  { bucket, basePath }: RepositoryPlan,
  { indices }: Pick<SearchDomain, 'indices'>,
  openSnapshotBucket: OpenCatalog,
): Promise<string | undefined> {
  const [found, clusterUuid] = await Promise.all([
    openSnapshotBucket(bucket).get(ownerKey(basePath)),
    indices.clusterUuid(),
  ]);
  return found && foreignOwner(found.body, clusterUuid);
}

/**
 * Notes down that a domain writes to the place of a plan's repository, where nobody does. It writes before it reads: S3
 * tells of an object that is not there only to those who may list the whole bucket.
 *
 * @param bucket the snapshot bucket
 * @throws TandemError REPOSITORY_SHARED where another domain writes there
 */
export async function claimPlace(
  bucket: ObjectStore,
  { endpoint, repository }: SearchPlan,
  clusterUuid: string,
): Promise<void> {
  // Whoever only reads may do so beside others.
  if (isReadOnly(repository.settings)) return;
  const owner: RepositoryOwner = { version: 1, clusterUuid, endpoint };
  const key = ownerKey(repository.basePath);
  if ((await bucket.create(key, JSON.stringify(owner))) !== undefined) return;
  const place = placeOf({ bucket: repository.bucket, base_path: repository.basePath });
  refuseForeignOwner((await bucket.get(key))?.body ?? '', clusterUuid, place);
}
