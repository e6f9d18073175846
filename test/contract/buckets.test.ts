import { randomUUID } from 'node:crypto';
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutObjectLockConfigurationCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, inject, it } from 'vitest';
import { s3Buckets } from '../../shared/adapters/s3-buckets.ts';
import type { Buckets, LifecycleRule } from '../../shared/ports/buckets.ts';
import { clientOf } from '../support/emulators.ts';
import { FakeAccount } from '../support/fakes/account.ts';

interface Setup {
  isBlocked?: boolean;
  rules?: LifecycleRule[];
  locks?: boolean;
  key?: string;
  /** JSON text. */
  policy?: string;
}

interface Subject {
  name: string;
  /** A bucket that is set up so, and is not public. */
  open(setup?: Setup): Promise<{ buckets: Buckets; bucket: string }>;
}

const forgetDeleted = {
  Expiration: { ExpiredObjectDeleteMarker: true },
  NoncurrentVersionExpiration: { NoncurrentDays: 30 },
};

async function emulator(endpoint: string, { isBlocked = true, rules, locks = false, key, policy }: Setup = {}) {
  const client = new S3Client({ ...clientOf(endpoint), forcePathStyle: true, followRegionRedirects: true });
  const Bucket = `inspected-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: locks }));
  const all = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
  if (isBlocked) await client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: all }));
  else await client.send(new DeletePublicAccessBlockCommand({ Bucket }));
  if (rules !== undefined) {
    const Rules = [
      ...rules.map(({ id, prefix, expires, archives }) => ({
        ID: id,
        Status: 'Enabled' as const,
        Filter: { Prefix: prefix },
        ...(expires ? { Expiration: { Days: 30 } } : {}),
        // What the deployment itself sets: it takes away nothing that the repository has.
        ...(expires || archives ? {} : forgetDeleted),
        ...(archives ? { Transitions: [{ Days: 10, StorageClass: 'GLACIER' as const }] } : {}),
      })),
      { ID: 'off', Status: 'Disabled' as const, Filter: { Prefix: '' }, Expiration: { Days: 1 } },
      { ID: 'tagged', Status: 'Enabled' as const, Filter: { Tag: { Key: 'a', Value: 'b' } }, Expiration: { Days: 1 } },
    ];
    const LifecycleConfiguration = { Rules };
    await client.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration }));
  }
  if (locks) {
    const Rule = { DefaultRetention: { Mode: 'GOVERNANCE' as const, Days: 1 } };
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' as const, Rule };
    await client.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
  }
  if (key !== undefined) {
    const byDefault = { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: key };
    const ServerSideEncryptionConfiguration = { Rules: [{ ApplyServerSideEncryptionByDefault: byDefault }] };
    await client.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
  }
  if (policy !== undefined) await client.send(new PutBucketPolicyCommand({ Bucket, Policy: policy }));
  return { buckets: s3Buckets(client), bucket: Bucket };
}

async function fake({ isBlocked = true, rules = [], locks = false, key, policy }: Setup = {}) {
  const account = new FakeAccount();
  account.changeBucket('snapshots', {
    region: 'us-east-1',
    isPublic: false,
    ignoresPolicies: isBlocked,
    isBlocked,
    policy: policy ?? '',
    lifecycleRules: rules,
    objectLock: locks ? { retains: true } : undefined,
    key,
  });
  return { buckets: account.bucketsPort, bucket: 'snapshots' };
}

const subjects: Subject[] = [
  { name: 'the fake', open: fake },
  { name: 'MiniStack', open: (setup) => emulator(inject('miniStack'), setup) },
  { name: 'moto', open: (setup) => emulator(inject('moto'), setup) },
];

describe.each(subjects)('buckets: $name', ({ open }) => {
  it('tells a bucket that has nothing set', async () => {
    const { buckets, bucket } = await open();

    expect(await buckets.region(bucket)).toBe('us-east-1');
    expect(await buckets.publicAccess(bucket)).toEqual({ isPublic: false, ignoresPolicies: true, isBlocked: true });
    expect(await buckets.lifecycleRules(bucket)).toEqual([]);
    expect(await buckets.objectLock(bucket)).toBeUndefined();
    expect(await buckets.key(bucket)).toBeUndefined();
    expect(await buckets.policy(bucket)).toBe('');
  });

  it('tells that nothing blocks public access', async () => {
    const { buckets, bucket } = await open({ isBlocked: false });

    expect(await buckets.publicAccess(bucket)).toEqual({ isPublic: false, ignoresPolicies: false, isBlocked: false });
  });

  it('tells the rules that are switched on and hold for every object', async () => {
    const rules = [
      { id: 'expires', prefix: 'app/', expires: true, archives: false },
      { id: 'archives', prefix: '', expires: false, archives: true },
      { id: 'forgets', prefix: '', expires: false, archives: false },
    ];
    const { buckets, bucket } = await open({ rules });

    expect(await buckets.lifecycleRules(bucket)).toEqual(rules);
  });

  it('tells Object Lock, and the key', async () => {
    const key = 'arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555555';
    const { buckets, bucket } = await open({ locks: true, key });

    expect(await buckets.objectLock(bucket)).toEqual({ retains: true });
    expect(await buckets.key(bucket)).toBe(key);
  });

  it('tells the policy', async () => {
    const statement = { Effect: 'Deny', Principal: '*', Action: 's3:DeleteBucket', Resource: 'arn:aws:s3:::*' };
    const policy = { Version: '2012-10-17', Statement: [statement] };
    const { buckets, bucket } = await open({ policy: JSON.stringify(policy) });

    expect(JSON.parse(await buckets.policy(bucket))).toEqual(policy);
  });

  it('says so of a bucket that is not there', async () => {
    const { buckets } = await open();
    const missing = `none-${randomUUID()}`;

    await expect(buckets.region(missing)).rejects.toMatchObject({ code: 'BUCKET_NOT_FOUND' });
    await expect(buckets.lifecycleRules(missing)).rejects.toMatchObject({ code: 'BUCKET_NOT_FOUND' });
  });
});
