/** Whose credentials the calls are made with. */
export interface Caller {
  account: string;
  /** Of a user, the root of an account, or a role as it was assumed (arn:aws:sts::<account>:assumed-role/<role>/<session>). */
  arn: string;
  /** The time of AWS, to the second; undefined where the answer carried none. */
  answeredAt: Date | undefined;
}

/** STS. Read only, may be retried. */
export interface CallerIdentity {
  /** @throws CREDENTIALS_MISSING, REGION_MISSING, and as the other AWS ports do */
  caller(): Promise<Caller>;
}
