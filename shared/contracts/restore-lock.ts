import * as z from 'zod';

/** Which restore of a plan is at work: an object of the catalog, one a plan. */
export const restoreLockSchema = z.object({
  schemaVersion: z.literal(1),
  run: z.string(),
  execution: z.string(),
  takenAt: z.iso.datetime(),
  /** The command that carries on with the run. */
  carryOn: z.string(),
  /** When the run gave it back. */
  releasedAt: z.iso.datetime().optional(),
});

export type RestoreLock = z.infer<typeof restoreLockSchema>;
