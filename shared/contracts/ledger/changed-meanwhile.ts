import * as z from 'zod';
import { byName } from '../by-name.ts';

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
  resumedAt: z.iso.datetime().optional(),
  /** The later restore that found them paused, and puts them back in place of this one. */
  adoptedBy: z.string().optional(),
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

export type PausedWriters = z.infer<typeof pausedWritersSchema>;
export type ChangedSettings = z.infer<typeof changedSettingsSchema>;
