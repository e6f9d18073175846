/** What a role is. */
export interface Role {
  /** With its path. */
  arn: string;
  /** The services that its trust policy lets assume it. */
  trustedServices: string[];
}

/**
 * IAM, as far as one may ask what others may do. Read only, may be retried. Throws ACCESS_DENIED where the caller may
 * not look, and as the other AWS ports do.
 */
export interface Roles {
  /** The role of that name, or undefined where there is none. */
  find(name: string): Promise<Role | undefined>;
  /**
   * Those of the actions on a resource that the policies of a role or a user do not allow, as the policy simulator has
   * it: it knows the policies of the principal and its permissions boundary, and no policy of a bucket or of a key. None
   * of the root of an account.
   *
   * @param passedTo the service that a role would be passed to, for iam:PassRole
   * @throws TandemError PRINCIPAL_UNKNOWN
   */
  denied(principalArn: string, actions: string[], resource: string, passedTo?: string): Promise<string[]>;
}
