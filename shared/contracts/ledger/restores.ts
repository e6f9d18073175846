import * as z from 'zod';
import { byName } from '../by-name.ts';
import { eventSourceMappingSchema } from '../table-settings.ts';

const tableStatusSchema = z.enum(['TO_START', 'DELETING', 'RESTORING', 'SETTLING', 'DONE']);

const tableRestoreSchema = z.object({
  status: tableStatusSchema,
  /** When it came to each status first. */
  since: z.partialRecord(tableStatusSchema, z.iso.datetime()).optional(),
  /** The id of the table that the restore made, which tells it from every other one of its name. */
  newTableId: z.string().optional(),
  /** When a restore was asked for that was not answered (yet): the table may still appear. */
  askedAt: z.iso.datetime().optional(),
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
  askedAt: z.iso.datetime().optional(),
  recoveredAt: z.iso.datetime().optional(),
  /** Why an index stays yellow. */
  remarks: z.array(z.string()),
});

export type PuttingBack = NonNullable<TableRestore['puttingBack']>;
export type TableRestore = z.infer<typeof tableRestoreSchema>;
export type TableRestores = z.infer<typeof tableRestoresSchema>;
export type IndexRestore = z.infer<typeof indexRestoreSchema>;
