/**
 * Who is who in IAM, and what a principal's own policies allow. Throws CREDENTIALS_MISSING, REGION_MISSING,
 * ACCESS_DENIED; THROTTLED or SERVICE_UNAVAILABLE where asking again is right.
 */
export interface Identities {
  /** The ARN of whoever asks; of a role it is that of the session. */
  caller(): Promise<string>;
  /** Those of the actions that the policies of a principal allow on a resource, whatever the resource's own policy says. */
  allowed(principal: string, actions: string[], resource: string): Promise<string[]>;
}
