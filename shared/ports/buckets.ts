/** A lifecycle rule that is switched on and holds for objects of any tag and size. */
export interface LifecycleRule {
  id: string;
  /** Of the keys that it holds for. */
  prefix: string;
  /** True where it deletes current versions. */
  expires: boolean;
  /** True where it moves current versions to a storage class that has to be restored from before it can be read. */
  archives: boolean;
}

/**
 * How buckets of S3 are set up. Read only, may be retried. Throws BUCKET_NOT_FOUND where there is no such bucket,
 * ACCESS_DENIED where the caller may not look, and as the other AWS ports do.
 */
export interface Buckets {
  region(bucket: string): Promise<string>;
  /** Whether its policy or its ACL makes it public; whether a policy cannot, or neither of them can. */
  publicAccess(bucket: string): Promise<{ isPublic: boolean; ignoresPolicies: boolean; isBlocked: boolean }>;
  /** Its policy, as JSON text; empty where it has none. */
  policy(bucket: string): Promise<string>;
  lifecycleRules(bucket: string): Promise<LifecycleRule[]>;
  /** Undefined without Object Lock; `retains` where it locks every new object by default. */
  objectLock(bucket: string): Promise<{ retains: boolean } | undefined>;
  /** The KMS key that its objects are encrypted with by default, by its ARN, its id or an alias; undefined for S3's own. */
  key(bucket: string): Promise<string | undefined>;
}
