import * as z from 'zod';

export const repositoriesSchema = z.record(
  z.string(),
  z.object({ type: z.string(), settings: z.record(z.string(), z.string()).default({}) }),
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
