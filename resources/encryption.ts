import type { Resource } from './access-policy.ts';

/** Leaves out the property whose value it is. */
const leftOut = { Ref: 'AWS::NoValue' };

/**
 * What encrypts everything that the deployment makes: the key that the plan file names, or the services' own.
 *
 * Without a key of the account the topic is not encrypted: CloudWatch cannot use the key of SNS itself (alias/aws/sns),
 * whose policy nobody can change, and an alarm that cannot be told is worse than one that says which run failed.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function encryption(kmsKey: string | undefined) {
  return {
    /** The key of a log group, a queue or a topic. */
    key: kmsKey ?? leftOut,
    /** Whether the queue uses the key of SQS itself. */
    queueByService: kmsKey === undefined ? true : leftOut,
  };
}

/** The default encryption of a bucket. */
export function bucketEncryption(kmsKey: string | undefined) {
  const rule =
    kmsKey === undefined
      ? { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }
      : {
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: kmsKey },
          // One call to KMS for many objects, which are billed by the call.
          BucketKeyEnabled: true,
        };
  return { ServerSideEncryptionConfiguration: [rule] };
}

/** The use of the key through these services of the deployment's region, and not by itself. */
export function keyUse(kmsKey: string, services: string[]) {
  const via: Resource[] = services.map((service) => ({ 'Fn::Sub': `${service}.\${AWS::Region}.amazonaws.com` }));
  return {
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: [kmsKey],
    Condition: { StringEquals: { 'kms:ViaService': via } },
  };
}
