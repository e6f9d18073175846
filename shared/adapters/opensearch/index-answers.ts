import * as z from 'zod';
import { byIndex } from './answers.ts';

export const resolvedIndicesSchema = z.object({
  indices: z.array(z.object({ name: z.string() })).default([]),
  aliases: z.array(z.object({ name: z.string(), indices: z.array(z.string()) })).default([]),
  data_streams: z
    .array(
      z
        .object({ name: z.string(), backing_indices: z.array(z.string()) })
        .transform(({ name, backing_indices: indices }) => ({ name, indices })),
    )
    .default([]),
});

export const uuidAnswerSchema = byIndex(
  z
    .object({ settings: z.object({ index: z.object({ uuid: z.string() }) }) })
    .transform(({ settings }) => settings.index),
);

export const creationAnswerSchema = byIndex(
  z
    .object({
      settings: z.object({
        index: z.object({ creation_date: z.coerce.number().transform((milliseconds) => new Date(milliseconds)) }),
      }),
    })
    .transform(({ settings }) => settings.index),
);

export const flatSettingsSchema = byIndex(
  z.object({ settings: z.record(z.string(), z.unknown()) }).transform(({ settings }) => settings),
);

export const mappingsSchema = byIndex(
  z.object({ mappings: z.record(z.string(), z.unknown()) }).transform(({ mappings }) => mappings),
);

export const settingsAnswerSchema = byIndex(
  z
    .object({
      settings: z.object({
        index: z.object({
          uuid: z.string(),
          number_of_shards: z.coerce.number(),
          number_of_replicas: z.coerce.number(),
          version: z.object({ created_string: z.string() }),
        }),
      }),
    })
    .transform(({ settings }) => settings.index),
);

export const blocksAnswerSchema = z.object({
  blocks: z.object({ indices: byIndex(z.record(z.string(), z.unknown())).prefault({}) }).prefault({}),
});

export const aliasesAnswerSchema = byIndex(
  z.object({ aliases: z.record(z.string(), z.record(z.string(), z.unknown())) }).transform(({ aliases }) => aliases),
);

export const storeAnswerSchema = z.object({
  indices: byIndex(z.object({ primaries: z.object({ store: z.object({ size_in_bytes: z.number() }) }) })).prefault({}),
});

export const countsAnswerSchema = z.object({
  aggregations: z.object({
    indices: z.object({ buckets: z.array(z.object({ key: z.string(), doc_count: z.number() })) }),
  }),
});

export const healthAnswerSchema = z.object({
  indices: byIndex(
    z.object({
      status: z.enum(['green', 'yellow', 'red']),
      number_of_shards: z.number(),
      active_primary_shards: z.number(),
      initializing_shards: z.number(),
      relocating_shards: z.number(),
    }),
  ).prefault({}),
});

export const recoveryAnswerSchema = byIndex(
  z.object({
    shards: z
      .array(
        z.object({
          id: z.number(),
          type: z.string(),
          stage: z.string(),
          primary: z.boolean(),
          /** Of a shard that is restored from a snapshot; those of other types have other fields. */
          source: z.object({ repository: z.string().optional(), snapshot: z.string().optional() }).default({}),
        }),
      )
      .default([]),
  }),
);

export const shardListSchema = z.array(
  z.object({ shard: z.coerce.number(), prirep: z.enum(['p', 'r']), state: z.string() }),
);

export const explanationSchema = z.object({
  unassigned_info: z.object({ reason: z.string(), details: z.string().optional() }).optional(),
  allocate_explanation: z.string().optional(),
  node_allocation_decisions: z
    .array(
      z.object({
        deciders: z.array(z.object({ decider: z.string(), decision: z.string(), explanation: z.string() })).default([]),
      }),
    )
    .default([]),
});
