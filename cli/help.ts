/** What `--help` says, in one place and in one voice. */
export interface CommandHelp {
  summary: string;
  /** What the argument means. */
  plan: string;
  /** Without `npx tandem`. */
  examples: string[];
}

export const tandem = 'Backs up DynamoDB tables and OpenSearch indices together, and brings both back together.';

/** The life of a plan: backed up every night by itself, once by hand, looked at, brought back. */
export const examples = ['backup app', 'list app', 'restore app --dry-run', 'restore app --point app-20261122-020000'];

const thePlan = 'the plan in the plan file; not needed where there is only one';

export const backup: CommandHelp = {
  summary: 'make a recovery point: a backup of every table and a snapshot of the indices of a plan',
  plan: thePlan,
  examples: ['backup app', 'backup app --local --json', 'backup app --run app-20261122-020000'],
};

export const restore: CommandHelp = {
  summary: 'bring the tables and indices of a recovery point back, and compare them with what was backed up',
  plan: thePlan,
  examples: [
    'restore app --dry-run',
    'restore app',
    'restore app --point app-20261122-020000 --yes',
    "restore app --tables 'orders*' customers --indices orders",
  ],
};

export const list: CommandHelp = {
  summary: 'list the recovery points, the newest first',
  plan: 'the plan in the plan file; all of them without it',
  examples: ['list', 'list app --json'],
};

export const show: CommandHelp = {
  summary: 'show what a recovery point holds',
  plan: thePlan,
  examples: ['show app', 'show app --point app-20261122-020000 --json'],
};

export const exitCodes = `
AWS credentials, region and endpoints are those of the environment (AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL, ...).

Exit codes:
    0  done
    1  something unexpected
    2  wrong usage or configuration
    3  refused by a guard: nothing was touched
    4  the run failed
    5  the restored state differs from what was backed up
    6  the deadline of the plan has passed
  130  left by Ctrl-C; what becomes of the run is said
`;
