import type { EventSourceMapping } from '../contracts/table-settings.ts';

/** The event source mappings of Lambda. Read only, may be retried. Throws as the other AWS ports do. */
export interface StreamConsumers {
  /** Every mapping on a stream, with all it has. */
  list(streamArn: string): Promise<EventSourceMapping[]>;
}
