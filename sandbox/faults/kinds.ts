/** What can go wrong between a client and a service, for tests of what the client makes of it. */
export const faultKinds = [
  /** The connection is reset, and the service never sees the request. */
  'reset',
  /** The service acts, and the connection is cut before the answer. */
  'lost answer',
  /** The service asks to be called less often. */
  'throttled',
  /** The service says that it cannot at the moment. */
  'unavailable',
  /** The service acts, and a load balancer gives up on it: HTTP 504. */
  'gateway timeout',
  /** The page of something that is not the service: HTTP 500, HTML. */
  'page',
  /** The service acts, and its answer never comes. */
  'slow',
  /** The service acts, and the connection is cut within the answer. */
  'half',
  /** The service acts, and its answer ends in the middle as if that were all. */
  'truncated',
  /** No policy allows it. */
  'denied',
  /** What is asked for is in a state that does not allow it. */
  'in use',
  /** Too much of it goes on at the same time. */
  'limit exceeded',
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** The services that a fault layer may stand in front of, each with words of its own. */
export type FaultyService = 'dynamodb' | 's3' | 'lambda' | 'opensearch';

/** True where the service does what was asked, whatever the client is told. */
export function acts(kind: FaultKind): boolean {
  return ['lost answer', 'gateway timeout', 'slow', 'half', 'truncated'].includes(kind);
}
