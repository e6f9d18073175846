import * as z from 'zod';
import { itemFilterSchema } from '../plan-file.ts';
import { restorePlanSchema, wishesSchema } from '../restore-plan.ts';
import { connectionSchema } from './connection.ts';

/** What knows the stream of a table by its ARN and is not Tandem's to change: the restored table has another stream. */
const streamConsumersSchema = z.object({
  found: z.array(
    z.object({
      kind: z.enum(['pipe', 'export']),
      name: z.string(),
      table: z.string(),
      streamArn: z.string(),
      /** The stacks that import an export. */
      usedBy: z.array(z.string()),
    }),
  ),
  /** What could not be looked for, and why. */
  notLookedFor: z.array(z.string()),
});

/** A table and indices of the recovery point: what should be as many items here is as many documents there. */
export const pairSchema = z.object({
  table: z.string(),
  indices: z.array(z.string()),
  /** Which items; all of them where it is absent. */
  where: itemFilterSchema.optional(),
});

/** What a restore run is to do, as it was confirmed. */
export const restoreRunSchema = z.object({
  schemaVersion: z.literal(1),
  run: z.string(),
  execution: z.string(),
  startedAt: z.iso.datetime(),
  /** What was asked for; without any globs, everything was. */
  asked: wishesSchema,
  restorePlan: restorePlanSchema,
  planHash: z.string(),
  /** The restore run that is undone, where the recovery point is its safety point. */
  undoes: z.string().optional(),
  connection: connectionSchema.nullable(),
  consumers: streamConsumersSchema.default({ found: [], notLookedFor: [] }),
  pairs: z.array(pairSchema).default([]),
  /** An earlier restore whose writers are paused still: what they were before stands in its ledger. */
  writersOf: z.string().optional(),
  /** The restore of the plan before this one: what it has changed for its time and left so is taken over. */
  follows: z.string().optional(),
});

export type RestoreRun = z.infer<typeof restoreRunSchema>;
export type KnownStreamConsumers = z.infer<typeof streamConsumersSchema>;
export type Pair = z.infer<typeof pairSchema>;
