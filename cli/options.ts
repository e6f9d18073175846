import * as z from 'zod';
import { strategySchema } from '../shared/contracts/restore-plan.ts';

/** The options that every command has. */
export const commonOptionsSchema = z.strictObject({
  config: z.string().optional(),
  local: z.boolean().default(false),
  json: z.boolean().default(false),
  quiet: z.boolean().default(false),
});

/** The options of every command that runs a workflow. */
export const workflowOptionsSchema = commonOptionsSchema.extend({
  stage: z.string().optional(),
  run: z.string().optional(),
});

export const restoreOptionsSchema = workflowOptionsSchema.extend({
  point: z.string().default('latest'),
  tables: z.array(z.string()).optional(),
  indices: z.array(z.string()).optional(),
  strategy: strategySchema.default('replace'),
  dryRun: z.boolean().default(false),
  yes: z.boolean().default(false),
  planHash: z.string().optional(),
});

export const doctorOptionsSchema = commonOptionsSchema.extend({ stage: z.string().optional() });

export const showOptionsSchema = commonOptionsSchema.extend({ point: z.string().default('latest') });

export type CommonOptions = z.output<typeof commonOptionsSchema>;
export type WorkflowOptions = z.output<typeof workflowOptionsSchema>;
export type RestoreOptions = z.output<typeof restoreOptionsSchema>;
export type ShowOptions = z.output<typeof showOptionsSchema>;
export type DoctorOptions = z.output<typeof doctorOptionsSchema>;
