import type { SearchPlan } from '../../contracts/plan-file.ts';
import type { Change } from '../../contracts/setup.ts';
import { isReadOnly } from '../../core/repository.ts';
import { ownerKey, type RepositoryOwner, refuseForeignOwner } from '../../core/repository-owner.ts';
import { placeOf } from '../../core/shared-places.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { Part } from './part.ts';

/**
 * Finds out which domain writes to the place of a plan's repository. Nothing in a repository tells it, so that the first
 * one leaves an object beside it, which a second one finds.
 *
 * @param bucket the snapshot bucket
 * @throws TandemError REPOSITORY_SHARED where it is another domain
 */
export async function lookAtOwner(
  bucket: ObjectStore,
  { endpoint, repository }: SearchPlan,
  clusterUuid: string,
): Promise<Part<RepositoryOwner | null>> {
  // Whoever only reads may do so beside others.
  if (isReadOnly(repository.settings)) return { state: null, changes: [], carryOut: async () => {} };
  const owner: RepositoryOwner = { version: 1, clusterUuid, endpoint };
  const [key, place] = [
    ownerKey(repository.basePath),
    placeOf({ bucket: repository.bucket, base_path: repository.basePath }),
  ];
  const found = await bucket.get(key);
  if (found !== undefined) refuseForeignOwner(found.body, clusterUuid, place);
  const change: Change = {
    what: 'owner of the repository',
    name: place,
    does: `notes down that ${endpoint} writes there`,
  };
  return {
    state: owner,
    changes: found === undefined ? [change] : [],
    async carryOut() {
      if (found !== undefined || (await bucket.create(key, JSON.stringify(owner))) !== undefined) return;
      // Somebody else was faster.
      refuseForeignOwner((await bucket.get(key))?.body ?? '', clusterUuid, place);
    },
  };
}
