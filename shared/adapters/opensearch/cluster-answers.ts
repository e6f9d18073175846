import * as z from 'zod';

/** Elasticsearch names no distribution. */
export const engineAnswerSchema = z.object({
  version: z.object({ number: z.string(), distribution: z.string().optional() }),
  tagline: z.string(),
});

export const clusterUuidSchema = z.object({ cluster_uuid: z.string() });

export const nodesAnswerSchema = z.object({
  nodes: z
    .record(z.string(), z.object({ version: z.string() }))
    .refine((nodes) => Object.keys(nodes).length > 0, { message: 'there is no node' }),
});

export const topologyAnswerSchema = z.object({ number_of_data_nodes: z.number() });

export const clusterHealthSchema = z.object({
  status: z.enum(['green', 'yellow', 'red']),
  number_of_data_nodes: z.number(),
  active_shards: z.number(),
  initializing_shards: z.number(),
  unassigned_shards: z.number(),
});

const shardsPerNode = z.object({ cluster: z.object({ max_shards_per_node: z.coerce.number() }) });

/** Where it was never set, the default is told; set for a while, it goes before what was set to stay. */
export const shardsPerNodeSchema = z.object({
  transient: shardsPerNode.optional(),
  persistent: shardsPerNode.optional(),
  defaults: shardsPerNode.prefault({ cluster: { max_shards_per_node: 1_000 } }),
});

const setValues = z.record(z.string(), z.string()).default({});

export const setValuesSchema = z.object({ transient: setValues, persistent: setValues });

export const disksAnswerSchema = z.object({
  nodes: z
    .record(
      z.string(),
      z.object({ fs: z.object({ total: z.object({ total_in_bytes: z.number(), available_in_bytes: z.number() }) }) }),
    )
    .refine((nodes) => Object.keys(nodes).length > 0, { message: 'there is no data node' }),
});

const units = ['b', 'kb', 'mb', 'gb', 'tb', 'pb'];

/** `85%` and `0.85` of the disk used, `500mb` of it free: in the server's units, each 1,024 of the one before. */
const watermark = z
  .string()
  .regex(/^\d+(\.\d+)?(%|[kmgtp]?b)?$/i)
  .transform((text) => {
    const amount = Number.parseFloat(text);
    if (text.endsWith('%')) return { usedShare: amount / 100 };
    const unit = /[kmgtp]?b$/i.exec(text)?.[0].toLowerCase();
    return unit === undefined ? { usedShare: amount } : { freeBytes: amount * 1_024 ** units.indexOf(unit) };
  });

const diskSettings = z
  .object({
    cluster: z.object({
      routing: z.object({
        allocation: z.object({
          disk: z.object({
            threshold_enabled: z.stringbool().optional(),
            watermark: z.object({ low: watermark.optional(), high: watermark.optional() }).default({}),
          }),
        }),
      }),
    }),
  })
  .transform(({ cluster }) => cluster.routing.allocation.disk)
  .optional();

export const diskSettingsSchema = z.object({
  transient: diskSettings,
  persistent: diskSettings,
  defaults: diskSettings,
});
