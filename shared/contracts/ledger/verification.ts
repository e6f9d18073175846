import * as z from 'zod';
import { sampleSchema } from './item-readings.ts';
import { pairSchema } from './restore-run.ts';

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
  verifiedAt: z.iso.datetime(),
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

export type Difference = z.infer<typeof differenceSchema>;
export type Verification = z.infer<typeof verificationSchema>;
