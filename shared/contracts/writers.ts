import * as z from 'zod';
import { pausedWritersSchema } from './ledger/changed-meanwhile.ts';

/** Which restore's writers are to be put back, for the function of the deployment that `tandem restore --resume-writers` calls. */
export const leftWritersInputSchema = z.strictObject({ plan: z.string(), run: z.string() });

/** What it put back; null where nothing was paused any more. */
export const leftWritersSchema = z.object({ writers: pausedWritersSchema.nullable() });

/**
 * What EventBridge tells of an execution that was ended from outside, so that no state of it could tell.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export const stoppedExecutionSchema = z.object({
  detail: z.object({
    name: z.string(),
    status: z.enum(['ABORTED', 'TIMED_OUT']),
    startDate: z.number(),
    /** As JSON; null where it is too long for an event. */
    input: z.string().nullable().default(null),
  }),
});

export type LeftWritersInput = z.output<typeof leftWritersInputSchema>;
export type LeftWriters = z.output<typeof leftWritersSchema>;
export type StoppedExecution = z.output<typeof stoppedExecutionSchema>;
