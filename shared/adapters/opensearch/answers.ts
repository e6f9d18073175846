import * as z from 'zod';

/*
 * The answers of the search server, as far as Tandem reads them. OpenSearch 3.8 and Elasticsearch 7.10 give the same.
 * Where a `filter_path` leaves nothing over, the server answers `{}`: hence the defaults.
 */

/** What the server tells of each index, by name. A map, since an index may well be called `constructor`. */
const byIndex = <S extends z.ZodType>(schema: S) =>
  z.record(z.string(), schema).transform((answer) => new Map(Object.entries(answer)));

export const acknowledgedSchema = z.object({ acknowledged: z.boolean() });
export const acceptedSchema = z.object({ accepted: z.literal(true) });
export const shardsAnsweredSchema = z.object({ _shards: z.object({ total: z.number(), failed: z.number() }) });

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

export const repositoriesSchema = z.record(
  z.string(),
  z.object({ type: z.string(), settings: z.record(z.string(), z.string()).default({}) }),
);

/** Of the security plugin: who the caller is to it. */
export const securityCallerSchema = z.object({ roles: z.array(z.string()).default([]) });

export const actionGroupsSchema = z.record(
  z.string(),
  z.object({ allowed_actions: z.array(z.string()).default([]) }).transform(({ allowed_actions }) => allowed_actions),
);

export const verifiedSchema = z.object({ nodes: z.record(z.string(), z.unknown()) });

const shardFailureSchema = z.object({
  index: z.string(),
  shard_id: z.number().optional(),
  reason: z.string().nullish(),
});

export const snapshotsSchema = z.object({
  snapshots: z.array(
    z.object({
      snapshot: z.string(),
      uuid: z.string(),
      state: z.enum(['IN_PROGRESS', 'SUCCESS', 'PARTIAL', 'FAILED', 'INCOMPATIBLE']),
      indices: z.array(z.string()).default([]),
      metadata: z.record(z.string(), z.unknown()).nullish(),
      start_time_in_millis: z.number().default(0),
      end_time_in_millis: z.number().default(0),
      shards: z
        .object({ total: z.number(), failed: z.number(), successful: z.number() })
        .default({ total: 0, failed: 0, successful: 0 }),
      failures: z.array(shardFailureSchema).default([]),
      version: z.string().optional(),
    }),
  ),
});

/** The status of a snapshot that has ended: of each index its shards, and all that its files take. */
export const snapshotContentsSchema = z.object({
  snapshots: z
    .array(
      z.object({
        indices: z
          .record(
            z.string(),
            z.object({
              shards_stats: z.object({ total: z.number() }),
              stats: z.object({ total: z.object({ size_in_bytes: z.number() }) }),
            }),
          )
          .default({}),
      }),
    )
    .default([]),
});

export const runningSnapshotsSchema = z.object({
  snapshots: z.array(z.object({ repository: z.string(), snapshot: z.string() })).default([]),
});

export const progressSchema = z.object({
  snapshots: z
    .array(
      z.object({
        snapshot: z.string(),
        shards_stats: z.object({ done: z.number(), failed: z.number(), total: z.number() }),
        stats: z.object({ processed: z.object({ size_in_bytes: z.number() }).optional() }).prefault({}),
      }),
    )
    .default([]),
});

/** What the security plugin says where it did what was asked. */
export const securityDoneSchema = z.object({ status: z.enum(['OK', 'CREATED']) });

const indexPermissionSchema = z
  .object({
    index_patterns: z.array(z.string()),
    allowed_actions: z.array(z.string()),
    dls: z.string().nullish(),
    fls: z.array(z.string()).nullish(),
    masked_fields: z.array(z.string()).nullish(),
  })
  .transform(({ index_patterns, allowed_actions, dls, fls, masked_fields }) => {
    const isNarrowed = [dls, fls, masked_fields].some((limit) => limit != null && limit.length > 0);
    const permission = { indexPatterns: index_patterns, allowedActions: allowed_actions };
    return isNarrowed ? { ...permission, narrowed: true } : permission;
  });

export const securityRolesSchema = z.record(
  z.string(),
  z
    .object({
      cluster_permissions: z.array(z.string()).default([]),
      index_permissions: z.array(indexPermissionSchema).default([]),
    })
    .transform(({ cluster_permissions, index_permissions }) => ({
      clusterPermissions: cluster_permissions,
      indexPermissions: index_permissions,
    })),
);

export const securityMappingsSchema = z.record(
  z.string(),
  z
    .object({
      backend_roles: z.array(z.string()).default([]),
      users: z.array(z.string()).default([]),
      reserved: z.boolean().default(false),
    })
    .transform(({ backend_roles, users, reserved }) => ({ backendRoles: backend_roles, users, isReserved: reserved })),
);
