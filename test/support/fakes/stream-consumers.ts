import type { EventSourceMapping } from '../../../shared/contracts/table-settings.ts';
import type { StreamConsumers } from '../../../shared/ports/stream-consumers.ts';

/** The event source mappings of Lambda in memory, with their tags. */
export function fakeStreamConsumers(mappings: EventSourceMapping[] = []): StreamConsumers {
  return {
    list: async (streamArn) =>
      mappings.filter((mapping) => mapping.streamArn === streamArn).map(({ tags: _, ...mapping }) => mapping),
    tags: async (arn) => mappings.find((mapping) => mapping.arn === arn)?.tags ?? {},
  };
}
