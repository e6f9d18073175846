import * as z from 'zod';
import { scheduledRunId } from '../shared/core/names.ts';
import type { StartedRun } from './workflow.ts';

const inputSchema = z.looseObject({
  plan: z.string().optional().catch(undefined),
  run: z.string().optional().catch(undefined),
  scheduledTime: z.string().pipe(z.coerce.date()).optional().catch(undefined),
  dryRun: z.boolean().optional().catch(undefined),
});

/**
 * The run that an execution is at work on: one that is carried on stands in its input, that of the schedule follows from
 * its time; otherwise it is the execution's name.
 */
export function startedRun(name: string, input: unknown): StartedRun {
  const { plan, run, scheduledTime, dryRun = false } = inputSchema.catch({}).parse(input);
  const scheduled = plan === undefined || scheduledTime === undefined ? undefined : scheduledRunId(plan, scheduledTime);
  return { name, plan, run: run ?? scheduled ?? name, dryRun };
}
