import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  type EventSourceMappingConfiguration,
  type LambdaClient,
  ListTagsCommand,
  paginateListEventSourceMappings,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { EventSourceMapping } from '../contracts/table-settings.ts';
import type { StreamConsumers } from '../ports/stream-consumers.ts';
import { ask, askOnce, undefinedOn, understand } from './aws-call.ts';
import type { CallRates } from './call-rates.ts';
import { ownTags } from './dynamodb-table-settings.ts';
import { configurationSchema } from './event-source-mapping.ts';

/** Lambda takes 15 calls a second of its control plane, those of everybody else in the account and region among them. */
export const lambdaCallRates = {
  ListEventSourceMappings: 8,
  ListTags: 4,
  CreateEventSourceMapping: 2,
  UpdateEventSourceMapping: 2,
  DeleteEventSourceMapping: 2,
  GetFunctionConcurrency: 2,
  PutFunctionConcurrency: 2,
  DeleteFunctionConcurrency: 2,
} as const satisfies CallRates;

const mappingSchema = z.object({
  UUID: z.string(),
  EventSourceMappingArn: z.string().optional(),
  FunctionArn: z.string(),
  EventSourceArn: z.string(),
  State: z.string(),
});

/** A mapping that is being made, changed or deleted is "in use". */
const refusals = { ResourceInUseException: 'NOT_READY' } as const;
const refusalsOfCreate = { ...refusals, ResourceConflictException: 'NOT_READY' } as const;

/**
 * The event source mappings of an account and region of Lambda.
 *
 * @param connect makes a client with these options besides the usual ones; one that never tries again is needed to make
 * a mapping
 */
export function lambdaStreamConsumers(connect: (options: { maxAttempts?: number }) => LambdaClient): StreamConsumers {
  const client = connect({});
  const clientForOnce = connect({ maxAttempts: 1 });
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

    async create(streamArn, { functionArn, configuration, tags }) {
      const what = `CreateEventSourceMapping of ${functionArn} on ${streamArn}`;
      const command = new CreateEventSourceMappingCommand({
        ...understand(configurationSchema, configuration, what),
        EventSourceArn: streamArn,
        FunctionName: functionArn,
        Enabled: false,
        Tags: tags && ownTags(tags),
      });
      await askOnce(clientForOnce, what, () => clientForOnce.send(command), refusalsOfCreate);
    },

    async setEnabled(uuid, enabled) {
      const command = new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled: enabled });
      await ask(client, `UpdateEventSourceMapping ${uuid}`, () => client.send(command), refusals);
    },

    async delete(uuid) {
      const command = new DeleteEventSourceMappingCommand({ UUID: uuid });
      const call = () => client.send(command).catch(undefinedOn('ResourceNotFoundException'));
      await ask(client, `DeleteEventSourceMapping ${uuid}`, call, refusals);
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
