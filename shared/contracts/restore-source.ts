import * as z from 'zod';
import { manifestSchema, moment, searchRecordSchema, tableFactsSchema, tableRecordSchema } from './manifest.ts';

/**
 * What a restore brings back: a recovery point of the catalog; a snapshot of any repository of the domain, and so indices
 * alone; or the tables as they were at a moment, with the indices of a recovery point from before it.
 */
export const originSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('recoveryPoint') }),
  z.object({ kind: z.literal('snapshot'), repository: z.string(), snapshot: z.string() }),
  z.object({
    kind: z.literal('pointInTime'),
    at: moment,
    /** What the indices, and the settings of tables, come from; null where the plan has none from before that moment. */
    recoveryPoint: z.string().nullable(),
    /** By so many seconds the documents are older than the items, from the end of their snapshot; null without any. */
    skewSeconds: z.number().nullable(),
  }),
]);

/** A table that is restored from its backup, or from the live table as it was at a moment. */
export const sourceTableSchema = z.union([tableRecordSchema, tableFactsSchema.extend({ pointInTime: moment })]);

const sourceSearchSchema = searchRecordSchema.extend({
  /** Of a snapshot that somebody else took nobody knows which aliases its indices have. */
  aliasesUntold: z.literal(true).optional(),
});

/**
 * Everything that a restore knows of what it restores from, in the shape of a manifest, which it is for a recovery point.
 * Of any other origin PlanRestore finds it out, and the run keeps it in its ledger: no later step knows the difference.
 */
export const restoreSourceSchema = manifestSchema.extend({
  origin: originSchema.optional(),
  tables: z.array(sourceTableSchema),
  search: sourceSearchSchema.nullable(),
});

/** How a snapshot is named: `<repository>/<name>`. */
export const snapshotAddressSchema = z
  .string()
  .regex(
    /^[^/\s]+\/[^/\s]+$/,
    'must be a repository and the name of a snapshot in it, such as cs-automated/2026-11-27',
  );

/** A moment that tables are restored to, which is nobody's guess: at night an hour may come twice. */
export const atSchema = z.union(
  [z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })],
  'must be a time with its zone, such as 2026-11-27T03:00:00Z or 2026-11-27T04:00+01:00',
);

export type SourceTable = z.infer<typeof sourceTableSchema>;
export type SourceSearch = z.infer<typeof sourceSearchSchema>;
export type RestoreSource = z.infer<typeof restoreSourceSchema>;
