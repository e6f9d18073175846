import * as z from 'zod';

/** One thing that is in the way of a restore, by its code of the catalogue of errors, and what to do about it. */
const problemSchema = z.object({ code: z.string(), message: z.string(), remedy: z.string() });

/** All that a restore was refused for. */
export const refusalSchema = z.object({ problems: z.array(problemSchema) });

export type Problem = z.infer<typeof problemSchema>;
export type Refusal = z.infer<typeof refusalSchema>;
