/**
 * The Lambda functions of an account and region. Throws CREDENTIALS_MISSING, REGION_MISSING, ACCESS_DENIED; THROTTLED or
 * SERVICE_UNAVAILABLE where asking again is right.
 */
export interface DeployedFunctions {
  /** The ARN of the role that a function runs with; undefined where there is no such function. */
  role(name: string): Promise<string | undefined>;
  /**
   * Calls a function and waits for its answer. It may be called twice: an answer that is lost on the way is asked for again.
   *
   * @throws TandemError what the function failed with
   */
  call(name: string, input: object): Promise<unknown>;
}
