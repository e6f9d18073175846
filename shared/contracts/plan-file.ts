import awsCron from 'aws-cron-parser';
import parseDuration from 'parse-duration';
import * as z from 'zod';
import { endpointSchema } from './endpoint.ts';
import { indexStrategySchema, tableStrategySchema, writeUnitsSchema } from './restore-plan.ts';

const nonEmpty = z.string().min(1);
/** Names, or globs of names. */
export const globs = z.array(nonEmpty);

/** A list of names or globs to take, less a list of names or globs to leave out. */
export const patternsSchema = z.strictObject({ include: globs.default([]), exclude: globs.default([]) });

/** Every table carries all of no tags: that is never what is meant. */
const tagsSchema = z
  .record(nonEmpty, z.string())
  .refine((tags) => Object.keys(tags).length > 0, { message: 'names no tag' });

const tablesSchema = patternsSchema
  .extend({ tags: tagsSchema.optional() })
  .refine((tables) => tables.include.length > 0 || tables.tags !== undefined, {
    message: 'names no table: give tables.include, tables.tags or both',
    path: ['include'],
  });

const authSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('sigv4') }),
  z.strictObject({ type: z.literal('basic'), username: nonEmpty, secret: nonEmpty }),
  z.strictObject({ type: z.literal('none') }),
]);

/** Repository names: the managed service keeps `cs-` for itself; the server refuses `#`, blanks, upper case is legal. */
const repositoryNameSchema = z
  .string()
  .regex(/^[^\s,"*\\<>|?#/]+$/, 'may not hold blanks or any of , " * \\ < > | ? # /')
  .refine((name) => !name.startsWith('cs-'), {
    message: 'may not start with cs-, which the managed service keeps for itself',
  })
  .refine((name) => !name.startsWith('_'), { message: 'may not start with _' });

const basePathSchema = z.string().regex(/^[^/].*[^/]$|^[^/]$|^$/, 'may neither start nor end with /');

const repositorySchema = z.strictObject({
  name: repositoryNameSchema,
  bucket: nonEmpty,
  basePath: basePathSchema.default(''),
  roleArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, 'must be the ARN of a role')
    .optional(),
  settings: z
    .record(
      nonEmpty,
      z.union([z.string(), z.number(), z.boolean()], { error: 'must be a text, a number, true or false' }),
    )
    .default({}),
  /** What of these is there already: the deployment makes the others. */
  existing: z.array(z.enum(['bucket', 'role'])).default([]),
});

/** The path among the server's own settings, to which a slash at its end makes no difference. */
const serverPathSchema = z.coerce
  .string()
  .transform((path) => path.replace(/\/$/, ''))
  .pipe(basePathSchema);

/** The path among the server's own settings is the same as `basePath`, by which all else knows the place. */
const placedRepositorySchema = repositorySchema.transform((given, context) => {
  const {
    settings: { base_path = '', ...settings },
    ...repository
  } = given;
  const path = serverPathSchema.safeParse(base_path);
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message, path: ['settings', 'base_path'] });
    return z.NEVER;
  };
  if (!path.success) return refuse(path.error.issues[0]?.message ?? '');
  const { basePath } = repository;
  if (basePath !== '' && path.data !== '' && path.data !== basePath) return refuse('says another path than basePath');
  return { ...repository, basePath: basePath || path.data, settings };
});

/** The private network that a domain is in: the functions are put into it too. */
const vpcSchema = z.strictObject({
  subnets: z.array(z.string().regex(/^subnet-[0-9a-z-]+$/, 'must be the id of a subnet')).min(1),
  securityGroups: z.array(z.string().regex(/^sg-[0-9a-z-]+$/, 'must be the id of a security group')).min(1),
});

const searchSchema = z.strictObject({
  endpoint: endpointSchema,
  auth: authSchema.default({ type: 'sigv4' }),
  vpc: vpcSchema.optional(),
  indices: patternsSchema
    .refine((indices) => indices.include.length > 0, { message: 'names no index', path: ['include'] })
    .default({ include: ['*'], exclude: [] }),
  repository: placedRepositorySchema,
  /** Other domains that its indices may be restored to: what is deployed may talk to them. */
  restoreEndpoints: z.array(endpointSchema).default([]),
});

/** Of a version or an alias nothing can be reserved beside what is reserved for its function. */
const functionSchema = z
  .string()
  .regex(
    /^(arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:)?[A-Za-z0-9_-]{1,64}$/,
    'must be the name or the ARN of a function, without a version or an alias',
  );

/** What writes to the tables and indices beside the triggers of the tables, and is paused while they are restored. */
const writersSchema = z.strictObject({ functions: z.array(functionSchema).default([]) });

const scheduleSchema = z.strictObject({
  cron: z
    .string()
    .refine(isCron, { message: 'must be an EventBridge schedule such as cron(0 2 * * ? *) or rate(1 day)' }),
  timezone: z.string().refine(isTimeZone, { message: 'must be a time zone such as Europe/Amsterdam' }).default('UTC'),
});

const rate = /^rate\((1 (minute|hour|day)|([2-9]|[1-9]\d+) (minutes|hours|days))\)$/;
const cron = /^cron\((?<fields>\S+ \S+ (?<day>\S+) \S+ (?<weekday>\S+) \S+)\)$/;

/**
 * EventBridge wants a `?` for either the day of the month or that of the week. The parser takes the text for one that
 * EventBridge took already: it makes NaN of words, and nothing of a range that ends before it starts.
 */
function isCron(text: string): boolean {
  if (rate.test(text)) return true;
  const { fields, day, weekday } = cron.exec(text)?.groups ?? {};
  if (fields === undefined || (day === '?') === (weekday === '?')) return false;
  try {
    const { minutes, hours, months, years, daysOfMonth, daysOfWeek } = awsCron.parse(fields);
    const days = day === '?' ? daysOfWeek : daysOfMonth;
    return [minutes, hours, days, months, years].every((field) => field.length > 0 && !field.some(Number.isNaN));
  } catch {
    return false;
  }
}

/**
 * EventBridge knows zones by their names alone; JavaScript takes an offset such as +01:00, and europe/amsterdam as well. Of
 * a name that stands for another one, such as Asia/Kolkata, JavaScript tells the other one alone, so that no more than the
 * first letters of its parts are looked at.
 */
function isTimeZone(text: string): boolean {
  if (!/^[A-Z][^/]*(\/[A-Z][^/]*)*$/.test(text)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions();
    return timeZone === text || timeZone.toLowerCase() !== text.toLowerCase();
  } catch {
    return false;
  }
}

const retentionSchema = z.strictObject({
  keepLast: z.int().min(1).default(3),
  daily: z.int().min(0).default(7),
  weekly: z.int().min(0).default(4),
  monthly: z.int().min(0).default(12),
});

/**
 * A run has to give up before Step Functions ends it, which it does without an alert: after two days (TimeoutSeconds of
 * the state machines), and at the 25,000th event of an execution's history (a quota that cannot be raised). A poll is 9
 * events: both sides, each with a poll a minute, make 2 x 9 x 1,080 = 19,440 in 18 hours, which leaves room for retries.
 */
const longestDeadlineSeconds = 18 * 3_600;

/** The parser takes a number without a unit for seconds: whoever writes 4 means hours, as likely as not. */
const everyNumberHasUnit = /^(\s*[\d.]+\s*[a-z]+)+\s*$/i;

/** A length of time such as `4h`, `90m` or `30s`; becomes whole seconds. */
const deadlineSchema = z.string().transform((text, context) => {
  const seconds = everyNumberHasUnit.test(text) ? Math.round(parseDuration(text, 's') ?? Number.NaN) : Number.NaN;
  if (Number.isFinite(seconds) && seconds >= 1 && seconds <= longestDeadlineSeconds) return seconds;
  context.addIssue({
    code: 'custom',
    message: 'must be a length of time from a second to 18 hours, such as 4h or 90m',
  });
  return z.NEVER;
});

const strategiesSchema = z
  .strictObject({
    tables: tableStrategySchema.default('replace'),
    indices: indexStrategySchema.default('replace'),
    /** What a refill of tables takes a second at most. */
    writeUnits: writeUnitsSchema.default(1_000),
  })
  .prefault({});

/** A value of an attribute that can be written in a plan file. */
const plainValueSchema = z.union([z.string(), z.number(), z.boolean()]);

/** Which items of a table are documents of an index as well: those that have the attribute, and that value where one is given. */
export const itemFilterSchema = z.strictObject({ attribute: nonEmpty, equals: plainValueSchema.optional() });

/** A table whose items, or some of them, are the documents of an index, or of all indices that a glob matches. */
const pairSchema = z.strictObject({ table: nonEmpty, index: nonEmpty, where: itemFilterSchema.optional() });

const alertsSchema = z.strictObject({
  topic: z
    .string()
    .regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:.+$/, 'must be the ARN of an SNS topic')
    .refine((arn) => !arn.endsWith('.fifo'), {
      message: 'is a FIFO topic, which neither CloudWatch nor e-mail can use: give a standard one',
    })
    .optional(),
  email: z.array(z.email()).default([]),
});

export const planSchema = z
  .strictObject({
    tables: tablesSchema.optional(),
    search: searchSchema.optional(),
    /** What a restore counts against each other. Those of Webiny need not be named. */
    pairs: z.array(pairSchema).optional(),
    schedule: scheduleSchema.optional(),
    /** How a restore treats what exists, where it is not told otherwise. */
    strategies: strategiesSchema,
    writers: writersSchema.prefault({}),
    retention: retentionSchema.prefault({}),
    deadline: deadlineSchema.prefault('4h'),
    alerts: alertsSchema.prefault({}),
  })
  .refine((plan) => plan.tables !== undefined || plan.search !== undefined, {
    message: 'has neither tables nor search: there is nothing to back up',
  });

/** The name becomes a part of execution, backup and snapshot names, which bounds its letters and its length. */
const planNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, 'a plan has a name of 1 to 40 letters, digits, - and _');

/**
 * Of a bucket that can be made: one of long ago, or of another store than S3, may have other letters in its name. S3 takes
 * neither two dots in a row nor what looks like an IP address.
 */
export const bucketNameSchema = z
  .string()
  .regex(/^(?!.*\.\.)(?!\d+(\.\d+){3}$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket');

const catalogSchema = z.strictObject({
  bucket: bucketNameSchema,
  /** Whether it is there already, kept by a deployment that was removed: then the deployment does not make it. */
  existing: z.boolean().optional(),
  /** So long nobody can delete a version of a manifest: in governance mode but for those who may bypass it, in compliance mode nobody at all. */
  objectLock: z.strictObject({ mode: z.enum(['governance', 'compliance']), days: z.int().min(1) }).optional(),
});

export const planFileSchema = z.strictObject({
  version: z.literal(1),
  catalog: catalogSchema,
  /** The key that everything the deployment makes is encrypted with, instead of the services' own. */
  kmsKey: z
    .string()
    .regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/.+$/, 'must be the ARN of a KMS key')
    .optional(),
  plans: z
    .record(planNameSchema, planSchema)
    .refine((plans) => Object.keys(plans).length > 0, { message: 'holds no plan' }),
});

export type ItemFilter = z.output<typeof itemFilterSchema>;
export type PairOfPlan = z.output<typeof pairSchema>;
export type Patterns = z.output<typeof patternsSchema>;
export type TableSelection = z.output<typeof tablesSchema>;
export type SearchPlan = z.output<typeof searchSchema>;
export type SearchAuth = z.output<typeof authSchema>;
export type RepositoryPlan = z.output<typeof repositorySchema>;
export type Plan = z.output<typeof planSchema>;
export type PlanFile = z.output<typeof planFileSchema>;

export { authSchema, repositorySchema };
