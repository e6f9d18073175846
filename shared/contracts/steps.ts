import * as z from 'zod';
import { globs } from './plan-file.ts';
import { proofSchema, spanSchema, wishesSchema } from './restore-plan.ts';

/**
 * What passes between the states of a state machine: small, whatever the number of tables, because Step Functions keeps
 * every input and output in the history. Lists are in the ledger.
 */

/** What somebody, or the schedule, starts a backup with. */
export const backupInputSchema = z.strictObject({
  plan: z.string(),
  /** The scheduled time, from which the run's id comes. A text that is no time counts as none: some emulators leave the placeholder in. */
  scheduledTime: z.string().optional(),
  /** The id of a run that is to be carried on. */
  run: z.string().optional(),
});

const restoreFieldsSchema = z.strictObject({
  ...wishesSchema.shape,
  plan: z.string(),
  /** `latest`, or the id of a recovery point. Not needed to carry on with a run. */
  point: z.string().default('latest'),
  tables: globs.optional(),
  indices: globs.optional(),
  exclude: globs.optional(),
  /** `false` waives the safety point: nothing undoes the restore then. */
  safetyPoint: z.boolean().default(true),
  /** Has every restored item counted. */
  count: z.boolean().default(false),
  /** Has so many items of each table compared, where there are two sides to compare. */
  sample: proofSchema.shape.sample.unwrap().optional(),
  dryRun: z.boolean().default(false),
  /** The hash of the plan that was looked at and is to be done. */
  planHash: z.string().optional(),
  /** Confirms whatever the plan turns out to be, without a look at it. */
  confirmed: z.boolean().default(false),
  /** Another restore of the plan that is certainly dead, and is taken over from. */
  takeOver: z.string().optional(),
  run: z.string().optional(),
});

/** What may be said anew of a run that is carried on: it has settled everything else. */
const besideRun = new Set(['plan', 'run', 'planHash', 'confirmed', 'takeOver']);
const unsaid = new Map<string, unknown>(Object.entries(restoreFieldsSchema.parse({ plan: '' })));

/** What somebody starts a restore with. */
export const restoreInputSchema = restoreFieldsSchema.superRefine((input, context) => {
  if (input.run === undefined) return;
  for (const [field, value] of Object.entries(input)) {
    if (besideRun.has(field) || value === unsaid.get(field)) continue;
    context.addIssue({ code: 'custom', path: [field], message: 'was settled by the run, so that it cannot be named' });
  }
});

const executionSchema = z.object({ name: z.string(), startedAt: z.iso.datetime({ offset: true }) });

export const startBackupSchema = z.object({ input: backupInputSchema, execution: executionSchema });
export const measureAgeSchema = z.object({ plan: z.string() });
export const startRestoreSchema = z.object({ input: restoreInputSchema, execution: executionSchema });

/** What went wrong in a state, as Step Functions tells it to a Catch. */
export const failureSchema = z.object({ Error: z.string(), Cause: z.string().default('') });

export const runStateSchema = z.object({
  catalog: z.string(),
  plan: z.string(),
  run: z.string(),
  deadlineAt: z.iso.datetime(),
  hasTables: z.boolean(),
  hasSearch: z.boolean(),
  /** The last step that ended well. */
  lastStep: z.string(),
  /** What a polled side is at: something left to ask for, something running, or everything done. */
  progress: z.enum(['TO_START', 'RUNNING', 'DONE']).optional(),
  waitSeconds: z.int().optional(),
});

/** How a side ended: well, or with a failure that its branch caught so that the other side could end as well. */
const sideSchema = z.object({ lastStep: z.string(), failure: failureSchema.optional() });

const sidesSchema = z.object({ tables: sideSchema, search: sideSchema });

const countsSchema = z.object({
  replace: z.int(),
  create: z.int(),
  remove: z.int(),
  /** Of tables alone. */
  refill: z.int().optional(),
  /** Of indices alone. */
  close: z.int().optional(),
  swap: z.int().optional(),
  keep: z.int(),
});

/** A restore plan in numbers, for whoever reads the output of a dry run in the console. */
const outlineSchema = z.object({
  recoveryPoint: z.string(),
  tables: countsSchema,
  indices: countsSchema,
  /** Settings of tables that cannot be put back, triggers that are moved. */
  settingsNotPutBack: z.int(),
  triggers: z.int(),
  dollars: z.number(),
  /** Seconds that it is expected to take. */
  seconds: spanSchema,
  remarks: z.array(z.string()),
  /** Where the whole plan lies, with every name: s3://bucket/key. */
  details: z.string(),
});

/** How a refill of tables goes on. */
const refillStateSchema = z.object({
  /** What all workers are at: nothing is deleted before everything is written. */
  phase: z.enum(['WRITE', 'DELETE']),
  workers: z.array(z.int()),
  /** A second, of all workers together. */
  writeUnits: z.number(),
});

export const restoreStateSchema = runStateSchema.extend({
  dryRun: z.boolean(),
  planHash: z.string(),
  /** Whether indices are swapped in. */
  hasSwap: z.boolean(),
  /** The run that takes the safety point; absent where none is to be taken, or none any more. */
  safetyPoint: z.object({ run: z.string(), hasTables: z.boolean(), hasSearch: z.boolean() }).optional(),
  /** Absent where no table is refilled. */
  refill: refillStateSchema.optional(),
  /** Whether there are tables to be deleted in the end that others are compared with. */
  hasScratchTables: z.boolean().default(false),
  /** That items are to be read before the restore is verified. */
  readsItems: z.literal(true).optional(),
  /** Of a dry run. */
  outline: outlineSchema.optional(),
});

/** The state of a run that refills tables. */
export const refillingStateSchema = restoreStateSchema.extend({ refill: refillStateSchema });

/** What one worker of a refill gets. */
export const refillWorkSchema = z.object({
  state: refillingStateSchema,
  worker: z.int(),
});

/** What ReportFailure gets: the state that the run was in when something failed. */
export const reportFailureSchema = z.object({
  workflow: z.enum(['backup', 'restore']),
  execution: executionSchema,
  state: z.looseObject({
    failure: failureSchema,
    /** What the run was started with, where it failed in its first step; nothing in it may keep the alert back. */
    input: z.record(z.string(), z.unknown()).optional().catch({}),
    plan: z.string().optional(),
    run: z.string().optional(),
    catalog: z.string().optional(),
    lastStep: z.string().optional(),
    planHash: z.string().optional(),
    sides: sidesSchema.optional(),
  }),
});

export type RestoreInput = z.output<typeof restoreInputSchema>;
export type StartBackup = z.output<typeof startBackupSchema>;
export type MeasureAge = z.output<typeof measureAgeSchema>;
export type StartRestore = z.output<typeof startRestoreSchema>;
export type Failure = z.output<typeof failureSchema>;
export type RunState = z.output<typeof runStateSchema>;
export type RestoreState = z.output<typeof restoreStateSchema>;
export type RefillState = z.output<typeof refillStateSchema>;
export type RefillingState = z.output<typeof refillingStateSchema>;
export type RefillWork = z.output<typeof refillWorkSchema>;
export type ReportFailure = z.output<typeof reportFailureSchema>;
