/** What a role is. */
export interface Role {
  /** With its path. */
  arn: string;
  /** Who may assume it, as JSON text. */
  trustPolicy: string;
}

/**
 * What the policies of a principal say of an action: they allow it, deny it or say nothing of it; or it depends on what is
 * known only when the call is made.
 */
export type Decision = 'allowed' | 'denied' | 'silent' | 'unclear';

/**
 * Who is who in IAM, and what a principal's own policies allow. Read only, may be retried. Throws ACCESS_DENIED where the
 * caller may not look, PRINCIPAL_UNKNOWN, and as the other AWS ports do.
 */
export interface Identities {
  /** The role of that name, or undefined where there is none. */
  role(name: string): Promise<Role | undefined>;
  /**
   * What the policies of a role or a user, and its permissions boundary, say of each action on a resource, as the policy
   * simulator has it: whatever the resource's own policy says.
   *
   * @param passedTo the service that a role would be passed to, for iam:PassRole
   */
  decisions(
    principalArn: string,
    actions: string[],
    resource: string,
    passedTo?: string,
  ): Promise<{ action: string; decision: Decision }[]>;
}
