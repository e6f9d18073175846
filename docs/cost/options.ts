import * as z from 'zod';
import { planSchema } from '../../shared/contracts/plan-file.ts';

const count = z.coerce.number({ error: 'must be a whole number, 0 or more' }).int().min(0);
const size = z.coerce.number({ error: 'must be a number, 0 or more' }).min(0);

/** So many counts with commas between them. */
const counts = (least: number) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.coerce.number<string>().int().min(least)));
const twoCounts = counts(1).pipe(z.tuple([z.number(), z.number()], { error: 'must be two numbers such as 2,10' }));

export const costOptionsSchema = z
  .strictObject({
    tables: count.default(1_000),
    gb: size.default(100),
    indices: count.default(20),
    indexGb: size.default(50),
    polls: twoCounts.default([2, 10]),
    restorePolls: twoCounts.optional(),
    retention: counts(0)
      .pipe(z.tuple([z.number(), z.number(), z.number()], { error: 'must be three numbers such as 7,4,12' }))
      .transform(([daily, weekly, monthly]) => planSchema.shape.retention.parse({ daily, weekly, monthly }))
      .default(planSchema.shape.retention.parse({})),
    json: z.boolean().default(false),
  })
  .refine(({ tables, indices }) => tables + indices > 0, { message: 'neither tables nor indices: nothing to back up' });

/** What the cost is reckoned for. */
export type CostOptions = Omit<z.output<typeof costOptionsSchema>, 'json'>;
