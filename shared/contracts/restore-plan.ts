import * as z from 'zod';
import { endpointTextSchema } from './endpoint.ts';
import { absencesSchema } from './manifest.ts';
import { atSchema, originSchema, snapshotAddressSchema } from './restore-source.ts';

/**
 * How a restore treats tables that exist. `replace`: delete, then restore under the same name. `beside`: restore under
 * another name, and touch nothing. `refill`: restore to a scratch table, and make the live table equal to that in place.
 */
export const tableStrategySchema = z.enum(['replace', 'beside', 'refill']);

/**
 * How a restore treats indices that exist. `replace`: delete, then restore under the same name. `close`: close, then
 * restore over, so that an index keeps its place. `swap`: restore beside, under a new name, and move the aliases once
 * everything is there. `beside`: restore under other names, and touch nothing.
 */
export const indexStrategySchema = z.enum(['replace', 'close', 'swap', 'beside']);

/** Those that at least one side knows. */
export const strategySchema = z.enum([...tableStrategySchema.options, ...indexStrategySchema.options]);

/** The strategy of each side. */
export const strategiesSchema = z.object({ tables: tableStrategySchema, indices: indexStrategySchema });

/**
 * The parts of a recovery point that a restore asks for. Where `tables` or `indices` is given, only what they name is
 * restored; what `exclude` names is not.
 */
export const selectionSchema = z.object({
  tables: z.array(z.string()).optional(),
  indices: z.array(z.string()).optional(),
  exclude: z.array(z.string()).optional(),
});

/** What the names of tables that are restored beside end with, after a hyphen. */
export const suffixSchema = z.string().regex(/^[a-zA-Z0-9_.-]{1,100}$/, 'may hold letters, digits, _, . and - alone');

/** Write units a second, of all that writes at the same time. */
export const writeUnitsSchema = z.int().min(1);

/** What a restore asks for: what it restores from where that is no recovery point, which parts, and how what exists is treated. */
export const wishesSchema = selectionSchema.extend({
  /** A snapshot of any repository of the domain, `<repository>/<name>`. */
  snapshot: snapshotAddressSchema.optional(),
  /** The moment that tables are restored to, as it is written: with its zone. */
  at: atSchema.optional(),
  /** The domain that indices are restored to, in place of that of the plan. */
  toEndpoint: endpointTextSchema.optional(),
  /** For each side that knows it. */
  strategy: strategySchema.optional(),
  tableStrategy: tableStrategySchema.optional(),
  indexStrategy: indexStrategySchema.optional(),
  /** Of tables that are restored beside: `<name>-<suffix>`. */
  suffix: suffixSchema.optional(),
  /** Puts the settings of tables back that are restored beside. */
  settings: z.boolean().optional(),
  /** What a refill may take a second at most. */
  writeUnits: writeUnitsSchema.optional(),
  /** The names of indices that are restored beside: a text with `{name}` in it. */
  rename: z.string().optional(),
  /** Keeps the indices that others were swapped in for. */
  keepOld: z.boolean().optional(),
  /** Lifts what slows the recovery of indices down. */
  fast: z.boolean().optional(),
});

/**
 * How a domain is to name what it restores: a regular expression that fits a whole name, and what takes its place, with
 * `$1` for the first group and `\\$` for a dollar sign, as the server (Java) has it.
 */
export const renameSchema = z.object({ pattern: z.string(), replacement: z.string() });

const moment = z.iso.datetime();

const partSchema = z.object({
  /** In the recovery point. */
  name: z.string(),
  /** What it is restored as. */
  target: z.string(),
  /** The id of what exists now (TableId of a table, uuid of an index), or null where nothing does. */
  currentId: z.string().nullable(),
});

const itemsSchema = z.object({ items: z.number(), bytes: z.number() });
const documentsSchema = z.object({ documents: z.number().nullable(), bytes: z.number() });

/** A function that a table's stream triggers. */
const triggerSchema = z.object({
  functionArn: z.string(),
  /** Of the event source mapping that is there now and is moved; null for one that is made anew. */
  uuid: z.string().nullable(),
  /** Whether the recovery point knows it. */
  recorded: z.boolean(),
  /** Whether it is switched on just before the restore, and so is after it; of one that is made anew, when it was backed up. */
  enabled: z.boolean().default(true),
});

/** What writes to the tables and indices of a plan, and is paused while they are restored. */
const writersSchema = z.object({
  /** The live tables of the plan, whose event source mappings are paused: a function may write to an index from any of them. */
  tables: z.array(z.string()),
  mappings: z.array(
    z.object({
      table: z.string(),
      functionArn: z.string(),
      uuid: z.string(),
      /** Whether it is switched on now; one that is not stays so. */
      enabled: z.boolean(),
    }),
  ),
  /** Those that the plan file names, and what is reserved for each; null where nothing is. */
  functions: z.array(z.object({ name: z.string(), reserved: z.number().nullable() })),
});

/** The settings that a restore puts back, and those that it cannot. */
const settingsSchema = z.object({
  back: z.array(z.string()),
  not: z.array(z.object({ setting: z.string(), why: z.string() })),
});

const tableStepSchema = partSchema.extend({
  strategy: tableStrategySchema,
  /**
   * `replace`: it exists, is deleted and restored. `create`: it does not exist and is restored. `remove`: it is not to
   * exist, as it did not when the safety point was taken, and is deleted where it does. `refill`: it exists and stays, and
   * its items become those of the backup.
   */
  action: z.enum(['replace', 'create', 'remove', 'refill']),
  /** Null for one that is removed, and for one that comes from no backup. */
  backupArn: z.string().nullable(),
  /** Of one that is restored from the live table, as it was at a moment. */
  pointInTime: z.object({ tableArn: z.string(), at: moment }).optional(),
  deletionProtected: z.boolean(),
  settings: settingsSchema,
  triggers: z.array(triggerSchema),
  /** What exists now, as DynamoDB counted it some hours ago. */
  current: itemsSchema
    .extend({
      createdAt: moment,
      /** Provisioned, a second; undefined of a table that is paid by request. */
      writeUnits: z.number().optional(),
    })
    .nullable(),
  /** What the recovery point holds, and as of when; null for what is to be absent. */
  recorded: itemsSchema.extend({ at: moment }).nullable(),
});

const indexStepSchema = partSchema.extend({
  strategy: indexStrategySchema,
  /**
   * As of a table; besides, `close`: it exists, is closed and restored over. `swap`: it exists, and goes, or loses its
   * aliases, once the restored one has taken them over.
   */
  action: z.enum(['replace', 'create', 'remove', 'close', 'swap']),
  /** What exists now in its place: an index of its name, or one that an earlier swap has put there. */
  currentName: z.string().nullable(),
  /** Of a swap: readers know it by its own name, which is an alias of the target afterwards. */
  becomesAlias: z.boolean(),
  /** The aliases that come back with it. */
  aliases: z.array(z.string()),
  /** What exists now; bytes of primaries. */
  current: documentsSchema.extend({ createdAt: moment.nullable() }).nullable(),
  /** What the recovery point holds, and as of when; null for what is to be absent. */
  recorded: documentsSchema.extend({ at: moment }).nullable(),
});

/** An alias that names restored indices afterwards, and indices beside them that are left alone. */
const sharedAliasSchema = z.object({ alias: z.string(), restored: z.array(z.string()), kept: z.array(z.string()) });

/** A setting of the cluster that slows recovery down: what it is set to, null where it is not, and what it is to be meanwhile. */
const throttleSchema = z.object({ name: z.string(), before: z.string().nullable(), during: z.string() });

/** What a restore lifts for its time. */
const fastSchema = z.object({
  throttles: z.array(throttleSchema),
  /** The indices that are restored without replicas, and how many each gets once its primaries are there. */
  replicas: z.array(z.object({ index: z.string(), replicas: z.number() })),
});

/** What is saved before a restore changes anything: what there is of what it deletes or replaces, and what there is not. */
const safetyPointSchema = z.object({
  tables: z.array(z.string()),
  indices: z.array(z.string()),
  absent: absencesSchema,
});

/** Seconds, from the shortest that it may well take to the longest. */
export const spanSchema = z.object({ from: z.number(), to: z.number() });

/** What a restore is expected to take and to cost, and what that rests on. */
const estimateSchema = z.object({
  /** At the prices of us-east-1. */
  dollars: z.number(),
  cost: z.array(z.object({ what: z.string(), quantity: z.number(), price: z.string(), dollars: z.number() })),
  /** Of the whole; the sides run at the same time. */
  seconds: spanSchema,
  tables: spanSchema,
  indices: spanSchema,
  assumptions: z.array(z.string()),
});

/** What is read of tables to prove a restore, beyond what costs nothing. */
export const proofSchema = z.object({
  /** Whether every item is counted. */
  count: z.boolean(),
  /** So many items of a table are compared, where there are two sides to compare; null for none. */
  sample: z.int().min(1).max(1_000).nullable(),
});

/**
 * What a restore would do, shown before anything is touched; its hash is what gets confirmed. What moves by itself is
 * shown and not hashed: `current` of each part, `estimate` and `remarks`.
 */
export const restorePlanSchema = z.object({
  plan: z.string(),
  /** The id of a recovery point; of another source, what it is called: `<repository>/<snapshot>`, or a moment. */
  recoveryPoint: z.string(),
  source: originSchema.prefault({ kind: 'recoveryPoint' }),
  /** The domain that indices are restored to; null for that of the plan. */
  toEndpoint: z.string().nullable().default(null),
  /** Of the manifest, or of what is known of another source. */
  manifestHash: z.string(),
  strategies: strategiesSchema,
  /** Whether the settings of tables are put back that are restored beside others. */
  settingsBeside: z.boolean(),
  /** What a refill takes a second at most, of all tables together; null where nothing is refilled. */
  writeUnits: writeUnitsSchema.nullable(),
  /** How the domain names those indices whose target is not their own name; null where there is none. */
  rename: renameSchema.nullable(),
  /** Whether indices stay that others were swapped in for. */
  keepOld: z.boolean(),
  /** What is lifted; absent where throttles and replicas stay as they are. */
  fast: fastSchema.optional(),
  tables: z.array(tableStepSchema),
  indices: z.array(indexStepSchema),
  /** What matches the plan's patterns today but is not in the recovery point: it stays as it is. */
  kept: z.object({ tables: z.array(z.string()), indices: z.array(z.string()) }),
  sharedAliases: z.array(sharedAliasSchema),
  writers: writersSchema.prefault({ tables: [], mappings: [], functions: [] }),
  /** Null where it was waived, so that nothing undoes the restore, and where nothing that exists is touched. */
  safetyPoint: safetyPointSchema.nullable(),
  /** Absent where no item is read. */
  proof: proofSchema.optional(),
  estimate: estimateSchema,
  /** What does not keep the restore from being done, and is good to know. */
  remarks: z.array(z.string()),
});

/** A plan as the catalog keeps it under its hash, so that a later refusal can show what changed since. */
export const keptPlanSchema = z.object({
  schemaVersion: z.literal(1),
  plannedAt: moment,
  restorePlan: restorePlanSchema,
});

export type Selection = z.infer<typeof selectionSchema>;
export type Strategies = z.infer<typeof strategiesSchema>;
export type IndexStrategy = z.infer<typeof indexStrategySchema>;
export type TableStrategy = z.infer<typeof tableStrategySchema>;
export type Wishes = z.infer<typeof wishesSchema>;
export type Rename = z.infer<typeof renameSchema>;
export type TableToRestore = z.infer<typeof tableStepSchema>;
export type IndexToRestore = z.infer<typeof indexStepSchema>;
export type TriggerToMove = z.infer<typeof triggerSchema>;
export type WritersOfPlan = z.infer<typeof writersSchema>;
export type SettingsOfPlan = z.infer<typeof settingsSchema>;
export type SharedAlias = z.infer<typeof sharedAliasSchema>;
export type Throttle = z.infer<typeof throttleSchema>;
export type FastRestore = z.infer<typeof fastSchema>;
export type SafetyPoint = z.infer<typeof safetyPointSchema>;
export type Proof = z.infer<typeof proofSchema>;
export type Span = z.infer<typeof spanSchema>;
export type RestoreEstimate = z.infer<typeof estimateSchema>;
export type RestorePlan = z.infer<typeof restorePlanSchema>;
