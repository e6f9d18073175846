import * as z from 'zod';
import { planFileSchema, planSchema, repositorySchema, type SearchPlan } from '../../shared/contracts/plan-file.ts';
import type { NewPlanFile } from '../../shared/core/plan-file-text.ts';
import type { InitOptions } from '../options.ts';
import type { Application } from './application.ts';
import type { Interview } from './interview.ts';

const schedule = planSchema.shape.schedule.unwrap().shape;
const bucketName = planFileSchema.shape.catalog.shape.bucket;
const planName = planFileSchema.shape.plans.keyType;
const emails = z
  .string()
  .transform(words)
  .pipe(z.array(z.email({ error: 'must be e-mail addresses' })));
const roleArn = repositorySchema.shape.roleArn.unwrap();
/** Names of indices hold neither blanks nor commas. */
const globs = z.string().transform(words).pipe(z.array(z.string()).min(1, 'names no index'));
/** `keepLast=3,daily=7`; a count that is left out is as usual. */
const retention = z
  .string()
  .transform((text) => Object.fromEntries(words(text).map(countIn)))
  .pipe(planSchema.shape.retention.unwrap());

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

function countIn(word: string): [string, number | undefined] {
  const [key = '', count = ''] = word.split('=');
  return [key, count === '' ? Number.NaN : Number(count)];
}

/**
 * Adds to an application what it does not tell itself: how its plan is called, when it is backed up and how long that is
 * kept, who hears of a failure, and where the recovery points go to.
 *
 * @throws TandemError USAGE where an option is not what it has to be
 */
export async function completePlan(
  application: Application,
  options: InitOptions,
  { text }: Interview,
  timeZone: string,
): Promise<NewPlanFile> {
  const { account, tables, outside } = application;
  const named = { option: '--plan', message: "The plan's name", usual: application.usualName, schema: planName };
  const name = await text(named, options.plan);
  const cron = { option: '--cron', message: 'When to back up', usual: 'cron(0 2 * * ? *)', schema: schedule.cron };
  const zone = {
    option: '--timezone',
    message: 'In the time zone of',
    usual: timeZone,
    schema: schedule.timezone.unwrap(),
  };
  const kept = {
    option: '--retention',
    message: 'How many recovery points to keep',
    usual: 'keepLast=3,daily=7,weekly=4,monthly=12',
    schema: retention,
  };
  const told = { option: '--email', message: 'Who hears of a run that failed (e-mail)', usual: '', schema: emails };
  const catalog = {
    option: '--bucket',
    message: 'The bucket of manifests and ledgers',
    usual: `tandem-catalog-${account.id}-${account.region}`,
    schema: bucketName,
  };
  return {
    name,
    plan: {
      tables,
      schedule: { cron: await text(cron, options.cron), timezone: await text(zone, options.timezone) },
      retention: await text(kept, options.retention),
      alerts: { email: await text(told, options.email?.join(' ')) },
      search: await searchPlan(name, application, options, text),
    },
    catalogBucket: await text(catalog, options.bucket),
    aboutSearch: application.search?.about,
    outside: outside.map(({ what, id }) => `${what} ${id}`),
  };
}

async function searchPlan(
  name: string,
  { account, search }: Application,
  options: InitOptions,
  text: Interview['text'],
): Promise<SearchPlan | undefined> {
  if (search === undefined) return undefined;
  const { id, region, partition } = account;
  const bucket = {
    option: '--snapshot-bucket',
    message: 'The bucket of snapshots',
    usual: `tandem-snapshots-${id}-${region}`,
    schema: bucketName,
  };
  const role = {
    option: '--snapshot-role',
    message: 'The role with which the domain writes there',
    // Roles belong to the account, not to a region: two deployments must not make the same one.
    usual: `arn:${partition}:iam::${id}:role/tandem-snapshot-${region}`,
    schema: roleArn,
  };
  const taken = {
    option: '--indices',
    message: 'Its indices (names or globs; system indices are always left out)',
    usual: search.usualIndices.join(' '),
    schema: globs,
  };
  return {
    endpoint: search.endpoint,
    auth: { type: 'sigv4' },
    vpc: search.vpc,
    indices: { include: await text(taken, options.indices?.join(' ')), exclude: [] },
    repository: {
      name: 'tandem',
      bucket: await text(bucket, options.snapshotBucket),
      basePath: name,
      roleArn: await text(role, options.snapshotRole),
      settings: {},
      existing: options.existing,
    },
    restoreEndpoints: [],
  };
}
