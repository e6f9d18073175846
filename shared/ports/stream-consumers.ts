import type { EventSourceMapping } from '../contracts/table-settings.ts';

/**
 * The event source mappings of Lambda. All throw as the other AWS ports do, and SERVICE_NOT_OFFERED where the endpoint
 * does not know the operation, as some emulators do not. Reads may be retried.
 */
export interface StreamConsumers {
  /** Every mapping on a stream, with all it has but its tags; of a stream that is no more as well. */
  list(streamArn: string): Promise<EventSourceMapping[]>;
  /** The tags of a mapping; none of one that was deleted meanwhile. */
  tags(mappingArn: string): Promise<Record<string, string>>;
  /**
   * Makes a mapping on a stream for the function of another one, with the configuration and the tags of that, switched
   * off. Never retried inside: Lambda has no client token for it, so that only `list` tells what a lost answer said.
   *
   * @throws OUTCOME_UNKNOWN (cut off or HTTP 5xx), NOT_READY (the function has a mapping on that stream by now)
   */
  create(streamArn: string, like: Pick<EventSourceMapping, 'functionArn' | 'configuration' | 'tags'>): Promise<void>;
  /** Switches a mapping on or off. @throws NOT_READY while it is being changed */
  setEnabled(uuid: string, enabled: boolean): Promise<void>;
  /** One that is gone is no error. @throws NOT_READY while it is being changed */
  delete(uuid: string): Promise<void>;
}
