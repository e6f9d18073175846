import type { SearchPlan } from '../contracts/plan-file.ts';
import type { Change } from '../contracts/setup.ts';
import { isReadOnly } from '../core/repository.ts';
import { ownerKey, type RepositoryOwner, refuseForeignOwner } from '../core/repository-owner.ts';
import { placeOf } from '../core/shared-places.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Part } from './setup/part.ts';

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
  if (onlyReads(search)) return { state: null, changes: [], carryOut: async () => {} };
  const { key, place, owner } = ownership(search, clusterUuid);
  const found = await bucket.get(key);
  if (found !== undefined) refuseForeignOwner(found.body, clusterUuid, place);
  const change: Change = {
    what: 'owner of the repository',
    name: place,
    does: `notes down that ${owner.endpoint} writes there`,
  };
  return {
    state: owner,
    changes: found === undefined ? [change] : [],
    async carryOut() {
      if (found === undefined) await claimPlace(bucket, search, clusterUuid);
    },
  };
}

/**
 * Notes down that a domain writes to the place of a plan's repository, where nobody does. It writes before it reads: S3
 * tells of an object that is not there only to those who may list the whole bucket.
 *
 * @param bucket the snapshot bucket
 * @throws TandemError REPOSITORY_SHARED where another domain writes there
 */
export async function claimPlace(bucket: ObjectStore, search: SearchPlan, clusterUuid: string): Promise<void> {
  if (onlyReads(search)) return;
  const { key, place, owner } = ownership(search, clusterUuid);
  if ((await bucket.create(key, JSON.stringify(owner))) !== undefined) return;
  refuseForeignOwner((await bucket.get(key))?.body ?? '', clusterUuid, place);
}

/** Whoever only reads may do so beside others. */
function onlyReads({ repository }: SearchPlan): boolean {
  return isReadOnly(repository.settings);
}

function ownership({ endpoint, repository: { bucket, basePath } }: SearchPlan, clusterUuid: string) {
  const owner: RepositoryOwner = { version: 1, clusterUuid, endpoint };
  return { key: ownerKey(basePath), place: placeOf({ bucket, base_path: basePath }), owner };
}
