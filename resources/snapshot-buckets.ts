import { bucketNameSchema, type PlanFile, type RepositoryPlan } from '../shared/contracts/plan-file.ts';
import type { ReadPlanFile } from '../shared/core/plan-file.ts';
import { TandemError } from '../shared/errors/tandem-error.ts';
import { keptBucket } from './bucket.ts';
import { logicalId } from './logical-id.ts';
import { repositories } from './repositories.ts';
import type { TemplateResource } from './template-resource.ts';

/**
 * The buckets of the snapshot repositories, but for those that are there already. They are as the catalog's, with three
 * differences, because a repository is one structure of many objects that refer to each other, and the domain alone
 * knows which of them it still needs:
 *
 * - Nothing expires and nothing goes to Glacier: a snapshot of today refers to objects that the first one wrote. What is
 *   of no use any more the domain deletes when Tandem has it delete a snapshot.
 * - No Object Lock: the domain writes over some objects and deletes others with every snapshot, and could do neither.
 * - What the domain deleted or wrote over stays for 30 days as a noncurrent version, to undo a deletion by mistake or
 *   malice. For ever would be the storage of every snapshot ever taken. No object that the repository has is touched.
 *
 * @see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-snapshots.html
 * @throws TandemError PLAN_FILE_INVALID for a bucket that cannot be made
 */
export function snapshotBuckets(planFile: ReadPlanFile): Record<string, TemplateResource> {
  refuseUnmakeable(planFile);
  const { kmsKey } = planFile;
  return Object.fromEntries(
    namesOf(planFile).flatMap((name) =>
      Object.entries(keptBucket(bucketId(name), { name, kmsKey, rules: [forgetDeleted] })),
    ),
  );
}

function refuseUnmakeable(planFile: ReadPlanFile): void {
  const { catalog, plans, where } = planFile;
  const made = new Set(namesOf(planFile));
  for (const [plan, { search }] of Object.entries(plans)) {
    if (search === undefined) continue;
    const { bucket } = search.repository;
    const refuse = (why: string) => {
      const place = where('plans', plan, 'search', 'repository', 'bucket');
      return new TandemError('PLAN_FILE_INVALID', `${place}: plans.${plan}.search.repository.bucket: ${why}`);
    };
    // What is forgotten and locked in the two is not the same. One that is there already is its owner's affair.
    if (bucket === catalog.bucket && !(catalog.existing && !made.has(bucket))) {
      throw refuse('is the bucket of the catalog: the snapshots need one of their own');
    }
    if (made.has(bucket) && !bucketNameSchema.safeParse(bucket).success) {
      throw refuse('must be the name of a bucket that the deployment can make');
    }
  }
}

const forgetDeleted = {
  Id: 'forget-what-the-domain-deleted',
  Status: 'Enabled',
  NoncurrentVersionExpiration: { NoncurrentDays: 30 },
  // A mark of deletion with nothing behind it any more.
  ExpiredObjectDeleteMarker: true,
};

export function snapshotBucketOutputs(planFile: PlanFile) {
  return Object.fromEntries(
    namesOf(planFile).map((name) => [
      bucketId(name),
      { Description: 'A bucket of index snapshots', Value: { Ref: bucketId(name) } },
    ]),
  );
}

/** What the deployment makes: a bucket that several plans share is made once, and not at all if one of them says it exists. */
function namesOf(planFile: PlanFile): string[] {
  const all = repositories(planFile);
  const existing = new Set(all.filter(hasBucket).map(({ bucket }) => bucket));
  const missing = all.map(({ bucket }) => bucket).filter((bucket) => !existing.has(bucket));
  return [...new Set(missing)];
}

const hasBucket = ({ existing }: RepositoryPlan) => existing.includes('bucket');
const bucketId = (name: string) => logicalId('SnapshotBucket', name);
