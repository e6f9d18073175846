import * as z from 'zod';
import { endpointTextSchema } from '../shared/contracts/endpoint.ts';
import { globs } from '../shared/contracts/plan-file.ts';
import {
  indexStrategySchema,
  proofSchema,
  strategySchema,
  suffixSchema,
  tableStrategySchema,
  writeUnitsSchema,
} from '../shared/contracts/restore-plan.ts';
import { atSchema, snapshotAddressSchema } from '../shared/contracts/restore-source.ts';

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

/** The options of the commands that start a run, which need not be followed. */
export const backupOptionsSchema = workflowOptionsSchema.extend({ detach: z.boolean().default(false) });

export const watchOptionsSchema = commonOptionsSchema.extend({ stage: z.string().optional() });

export const restoreOptionsSchema = backupOptionsSchema.extend({
  point: z.string().default('latest'),
  snapshot: snapshotAddressSchema.optional(),
  at: atSchema.optional(),
  toEndpoint: endpointTextSchema.optional(),
  tables: globs.optional(),
  indices: globs.optional(),
  exclude: globs.optional(),
  strategy: strategySchema.optional(),
  tableStrategy: tableStrategySchema.optional(),
  indexStrategy: indexStrategySchema.optional(),
  suffix: suffixSchema.optional(),
  settings: z.boolean().optional(),
  writeUnits: z.coerce.number('must be a number').pipe(writeUnitsSchema).optional(),
  rename: z.string().optional(),
  keepOld: z.boolean().optional(),
  fast: z.boolean().optional(),
  safetyPoint: z.boolean().default(true),
  count: z.boolean().default(false),
  sample: z.coerce.number().pipe(proofSchema.shape.sample.unwrap()).optional(),
  dryRun: z.boolean().default(false),
  yes: z.boolean().default(false),
  planHash: z.string().optional(),
  takeOver: z.string().optional(),
  resumeWriters: z.string().optional(),
  all: z.boolean().default(false),
});

export const reportOptionsSchema = watchOptionsSchema.extend({ out: z.string().min(1).optional() });

export const doctorOptionsSchema = commonOptionsSchema.extend({ stage: z.string().optional() });

export const listOptionsSchema = commonOptionsSchema.extend({ repository: z.string().min(1).optional() });

export const showOptionsSchema = commonOptionsSchema.extend({ point: z.string().default('latest') });

/** `none` leaves a side out. */
export const initOptionsSchema = z.strictObject({
  config: z.string().optional(),
  json: z.boolean().default(false),
  quiet: z.boolean().default(false),
  force: z.boolean().default(false),
  webiny: z.string().optional(),
  env: z.string().optional(),
  variant: z.string().optional(),
  plan: z.string().optional(),
  tables: globs.optional(),
  tags: z.array(z.string()).optional(),
  domain: z.string().optional(),
  indices: z.array(z.string()).optional(),
  cron: z.string().optional(),
  timezone: z.string().optional(),
  retention: z.string().optional(),
  email: z.array(z.string()).optional(),
  bucket: z.string().optional(),
  snapshotBucket: z.string().optional(),
  snapshotRole: z.string().optional(),
  existing: z.array(z.enum(['bucket', 'role'])).default([]),
});

export const setupOptionsSchema = commonOptionsSchema.extend({
  stage: z.string().optional(),
  toEndpoint: endpointTextSchema.optional(),
  yes: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  applyPolicy: z.boolean().default(false),
  roleArn: z
    .array(z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/.+$/, 'must be the ARN of a role or a user'))
    .optional(),
  // In HTTP a colon ends the name (RFC 7617).
  masterUser: z
    .string()
    .regex(/^[^:]+$/, 'must be a name, without a colon')
    .optional(),
  masterSecret: z.string().optional(),
});

export type CommonOptions = z.output<typeof commonOptionsSchema>;
export type BackupOptions = z.output<typeof backupOptionsSchema>;
export type ReportOptions = z.output<typeof reportOptionsSchema>;
export type WatchOptions = z.output<typeof watchOptionsSchema>;
/** What it takes to follow a run, and to say how to go on with it. */
export type FollowOptions = WatchOptions;
export type WorkflowOptions = z.output<typeof workflowOptionsSchema>;
export type RestoreOptions = z.output<typeof restoreOptionsSchema>;
export type SetupOptions = z.output<typeof setupOptionsSchema>;
export type ListOptions = z.output<typeof listOptionsSchema>;
export type ShowOptions = z.output<typeof showOptionsSchema>;
export type InitOptions = z.output<typeof initOptionsSchema>;
export type DoctorOptions = z.output<typeof doctorOptionsSchema>;
