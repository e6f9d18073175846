import * as z from 'zod';

/** How a restore treats what exists. `replace`: delete, then restore under the same name. */
export const strategySchema = z.enum(['replace']);

/** The parts of a recovery point that a restore asks for. Where either list is given, only what it names is restored. */
export const selectionSchema = z.object({
  tables: z.array(z.string()).optional(),
  indices: z.array(z.string()).optional(),
});

const partSchema = z.object({
  name: z.string(),
  /** `replace`: it exists, is deleted and restored. `create`: it does not exist and is restored. */
  action: z.enum(['replace', 'create']),
  /** The id of what exists now (TableId of a table, uuid of an index), or null where nothing does. */
  currentId: z.string().nullable(),
});

const tableStepSchema = partSchema.extend({ backupArn: z.string(), deletionProtected: z.boolean() });
const indexStepSchema = partSchema.extend({ documents: z.number().nullable() });

/** An alias that names restored indices afterwards, and indices beside them that are left alone. */
const sharedAliasSchema = z.object({ alias: z.string(), restored: z.array(z.string()), kept: z.array(z.string()) });

/** What a restore would do, shown before anything is touched; its hash is what gets confirmed. */
export const restorePlanSchema = z.object({
  plan: z.string(),
  recoveryPoint: z.string(),
  manifestHash: z.string(),
  strategy: strategySchema,
  tables: z.array(tableStepSchema),
  indices: z.array(indexStepSchema),
  /** What matches the plan's patterns today but is not in the recovery point: it stays as it is. */
  kept: z.object({ tables: z.array(z.string()), indices: z.array(z.string()) }),
  sharedAliases: z.array(sharedAliasSchema),
});

export type Selection = z.infer<typeof selectionSchema>;
export type Strategy = z.infer<typeof strategySchema>;
export type TableToRestore = z.infer<typeof tableStepSchema>;
export type SharedAlias = z.infer<typeof sharedAliasSchema>;
export type RestorePlan = z.infer<typeof restorePlanSchema>;
