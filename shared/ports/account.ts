/** Whose account calls are made in, and where. */
export interface AccountIdentity {
  /** 12 digits. */
  id: string;
  /** `aws`, `aws-cn` or `aws-us-gov`: the second part of every ARN. */
  partition: string;
  region: string;
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
