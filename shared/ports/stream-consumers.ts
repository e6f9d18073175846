import type { EventSourceMapping } from '../contracts/table-settings.ts';

/**
 * The event source mappings of Lambda. Read only, may be retried. Throws as the other AWS ports do, and
 * SERVICE_NOT_OFFERED where the endpoint does not know the operation, as some emulators do not.
 */
export interface StreamConsumers {
  /** Every mapping on a stream, with all it has but its tags. */
  list(streamArn: string): Promise<EventSourceMapping[]>;
  /** The tags of a mapping; none of one that was deleted meanwhile. */
  tags(mappingArn: string): Promise<Record<string, string>>;
}
