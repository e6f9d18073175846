import {
  type EventSourceMappingConfiguration,
  type LambdaClient,
  ListTagsCommand,
  paginateListEventSourceMappings,
} from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { EventSourceMapping } from '../contracts/table-settings.ts';
import type { StreamConsumers } from '../ports/stream-consumers.ts';
import { ask, undefinedOn, understand } from './aws-call.ts';
import type { CallRates } from './call-rates.ts';

/** Lambda takes 15 calls a second of its control plane, those of everybody else in the account and region among them. */
export const lambdaCallRates = { ListEventSourceMappings: 8, ListTags: 4 } as const satisfies CallRates;

const mappingSchema = z.object({
  UUID: z.string(),
  EventSourceMappingArn: z.string().optional(),
  FunctionArn: z.string(),
  EventSourceArn: z.string(),
  State: z.string(),
});

/** The event source mappings of an account and region of Lambda. */
export function lambdaStreamConsumers(client: LambdaClient): StreamConsumers {
  return {
    list: (streamArn) =>
      ask(client, `ListEventSourceMappings of ${streamArn}`, async () => {
        const mappings: EventSourceMapping[] = [];
        for await (const page of paginateListEventSourceMappings({ client }, { EventSourceArn: streamArn })) {
          mappings.push(...(page.EventSourceMappings ?? []).map(toMapping));
        }
        return mappings;
      }),

    async tags(mappingArn) {
      const command = new ListTagsCommand({ Resource: mappingArn });
      const call = () => client.send(command).catch(undefinedOn('ResourceNotFoundException'));
      return (await ask(client, `ListTags of ${mappingArn}`, call))?.Tags ?? {};
    },
  };
}

function toMapping(described: EventSourceMappingConfiguration): EventSourceMapping {
  const mapping = understand(mappingSchema, described, 'ListEventSourceMappings');
  return {
    uuid: mapping.UUID,
    ...(mapping.EventSourceMappingArn && { arn: mapping.EventSourceMappingArn }),
    functionArn: mapping.FunctionArn,
    streamArn: mapping.EventSourceArn,
    state: mapping.State,
    configuration: configurationOf(described),
  };
}

/** What somebody configured, as plain JSON: all but the mapping's identity and what changes while it runs. */
function configurationOf(described: EventSourceMappingConfiguration): EventSourceMapping['configuration'] {
  const {
    UUID: _uuid,
    FunctionArn: _functionArn,
    EventSourceArn: _eventSourceArn,
    EventSourceMappingArn: _mappingArn,
    State: _state,
    StateTransitionReason: _reason,
    LastModified: _lastModified,
    LastProcessingResult: _lastProcessingResult,
    FilterCriteriaError: _filterCriteriaError,
    ...configuration
  } = described;
  return z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(configuration)));
}
