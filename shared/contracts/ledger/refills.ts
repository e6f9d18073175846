import * as z from 'zod';
import { byName } from '../by-name.ts';

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

export type RefillSegment = z.infer<typeof refillSegmentSchema>;
export type RefillProgress = z.infer<typeof refillProgressSchema>;
export type Refills = z.infer<typeof refillsSchema>;
