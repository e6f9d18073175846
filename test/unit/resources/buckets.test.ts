import { describe, expect, test } from 'vitest';
import { searching, templateOf } from '../../support/template-of.ts';

const tables = { include: ['shop-*'] };
const bucketsOf = (...args: Parameters<typeof templateOf>) =>
  templateOf(...args)
    .ofType('AWS::S3::Bucket')
    .map(([, bucket]) => bucket);

test('the catalog and the snapshots are kept, versioned, encrypted, private and answered over TLS alone', () => {
  const { ofType } = templateOf({ shop: searching() });

  const [buckets, policies] = [ofType('AWS::S3::Bucket'), ofType('AWS::S3::BucketPolicy')];
  expect(buckets.map(([, { Properties }]) => Properties.BucketName)).toEqual(['the-catalog', 'snapshots']);
  for (const [id, bucket] of buckets) {
    expect(bucket).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(bucket.Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true },
    });
    expect(policies).toContainEqual([
      `${id}Policy`,
      expect.objectContaining({ Properties: expect.objectContaining({ Bucket: { Ref: id } }) }),
    ]);
  }
});

test('ledgers are forgotten after a while, and no rule of the catalog lets a recovery point expire', () => {
  const [catalog] = bucketsOf({ shop: { tables } });

  expect(catalog?.Properties.LifecycleConfiguration).toEqual({
    Rules: [
      expect.objectContaining({ Prefix: 'ledgers/', ExpirationInDays: 90 }),
      { Id: expect.any(String), Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
    ],
  });
});

describe('the snapshot bucket', () => {
  test('has no rule that touches an object which the repository still has, and no lock', () => {
    const [, snapshots] = bucketsOf({ shop: searching() }, { catalog: locked('compliance') });

    expect(JSON.stringify(snapshots)).not.toMatch(/Transition|ExpirationInDays|ExpirationDate|ObjectLock/);
    expect(snapshots?.Properties.LifecycleConfiguration).toMatchObject({
      Rules: [{ NoncurrentVersionExpiration: { NoncurrentDays: 30 } }, { AbortIncompleteMultipartUpload: {} }],
    });
  });

  test('is made once for the plans that share it', () => {
    const plans = {
      a: searching({ basePath: 'a' }),
      b: searching({ basePath: 'b' }),
      c: searching({ bucket: 'other' }),
    };

    expect(bucketsOf(plans).map(({ Properties }) => Properties.BucketName)).toEqual([
      'the-catalog',
      'snapshots',
      'other',
    ]);
  });

  test('is not made where a plan says that it exists', () => {
    expect(bucketsOf({ a: searching({ existing: ['bucket'] }), b: searching() })).toHaveLength(1);
    expect(bucketsOf({ shop: searching({ existing: ['role'] }) })).toHaveLength(2);
    expect(bucketsOf({ shop: { tables } })).toHaveLength(1);
  });
});

describe('a bucket that cannot be made', () => {
  const inCatalog = { bucket: 'the-catalog' };

  test.for([
    ['the bucket of the catalog', inCatalog, {}],
    ['the bucket of the catalog', { ...inCatalog, existing: ['bucket'] }, {}],
    ['the bucket of the catalog', inCatalog, { catalog: { bucket: 'the-catalog', existing: true } }],
    ['the name of a bucket', { bucket: 'Snapshots_2' }, {}],
  ] as const)('is %s where the snapshots are to be in %j, which tells the line', ([why, repository, others]) => {
    expect(() => bucketsOf({ shop: searching(repository) }, others)).toThrow(
      expect.objectContaining({
        code: 'PLAN_FILE_INVALID',
        message: expect.stringMatching(
          new RegExp(`^tandem\\.yml:\\d+: plans\\.shop\\.search\\.repository\\.bucket: .*${why}`),
        ),
      }),
    );
  });

  test('is no matter where it is there already', () => {
    const existing = { existing: ['bucket'] };
    const catalog = { bucket: 'the-catalog', existing: true };

    expect(bucketsOf({ shop: searching({ ...inCatalog, ...existing }) }, { catalog })).toEqual([]);
    expect(bucketsOf({ shop: searching({ bucket: 'Snapshots_2', ...existing }) }, { catalog })).toEqual([]);
  });
});

const locked = (mode: string) => ({ bucket: 'the-catalog', objectLock: { mode, days: 35 } });

test.for(['governance', 'compliance'] as const)(
  'the catalog is locked in %s mode where the plan file says so',
  (mode) => {
    const [catalog] = bucketsOf({ shop: { tables } }, { catalog: locked(mode) });

    expect(catalog?.Properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: mode.toUpperCase(), Days: 35 } } },
    });
  },
);

test('without a word about it nothing is locked', () => {
  expect(JSON.stringify(bucketsOf({ shop: { tables } }))).not.toContain('ObjectLock');
});
