import type { RepositoryPlan } from '../../contracts/plan-file.ts';
import type { Buckets, LifecycleRule } from '../../ports/buckets.ts';
import { snapshotBucketChecks } from './checks/snapshot-bucket.ts';
import { type Finding, finderOf, judged, ok } from './finding.ts';
import { type Observed, seenOf } from './observed.ts';

const found = finderOf(snapshotBucketChecks);

/** What was seen of the bucket of a repository. */
export type BucketFacts = {
  [Fact in Exclude<keyof Buckets, 'key' | 'policy'>]: Observed<Awaited<ReturnType<Buckets[Fact]>>>;
} & {
  /** Whether its policy allows everybody something. */
  opensToEverybody: Observed<boolean>;
};

/**
 * Whether the bucket can hold a repository, and keeps it: the managed service wants no rule that takes objects away or
 * to Glacier and no Object Lock, because later snapshots use the files of earlier ones.
 *
 * @param region that of the domain
 * @see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-snapshots.html
 */
export function judgeBucket(facts: BucketFacts, repository: RepositoryPlan, region: string): Finding[] {
  const { bucket, basePath } = repository;
  return [
    judgePlace(facts.region, repository, region),
    judged('BUCKET_PRIVATE', facts.publicAccess, ({ isPublic, ignoresPolicies, isBlocked }) => {
      if (isBlocked) return ok('BUCKET_PRIVATE', 'public access is blocked');
      const isOpened = !ignoresPolicies && seenOf(facts.opensToEverybody) === true;
      return found('BUCKET_PRIVATE', isPublic || isOpened ? 'public' : 'unblocked', { bucket });
    }),
    judged('BUCKET_LIFECYCLE', facts.lifecycleRules, (rules) => judgeLifecycle(rules, bucket, basePath)),
    judged('BUCKET_OBJECT_LOCK', facts.objectLock, (lock) => {
      if (lock === undefined) return ok('BUCKET_OBJECT_LOCK', 'no Object Lock');
      return found('BUCKET_OBJECT_LOCK', lock.retains ? 'retains' : 'enabled', { bucket });
    }),
  ];
}

function judgePlace(place: BucketFacts['region'], { bucket, settings }: RepositoryPlan, region: string): Finding {
  if ('unseen' in place && place.unseen.code === 'BUCKET_NOT_FOUND') {
    return found('BUCKET_REGION', 'missing', { bucket, region });
  }
  return judged('BUCKET_REGION', place, (bucketRegion) => {
    if (bucketRegion === region) return ok('BUCKET_REGION', `s3://${bucket} in ${bucketRegion}`);
    if ('endpoint' in settings)
      return ok('BUCKET_REGION', `s3://${bucket} in ${bucketRegion}, by an endpoint of its own`);
    return found('BUCKET_REGION', 'another', { bucket, found: bucketRegion, region });
  });
}

function judgeLifecycle(rules: LifecycleRule[], bucket: string, basePath: string): Finding {
  const own = basePath === '' ? '' : `${basePath}/`;
  const concerned = rules.filter(({ prefix }) => prefix.startsWith(own) || own.startsWith(prefix));
  const named = (picked: LifecycleRule[]) => {
    const rules = picked.map(({ id }) => id);
    // A backtick would end the literal.
    const literal = `\`${JSON.stringify(rules).replaceAll('`', '\\`')}\``;
    return { bucket, rules, others: `{Rules: Rules[?!contains(${literal}, ID)]}` };
  };
  const expiring = concerned.filter(({ expires }) => expires);
  if (expiring.length > 0) return found('BUCKET_LIFECYCLE', 'expires', named(expiring));
  const archiving = concerned.filter(({ archives }) => archives);
  if (archiving.length > 0) return found('BUCKET_LIFECYCLE', 'archives', named(archiving));
  return ok('BUCKET_LIFECYCLE', 'no rule touches the repository');
}
