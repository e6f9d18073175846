import { acceptedIn } from './accepted-findings.ts';
import { bucketEncryption } from './encryption.ts';
import type { TemplateResource } from './template-resource.ts';

interface BucketOptions {
  name: string;
  kmsKey: string | undefined;
  rules: object[];
  objectLock?: object;
}

/**
 * A bucket that only this account reads, over TLS, whose objects are encrypted and versioned, and its policy. It outlives
 * the stack: what is in it cannot be made again. So does that of a first deployment that failed, which
 * RetainExceptOnCreate would delete again: nothing of a deployment deletes a bucket, and the next one says what to do.
 */
export function keptBucket(
  id: string,
  { name, kmsKey, rules, objectLock = {} }: BucketOptions,
): Record<string, TemplateResource> {
  const bucket = {
    Type: 'AWS::S3::Bucket',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Metadata: acceptedIn('bucket'),
    Properties: {
      BucketName: name,
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: { Rules: [...rules, forgetUploads] },
      BucketEncryption: bucketEncryption(kmsKey),
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      ...objectLock,
    },
  };
  return { [id]: bucket, [`${id}Policy`]: tlsOnly(id) };
}

/** What was begun and never ended is stored, billed and seen by nobody. */
const forgetUploads = {
  Id: 'forget-unfinished-uploads',
  Status: 'Enabled',
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
};

function tlsOnly(bucket: string) {
  const statement = {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [{ 'Fn::GetAtt': [bucket, 'Arn'] }, { 'Fn::Sub': `\${${bucket}.Arn}/*` }],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  return {
    Type: 'AWS::S3::BucketPolicy',
    // Kept with its bucket: without it, plain HTTP would be answered from the day the stack goes.
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: { Bucket: { Ref: bucket }, PolicyDocument: { Version: '2012-10-17', Statement: [statement] } },
  };
}
