/** Whose credentials calls are made with, in which account and where. */
export interface AccountIdentity {
  /** 12 digits. */
  id: string;
  /** `aws`, `aws-cn` or `aws-us-gov`: the second part of every ARN. */
  partition: string;
  region: string;
  /** Of a user, the root of the account, or a role as it was assumed (arn:aws:sts::<account>:assumed-role/<role>/<session>). */
  arn: string;
  /** The time of AWS, to the second; undefined where the answer carried none. */
  answeredAt: Date | undefined;
}

/** The AWS account that the credentials of the environment belong to. */
export interface Account {
  /**
   * Read only, may be retried, and needs no permission.
   *
   * @throws TandemError CREDENTIALS_MISSING, REGION_MISSING, SERVICE_UNAVAILABLE, PROVIDER_FAILURE
   */
  identity(): Promise<AccountIdentity>;
}
