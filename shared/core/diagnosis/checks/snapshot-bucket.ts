import type { CheckSet } from '../check.ts';

/** A rule has one name for all that it does, and comes and goes as a whole. */
const removeRules =
  'aws s3api get-bucket-lifecycle-configuration --bucket <bucket> --output json --query <others> > rules.json && aws s3api put-bucket-lifecycle-configuration --bucket <bucket> --lifecycle-configuration file://rules.json # takes <rules> out as a whole, for all objects that it is about; where no other is left: aws s3api delete-bucket-lifecycle --bucket <bucket>';

export const snapshotBucketChecks = {
  BUCKET_REGION: {
    topic: 'bucket',
    title: 'the bucket is there, in the region of the domain',
    problems: {
      missing: {
        outcome: 'failed',
        says: 'There is no bucket <bucket>.',
        remedy: 'aws s3 mb s3://<bucket> --region <region>',
      },
      another: {
        outcome: 'failed',
        says: 'Bucket <bucket> is in <found>, the domain in <region>.',
        remedy: 'Give search.repository.settings: { endpoint: s3.amazonaws.com }, or use a bucket in <region>.',
      },
    },
  },
  BUCKET_PRIVATE: {
    topic: 'bucket',
    title: 'the bucket is not public',
    problems: {
      public: {
        outcome: 'failed',
        says: 'Bucket <bucket> is public: anybody can read what is in the snapshots.',
        remedy:
          'aws s3api put-public-access-block --bucket <bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
      },
      unblocked: {
        outcome: 'warning',
        says: 'Bucket <bucket> is not public, but nothing keeps it from becoming so.',
        remedy:
          'aws s3api put-public-access-block --bucket <bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
      },
    },
  },
  BUCKET_LIFECYCLE: {
    topic: 'bucket',
    title: 'no rule takes objects of the repository away',
    problems: {
      expires: {
        outcome: 'failed',
        says: 'Rule <rules> of bucket <bucket> deletes objects of the repository: what a later snapshot needs goes with them.',
        remedy: removeRules,
      },
      archives: {
        outcome: 'failed',
        says: 'Rule <rules> of bucket <bucket> moves objects of the repository to Glacier, from where the domain cannot read them.',
        remedy: removeRules,
      },
    },
  },
  BUCKET_OBJECT_LOCK: {
    topic: 'bucket',
    title: 'the bucket does not lock objects',
    problems: {
      retains: {
        outcome: 'failed',
        says: 'Bucket <bucket> locks every object for a while (Object Lock): the domain cannot delete and replace its own files.',
        remedy: `aws s3api put-object-lock-configuration --bucket <bucket> --object-lock-configuration '{"ObjectLockEnabled":"Enabled"}' # or use another bucket`,
      },
      enabled: {
        outcome: 'warning',
        says: 'Bucket <bucket> has Object Lock, without a default retention: an object that somebody locks cannot be replaced by the domain.',
        remedy: 'Use a bucket without Object Lock.',
      },
    },
  },
} as const satisfies CheckSet;
