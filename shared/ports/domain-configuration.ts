/** A domain as the service's control plane tells it. */
export interface DomainConfiguration {
  arn: string;
  /** Its access policy as JSON text, as it was last set; empty where it has none. */
  accessPolicy: string;
}

/**
 * The domains of the managed service, of an account. Throws CREDENTIALS_MISSING, REGION_MISSING, ACCESS_DENIED,
 * SERVICE_NOT_OFFERED; THROTTLED or SERVICE_UNAVAILABLE where asking again is right.
 */
export interface DomainConfigurations {
  /** A domain, or undefined where there is none of that name. */
  describe(domain: { name: string; region: string }): Promise<DomainConfiguration | undefined>;
  /** Replaces the access policy of a domain, which the service takes some minutes to put in force. */
  setAccessPolicy(domain: { name: string; region: string }, policy: string): Promise<void>;
}
