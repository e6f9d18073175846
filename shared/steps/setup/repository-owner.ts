import type { SearchPlan } from '../../contracts/plan-file.ts';
import type { Change } from '../../contracts/setup.ts';
import { isReadOnly } from '../../core/repository.ts';
import { ownerKey, type RepositoryOwner, refuseForeignOwner } from '../../core/repository-owner.ts';
import { placeOf } from '../../core/shared-places.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { claimPlace } from '../repository-owner.ts';
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
  search: SearchPlan,
  clusterUuid: string,
): Promise<Part<RepositoryOwner | null>> {
  const { endpoint, repository } = search;
  // Whoever only reads may do so beside others.
  if (isReadOnly(repository.settings)) return { state: null, changes: [], carryOut: async () => {} };
  const place = placeOf({ bucket: repository.bucket, base_path: repository.basePath });
  const found = await bucket.get(ownerKey(repository.basePath));
  if (found !== undefined) refuseForeignOwner(found.body, clusterUuid, place);
  const change: Change = {
    what: 'owner of the repository',
    name: place,
    does: `notes down that ${endpoint} writes there`,
  };
  return {
    state: { version: 1, clusterUuid, endpoint },
    changes: found === undefined ? [change] : [],
    async carryOut() {
      if (found === undefined) await claimPlace(bucket, search, clusterUuid);
    },
  };
}
