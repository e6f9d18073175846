import type { EventSourceMapping } from '../contracts/table-settings.ts';
import type { StreamConsumers } from '../ports/stream-consumers.ts';
import type { Readings } from './read-settings.ts';

/** The triggers on a stream with all they have; without their tags, or none, where the endpoint does not offer it. */
export async function readTriggers(
  streamArn: string,
  consumers: StreamConsumers,
  noted: Readings,
): Promise<EventSourceMapping[]> {
  const mappings = await noted.offered('eventSourceMappings', [], consumers.list(streamArn));
  return Promise.all(
    mappings.map(async (mapping) => {
      const { arn } = mapping;
      const tags = arn && (await noted.offered('eventSourceMappings.tags', undefined, consumers.tags(arn)));
      return { ...mapping, ...(tags && { tags }) };
    }),
  );
}
