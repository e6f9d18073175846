import * as z from 'zod';
import { byName } from './by-name.ts';
import { absencesSchema, engineSchema, indexRecordSchema } from './manifest.ts';
import { authSchema, itemFilterSchema, repositorySchema } from './plan-file.ts';
import { restorePlanSchema, wishesSchema } from './restore-plan.ts';
import { eventSourceMappingSchema, tableSettingsSchema, tableShapeSchema } from './table-settings.ts';

/**
 * The ledger is a run's progress in the catalog bucket: one JSON object a part, each with one writer, so that the two
 * sides of a run never write over each other.
 */

const moment = z.iso.datetime();

/** The domain of a run and how to reach it. Holds the id of a secret, never a secret. */
const connectionSchema = z.object({ endpoint: z.string(), auth: authSchema });

/** Which repository a run writes to. Its other settings may hold keys, and stay in the plan file. */
const registeredRepositorySchema = repositorySchema.pick({ name: true, bucket: true, basePath: true });

/** What a backup run is to do, settled once at its start. */
export const backupRunSchema = z.object({
  schemaVersion: z.literal(1),
  run: z.string(),
  plan: z.string(),
  execution: z.string(),
  startedAt: moment,
  tables: z.array(z.string()),
  search: connectionSchema
    .extend({ repository: registeredRepositorySchema, engine: engineSchema, indices: z.array(z.string()) })
    .nullable(),
  /** What was found at the start that does not keep the run from being done. */
  warnings: z.array(z.string()).default([]),
  /** Of a safety point: the restore run that it is taken for, and what does not exist. */
  safetyOf: z.string().optional(),
  absent: absencesSchema.optional(),
});

const tableBackupSchema = z.object({
  /** TO_START: not asked for yet, or asked for without an answer. */
  status: z.enum(['TO_START', 'CREATING', 'AVAILABLE']),
  /** When it was asked for, where the answer is not known (yet): it may still appear. */
  askedAt: moment.optional(),
  backupArn: z.string().optional(),
  createdAt: moment.optional(),
  bytes: z.number().optional(),
  /** Why it could not be started yet. */
  waitingFor: z.string().optional(),
});

/** The table backups of a run, by table name. */
export const tableBackupsSchema = byName(tableBackupSchema);

const capturedTableSchema = z.object({
  arn: z.string(),
  tableId: z.string(),
  items: z.number(),
  bytes: z.number(),
  shape: tableShapeSchema,
  settings: tableSettingsSchema,
});

/** What the tables were like when their backups were taken, by table name. */
export const capturedTablesSchema = byName(capturedTableSchema);

/** The snapshot of a run. */
export const indexSnapshotSchema = z.object({
  /** Names that this run used up for snapshots that did not end well. */
  rejected: z.array(z.string()),
  name: z.string().optional(),
  uuid: z.string().optional(),
  /** The indices as they were just before the snapshot was started. */
  indices: z.array(indexRecordSchema),
  shardsDone: z.number(),
  shardsTotal: z.number(),
  completed: z
    .object({
      startedAt: moment,
      completedAt: moment,
      shards: z.number(),
      /** Documents of each index just after the snapshot had ended. */
      documentsAfter: byName(z.number().nullable()),
    })
    .optional(),
});

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
const pairSchema = z.object({
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
  startedAt: moment,
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

/** What the writers of a restore were just before it paused them, and so are to be again. */
export const pausedWritersSchema = z.object({
  mappings: z.array(
    z.object({
      table: z.string(),
      functionArn: z.string(),
      /** What it was then, and on which stream; null for one that the restore makes anew. */
      uuid: z.string().nullable(),
      streamArn: z.string().nullable(),
      enabled: z.boolean(),
    }),
  ),
  /** Null where nothing was reserved. */
  functions: z.array(z.object({ name: z.string(), reserved: z.number().nullable() })),
  /** When all were as before again. */
  resumedAt: moment.optional(),
  /** The later restore that found them paused, and puts them back in place of this one. */
  adoptedBy: z.string().optional(),
});

const tableStatusSchema = z.enum(['TO_START', 'DELETING', 'RESTORING', 'SETTLING', 'DONE']);

const tableRestoreSchema = z.object({
  status: tableStatusSchema,
  /** When it came to each status first. */
  since: z.partialRecord(tableStatusSchema, moment).optional(),
  /** The id of the table that the restore made, which tells it from every other one of its name. */
  newTableId: z.string().optional(),
  /** When a restore was asked for that was not answered (yet): the table may still appear. */
  askedAt: moment.optional(),
  /** The table that is to be deleted has lost its deletion protection to this run. */
  unprotected: z.literal(true).optional(),
  /** The triggers on the streams that the table had before it was touched. */
  oldTriggers: z.array(eventSourceMappingSchema).optional(),
  /** By setting or trigger that is put back: how often it was asked for, and why that is given up. */
  puttingBack: byName(z.object({ asked: z.number(), refused: z.string().optional() })).optional(),
  /** Why it could not be moved yet. */
  waitingFor: z.string().optional(),
  /** Why it cannot be moved, which ends the run once the other tables in hand are back. */
  failure: z.string().optional(),
});

/** The tables of a restore run, by name. */
export const tableRestoresSchema = byName(tableRestoreSchema);

/** How far one segment of a table is that is made equal to its backup in place. */
export const refillSegmentSchema = z.object({
  /** First what differs or is missing is written, by the backup's items; then what is not in the backup is deleted. */
  phase: z.enum(['WRITE', 'DELETE', 'DONE']),
  /** Where the phase goes on; undefined at its beginning. */
  after: z.string().optional(),
  /** Items of the backup that were looked at. */
  items: z.number(),
  written: z.number(),
  deleted: z.number(),
  /** Items of the live table that are in the backup. */
  kept: z.number(),
});

/** What was done to one table that is refilled, or is still to be done. */
const refillProgressSchema = z.object({
  done: z.boolean(),
  /** In the backup. */
  items: z.number(),
  written: z.number(),
  deleted: z.number(),
  /** In the live table, and in the backup too: as many as the backup has, once it is done. */
  kept: z.number(),
});

/** The refilled tables of a restore run, by name, as they were when all workers were looked at last. */
export const refillsSchema = byName(refillProgressSchema);

/** The indices of a restore run, by the names that they are restored under. */
export const indexRestoreSchema = z.object({
  /** Asked for, and so made by this run where they exist. */
  requested: z.array(z.string()),
  /** The uuids of those that exist: under its name, this run deletes no other than these. */
  made: z.array(z.string()),
  /** Deleted by this run, or just about to be. */
  deleted: z.array(z.string()),
  /** Closed by this run, or just about to be, to be restored over. */
  closed: z.array(z.string()).default([]),
  /** Came back broken, and are to be deleted and restored again. */
  failed: z.array(z.string()),
  recovered: z.array(z.string()),
  /** Asked for without replicas, and how many each is to get again. */
  withoutReplicas: byName(z.number()).prefault({}),
  shardsDone: z.number(),
  shardsTotal: z.number(),
  /** When they were asked for first, and when all of them were there. */
  askedAt: moment.optional(),
  recoveredAt: moment.optional(),
  /** Why an index stays yellow. */
  remarks: z.array(z.string()),
});

/** How far one segment of a table is counted. */
const segmentCountSchema = z.object({
  done: z.boolean(),
  /** Where it goes on; undefined at its beginning. */
  after: z.string().optional(),
  items: z.number(),
  /** Of them, those that a filter of a pair takes, by the filter. */
  taken: byName(z.number()),
  /** There is no such table. */
  gone: z.literal(true).optional(),
});

const sampleSchema = z.object({
  compared: z.number(),
  /** What is different of those. */
  differing: z.array(z.object({ key: z.string(), how: z.string() })),
  /** Why none could be compared: one of the two tables is not there. */
  notThere: z.string().optional(),
});

/** What was read of the restored tables, by name. */
export const itemReadingsSchema = z.object({
  /** Of the execution that reads them: another one, which carries on with the run, reads anew. */
  deadlineAt: moment,
  counts: byName(z.array(segmentCountSchema)),
  samples: byName(sampleSchema),
});

/** The settings of the cluster that a restore changes for its time, by name. */
export const changedSettingsSchema = z.object({
  settings: byName(
    z.object({
      level: z.enum(['persistent', 'transient']),
      /** Null where it was not set. */
      before: z.string().nullable(),
      during: z.string(),
      putBack: z.boolean(),
    }),
  ),
  /** Those that could not be changed, and what that means. */
  refused: byName(z.string()).prefault({}),
});

const differenceSchema = z.object({
  kind: z.enum(['table', 'index', 'pair']),
  name: z.string(),
  what: z.string(),
  expected: z.string(),
  found: z.string(),
  /** What to do about it, and why it is so where a service said why. */
  remedy: z.string().optional(),
});

/** What verification found. */
export const verificationSchema = z.object({
  verifiedAt: moment,
  tables: z.array(
    z.object({
      name: z.string(),
      /** In the recovery point, as DynamoDB had counted them up to six hours or so before. */
      items: z.number(),
      /** Of one that was refilled: the items that were written to it, and deleted from it. */
      written: z.number().optional(),
      deleted: z.number().optional(),
      /** In the restored table, counted one by one after the restore. */
      counted: z.number().optional(),
      sample: sampleSchema.optional(),
    }),
  ),
  indices: z.array(z.object({ name: z.string(), documents: z.number().nullable(), health: z.string() })),
  pairs: z
    .array(
      pairSchema.extend({
        /** Null where they could not be counted. */
        items: z.number().nullable(),
        documents: z.number().nullable(),
        /** STALE: what the recovery point says of the table, which DynamoDB counts every six hours or so. */
        counted: z.enum(['EXACTLY', 'STALE']),
      }),
    )
    .default([]),
  differences: z.array(differenceSchema),
  remarks: z.array(z.string()),
});

/** That the alert of a failed execution was sent. */
export const sentAlertSchema = z.object({ execution: z.string(), sentAt: moment });

export type BackupRun = z.infer<typeof backupRunSchema>;
export type TableBackupOfRun = z.infer<typeof tableBackupSchema>;
export type TableBackups = z.infer<typeof tableBackupsSchema>;
export type CapturedTable = z.infer<typeof capturedTableSchema>;
export type CapturedTables = z.infer<typeof capturedTablesSchema>;
export type IndexSnapshot = z.infer<typeof indexSnapshotSchema>;
export type RestoreRun = z.infer<typeof restoreRunSchema>;
export type PausedWriters = z.infer<typeof pausedWritersSchema>;
export type PuttingBack = NonNullable<TableRestore['puttingBack']>;
export type KnownStreamConsumers = z.infer<typeof streamConsumersSchema>;
export type TableRestore = z.infer<typeof tableRestoreSchema>;
export type TableRestores = z.infer<typeof tableRestoresSchema>;
export type RefillSegment = z.infer<typeof refillSegmentSchema>;
export type RefillProgress = z.infer<typeof refillProgressSchema>;
export type Refills = z.infer<typeof refillsSchema>;
export type IndexRestore = z.infer<typeof indexRestoreSchema>;
export type ChangedSettings = z.infer<typeof changedSettingsSchema>;
export type Pair = z.infer<typeof pairSchema>;
export type SegmentCount = z.infer<typeof segmentCountSchema>;
export type ItemSample = z.infer<typeof sampleSchema>;
export type ItemReadings = z.infer<typeof itemReadingsSchema>;
export type Difference = z.infer<typeof differenceSchema>;
export type SentAlert = z.infer<typeof sentAlertSchema>;
export type Verification = z.infer<typeof verificationSchema>;
