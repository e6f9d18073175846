import * as z from 'zod';
import { byName } from '../by-name.ts';

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

export const sampleSchema = z.object({
  compared: z.number(),
  /** What is different of those. */
  differing: z.array(z.object({ key: z.string(), how: z.string() })),
  /** Why none could be compared: one of the two tables is not there. */
  notThere: z.string().optional(),
});

/** What was read of the restored tables, by name. */
export const itemReadingsSchema = z.object({
  /** Of the execution that reads them: another one, which carries on with the run, reads anew. */
  deadlineAt: z.iso.datetime(),
  counts: byName(z.array(segmentCountSchema)),
  samples: byName(sampleSchema),
});

export type SegmentCount = z.infer<typeof segmentCountSchema>;
export type ItemSample = z.infer<typeof sampleSchema>;
export type ItemReadings = z.infer<typeof itemReadingsSchema>;
