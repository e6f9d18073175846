import type { EventSourceMapping } from '../../../shared/contracts/table-settings.ts';
import type { StreamConsumers } from '../../../shared/ports/stream-consumers.ts';

/** The event source mappings of Lambda in memory. */
export function fakeStreamConsumers(mappings: EventSourceMapping[] = []): StreamConsumers {
  return { list: async (streamArn) => mappings.filter((mapping) => mapping.streamArn === streamArn) };
}
