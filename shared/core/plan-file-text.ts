import { Document, isCollection, isMap } from 'yaml';
import type { Plan } from '../contracts/plan-file.ts';

/** What a plan file is to say that has one plan and is written for the first time. */
export interface NewPlanFile {
  catalogBucket: string;
  /** The plan's name. */
  name: string;
  plan: Omit<Plan, 'deadline' | 'strategies' | 'writers'>;
  /** What is said about the search domain, such as its version. */
  aboutSearch: string | undefined;
  /** What belongs to the application and is in no recovery point, a line each. */
  outside: string[];
}

/** The text of a plan file, with what each key means. `parsePlanFile` reads from it what was to be said. */
export function planFileText({ catalogBucket, name, plan, aboutSearch, outside }: NewPlanFile): string {
  const sections = [
    ...(plan.tables === undefined ? [] : [tablesText(plan.tables)]),
    ...(plan.search === undefined ? [] : [searchText(plan.search, aboutSearch)]),
    runsText(plan),
    ...(outside.length === 0 ? [] : [outsideText(outside)]),
  ];
  return `# What Tandem backs up together, and when. tandem.example.yml shows every key.
version: 1

# The bucket of manifests and ledgers, which the deployment makes. Bucket names are the world's.
catalog: { bucket: ${inline(catalogBucket)} }

plans:
  # What belongs together and comes back together.
  ${inline(name)}:
${sections.join('\n')}`;
}

function tablesText({ include, exclude, tags }: NonNullable<Plan['tables']>): string {
  const tagged =
    tags === undefined
      ? ''
      : `      tags: ${quoted(tags)} # tables that carry all of these tags as well; Tandem may then touch every table\n`;
  return `    tables:
      include: ${quoted(include)} # names or globs; * and ? are all there is
      exclude: ${quoted(exclude)} # less these
${tagged}`;
}

function searchText(search: NonNullable<Plan['search']>, about: string | undefined): string {
  const { endpoint, auth, vpc, indices, repository } = search;
  const role =
    repository.roleArn === undefined
      ? ''
      : `        roleArn: ${inline(repository.roleArn)} # with which the domain writes to the bucket\n`;
  return `    search:
      endpoint: ${inline(endpoint)}${about === undefined ? '' : ` # ${unbroken(about)}`}
      auth: ${inline(auth)} # or { type: basic, username: u, secret: <Secrets Manager id> } or { type: none }
${vpc === undefined ? '' : vpcText(vpc)}      # System indices are always left out. Where others use the domain as well, name the plan's own alone.
      indices: { include: ${quoted(indices.include)}, exclude: ${quoted(indices.exclude)} }
      repository:
        name: ${inline(repository.name)} # of the snapshot repository that is registered with the domain
        bucket: ${inline(repository.bucket)} # of the snapshots
        basePath: ${inline(repository.basePath)} # one for each domain: two that write to one path corrupt it
${role}        existing: ${inline(repository.existing)} # of bucket and role, what is there already; the deployment makes the others
        settings: ${inline(repository.settings)} # passed on as they are, such as max_snapshot_bytes_per_sec
`;
}

function vpcText({ subnets, securityGroups }: NonNullable<NonNullable<Plan['search']>['vpc']>): string {
  return `      # The functions are put into this network; the domain's own security groups must let them in on port 443.
      vpc:
        subnets: ${inline(subnets)}
        securityGroups: ${inline(securityGroups)}
`;
}

function runsText({ schedule, retention, alerts }: NewPlanFile['plan']): string {
  const scheduled =
    schedule === undefined
      ? ''
      : `    schedule: { cron: ${quoted(schedule.cron)}, timezone: ${inline(schedule.timezone)} } # as EventBridge has it\n`;
  const topic = alerts.topic === undefined ? '' : `      topic: ${inline(alerts.topic)}\n`;
  return `${scheduled}    retention: ${inline(retention)} # the newest, then one a day, a week and a month
    deadline: 4h # a run that takes longer fails, and says what was pending
    alerts: # of a run that failed
${topic}      email: ${inline(alerts.email)}
`;
}

function outsideText(outside: string[]): string {
  const lines = ['What belongs to the application and is in no recovery point:', ...outside.map((line) => `  ${line}`)];
  return lines.map((line) => `    # ${unbroken(line)}\n`).join('');
}

/** A value on one line, with quotes where it needs them. */
function inline(value: unknown): string {
  // Without quotes a text of several lines would stand on as many.
  return flow(value, JSON.stringify(value).includes('\\') ? 'QUOTE_DOUBLE' : 'PLAIN');
}

/** The same with all texts in quotes: what looks like a glob is an alias to YAML where it starts with `*`. */
function quoted(value: unknown): string {
  return flow(value, 'QUOTE_DOUBLE');
}

const oneLine = {
  lineWidth: 0,
  blockQuote: false,
  singleQuote: false,
  doubleQuotedAsJSON: true,
  defaultKeyType: 'PLAIN',
} as const;

function flow(value: unknown, defaultStringType: 'PLAIN' | 'QUOTE_DOUBLE'): string {
  // Other parsers than ours read `on` and `no` as true and false, as YAML 1.1 had it.
  const document = new Document(value, { compat: 'yaml-1.1' });
  const { contents } = document;
  if (isCollection(contents)) contents.flow = true;
  const style = { ...oneLine, flowCollectionPadding: isMap(contents), defaultStringType };
  return document.toString(style).replace(/\n$/, '');
}

function unbroken(text: string): string {
  return text.replaceAll(/[\r\n\u2028\u2029]+/g, ' ').trimEnd();
}
