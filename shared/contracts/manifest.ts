import * as z from 'zod';
import { tableSettingsSchema, tableShapeSchema } from './table-settings.ts';

/** A moment, as ISO 8601 in UTC. */
export const moment = z.iso.datetime();

/**
 * The first and the last moment that the services report for a side. Of a table backup AWS promises no more than that
 * it holds what was committed a minute before the moment that it reports, and nothing from a minute after: the state of
 * a table may lie outside of the window by so much.
 */
const windowSchema = z.object({ from: moment, to: moment });

/** What a table is like, wherever its items come from. */
export const tableFactsSchema = z.object({
  name: z.string(),
  arn: z.string(),
  tableId: z.string(),
  /** DynamoDB counts items every six hours or so: a hint, not a proof. */
  items: z.number(),
  bytes: z.number(),
  shape: tableShapeSchema,
  settings: tableSettingsSchema,
});

export const tableRecordSchema = tableFactsSchema.extend({
  backupArn: z.string(),
  backupName: z.string(),
  backupCreatedAt: moment,
});

/** One side of the definition of an index, as canonical JSON. */
const capturedTextSchema = z.object({
  /** SHA-256, in hex. */
  hash: z.string(),
  /** Left out where it is long. */
  text: z.string().optional(),
});

/** The mappings of an index and those of its settings that matter, or why they are not known. */
const indexDefinitionSchema = z.union([
  z.object({ settings: capturedTextSchema, mappings: capturedTextSchema }),
  z.object({ notCaptured: z.string() }),
]);

export const indexRecordSchema = z.object({
  name: z.string(),
  uuid: z.string(),
  open: z.boolean(),
  /**
   * Documents as a search counts them, nested ones left out; null for an index that cannot be counted: closed, blocked
   * for reading, or without a primary.
   */
  documents: z.number().nullable(),
  bytes: z.number(),
  primaries: z.number(),
  replicas: z.number(),
  /** The engine's version that made the index, as `index.version.created` says it: a newer one cannot be restored into an older engine. */
  createdVersion: z.string(),
  /** The definition of each alias of the index, as `_alias` says it. */
  aliases: z.record(z.string(), z.record(z.string(), z.unknown())),
  /** Absent from recovery points of versions that did not capture it. */
  definition: indexDefinitionSchema.optional(),
});

export const engineSchema = z.object({ distribution: z.enum(['opensearch', 'elasticsearch']), version: z.string() });

export const searchRecordSchema = z.object({
  endpoint: z.string(),
  engine: engineSchema,
  repository: z.object({ name: z.string(), bucket: z.string(), basePath: z.string() }),
  snapshot: z.object({
    name: z.string(),
    uuid: z.string(),
    startedAt: moment,
    completedAt: moment,
    shards: z.number(),
  }),
  /** Each index just before the snapshot; `documentsAfter` differs from `documents` where it was being written meanwhile. */
  indices: z.array(indexRecordSchema.extend({ documentsAfter: z.number().nullable() })),
});

/** What did not exist: names of tables and indices. */
export const absencesSchema = z.object({ tables: z.array(z.string()), indices: z.array(z.string()) });

/** The record of a recovery point; it exists when its manifest exists, and the manifest is written last and once. */
export const manifestSchema = z.object({
  schemaVersion: z.literal(1),
  recoveryPoint: z.string(),
  plan: z.string(),
  startedAt: moment,
  completedAt: moment,
  windows: z.object({ tables: windowSchema.nullable(), search: windowSchema.nullable() }),
  /** The longest time, in seconds, between a moment that DynamoDB reports and one that the domain reports. */
  skewSeconds: z.number(),
  tables: z.array(tableRecordSchema),
  search: searchRecordSchema.nullable(),
  warnings: z.array(z.string()),
  /** Of a safety point, and of no other: the restore run before which it was taken. */
  safetyOf: z.string().optional(),
  /** Of a safety point: what that restore was to make. To bring the safety point back is to remove it again. */
  absent: absencesSchema.optional(),
  /** SHA-256, in hex, of the manifest without this field, as canonical JSON. */
  hash: z.string(),
});

export type Window = z.infer<typeof windowSchema>;
export type Engine = z.infer<typeof engineSchema>;
export type TableFacts = z.infer<typeof tableFactsSchema>;
export type TableRecord = z.infer<typeof tableRecordSchema>;
export type IndexRecord = z.infer<typeof indexRecordSchema>;
export type CapturedText = z.infer<typeof capturedTextSchema>;
export type IndexDefinition = z.infer<typeof indexDefinitionSchema>;
export type SearchRecord = z.infer<typeof searchRecordSchema>;
export type Absences = z.infer<typeof absencesSchema>;
export type Manifest = z.infer<typeof manifestSchema>;
