import * as z from 'zod';
import { byName } from '../by-name.ts';
import { absencesSchema, engineSchema, indexRecordSchema, tableFactsSchema } from '../manifest.ts';
import { repositorySchema } from '../plan-file.ts';
import { connectionSchema } from './connection.ts';

/** Which repository a run writes to. Its other settings may hold keys, and stay in the plan file. */
const registeredRepositorySchema = repositorySchema.pick({ name: true, bucket: true, basePath: true });

/** What a backup run is to do, settled once at its start. */
export const backupRunSchema = z.object({
  schemaVersion: z.literal(1),
  run: z.string(),
  plan: z.string(),
  execution: z.string(),
  startedAt: z.iso.datetime(),
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
  askedAt: z.iso.datetime().optional(),
  backupArn: z.string().optional(),
  createdAt: z.iso.datetime().optional(),
  bytes: z.number().optional(),
  /** Why it could not be started yet. */
  waitingFor: z.string().optional(),
});

/** The table backups of a run, by table name. */
export const tableBackupsSchema = byName(tableBackupSchema);

const capturedTableSchema = tableFactsSchema.omit({ name: true });

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
      startedAt: z.iso.datetime(),
      completedAt: z.iso.datetime(),
      shards: z.number(),
      /** Documents of each index just after the snapshot had ended. */
      documentsAfter: byName(z.number().nullable()),
    })
    .optional(),
});

export type BackupRun = z.infer<typeof backupRunSchema>;
export type TableBackupOfRun = z.infer<typeof tableBackupSchema>;
export type TableBackups = z.infer<typeof tableBackupsSchema>;
export type CapturedTable = z.infer<typeof capturedTableSchema>;
export type CapturedTables = z.infer<typeof capturedTablesSchema>;
export type IndexSnapshot = z.infer<typeof indexSnapshotSchema>;
