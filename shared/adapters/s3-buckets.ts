import {
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Buckets } from '../ports/buckets.ts';
import { ask, undefinedOn } from './aws-call.ts';

const refusals = { NoSuchBucket: 'BUCKET_NOT_FOUND', NotFound: 'BUCKET_NOT_FOUND' } as const;

/** Whoever is in these groups is anybody. */
const everybody = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

/** From these classes an object has to be restored before it can be read; of the third AWS advises against it. */
const archives = ['GLACIER', 'DEEP_ARCHIVE', 'GLACIER_IR'];

/** The buckets of S3. @param client one that follows a bucket to its region (`followRegionRedirects`) */
export function s3Buckets(client: S3Client): Buckets {
  const askOf = <Answer>(operation: string, Bucket: string, call: (input: { Bucket: string }) => Promise<Answer>) =>
    ask(client, `${operation} s3://${Bucket}`, () => call({ Bucket }), refusals);

  const blocks = (bucket: string) =>
    askOf('GetPublicAccessBlock', bucket, async (input) => {
      const call = client.send(new GetPublicAccessBlockCommand(input));
      const answer = await call.catch(undefinedOn('NoSuchPublicAccessBlockConfiguration'));
      const { IgnorePublicAcls, RestrictPublicBuckets } = answer?.PublicAccessBlockConfiguration ?? {};
      return { acls: IgnorePublicAcls === true, policies: RestrictPublicBuckets === true };
    });

  const isPublicByPolicy = (bucket: string) =>
    askOf('GetBucketPolicyStatus', bucket, async (input) => {
      const call = client.send(new GetBucketPolicyStatusCommand(input));
      return (await call.catch(undefinedOn('NoSuchBucketPolicy')))?.PolicyStatus?.IsPublic === true;
    });

  const isPublicByAcl = (bucket: string) =>
    askOf('GetBucketAcl', bucket, async (input) => {
      const { Grants = [] } = await client.send(new GetBucketAclCommand(input));
      return Grants.some(({ Grantee }) => everybody.test(Grantee?.URI ?? ''));
    });

  return {
    region: (bucket) =>
      askOf('GetBucketLocation', bucket, async (input) => {
        const { LocationConstraint: place } = await client.send(new GetBucketLocationCommand(input));
        // What it says of its two oldest regions.
        if (place === undefined || String(place) === '') return 'us-east-1';
        return place === 'EU' ? 'eu-west-1' : place;
      }),

    async publicAccess(bucket) {
      const { acls, policies } = await blocks(bucket);
      const [byPolicy, byAcl] = await Promise.all([
        policies ? false : isPublicByPolicy(bucket),
        acls ? false : isPublicByAcl(bucket),
      ]);
      return { isPublic: byPolicy || byAcl, ignoresPolicies: policies, isBlocked: acls && policies };
    },

    policy: (bucket) =>
      askOf('GetBucketPolicy', bucket, async (input) => {
        const call = client.send(new GetBucketPolicyCommand(input));
        return (await call.catch(undefinedOn('NoSuchBucketPolicy')))?.Policy ?? '';
      }),

    lifecycleRules: (bucket) =>
      askOf('GetBucketLifecycleConfiguration', bucket, async (input) => {
        const call = client.send(new GetBucketLifecycleConfigurationCommand(input));
        const answer = await call.catch(undefinedOn('NoSuchLifecycleConfiguration'));
        return (answer?.Rules ?? []).filter(concernsUntagged).map((rule, position) => ({
          id: rule.ID ?? `number ${position + 1}`,
          prefix: prefixOf(rule),
          expires: rule.Expiration?.Days !== undefined || rule.Expiration?.Date !== undefined,
          archives: (rule.Transitions ?? []).some(({ StorageClass = '' }) => archives.includes(StorageClass)),
        }));
      }),

    objectLock: (bucket) =>
      askOf('GetObjectLockConfiguration', bucket, async (input) => {
        const call = client.send(new GetObjectLockConfigurationCommand(input));
        const answer = await call.catch(
          undefinedOn('ObjectLockConfigurationNotFoundError', 'ObjectLockConfigurationNotFound'),
        );
        const { ObjectLockEnabled, Rule } = answer?.ObjectLockConfiguration ?? {};
        return ObjectLockEnabled === undefined ? undefined : { retains: Rule?.DefaultRetention !== undefined };
      }),

    key: (bucket) =>
      askOf('GetBucketEncryption', bucket, async (input) => {
        const call = client.send(new GetBucketEncryptionCommand(input));
        const answer = await call.catch(undefinedOn('ServerSideEncryptionConfigurationNotFoundError'));
        const rules = answer?.ServerSideEncryptionConfiguration?.Rules ?? [];
        return rules.flatMap((rule) => rule.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID ?? [])[0];
      }),
  };
}

/** The domain puts no tags on its objects. */
function concernsUntagged({ Status, Filter }: LifecycleRule): boolean {
  return Status === 'Enabled' && Filter?.Tag === undefined && (Filter?.And?.Tags ?? []).length === 0;
}

/** The last is how rules were written before there were filters. */
function prefixOf(rule: LifecycleRule): string {
  return rule.Filter?.And?.Prefix ?? rule.Filter?.Prefix ?? rule.Prefix ?? '';
}
