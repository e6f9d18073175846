/** What `--help` says, in one place and in one voice. */
export interface CommandHelp {
  summary: string;
  argument: { name: string; meaning: string };
  /** Without `npx tandem`. */
  examples: string[];
}

export const tandem = 'Backs up DynamoDB tables and OpenSearch indices together, and brings both back together.';

/** The life of a plan: backed up every night by itself, once by hand, looked at, brought back. */
export const examples = ['backup app', 'list app', 'restore app --dry-run', 'restore app --point app-20261122-020000'];

const thePlan = { name: 'plan', meaning: 'the plan in the plan file; not needed where there is only one' };

export const init = {
  summary: 'write a plan file for what is there: asks at a terminal for what the options leave open',
  examples: [
    'init',
    'init --webiny ../my-webiny-project --env prod',
    "init --tables 'shop-*' --domain shop --email ops@example.org --json",
  ],
} satisfies Omit<CommandHelp, 'argument'>;

export const backup: CommandHelp = {
  summary: 'make a recovery point: a backup of every table and a snapshot of the indices of a plan',
  argument: thePlan,
  examples: ['backup app', 'backup app --local --json', 'backup app --run app-20261122-020000', 'backup app --detach'],
};

export const restore: CommandHelp = {
  summary: 'bring the tables and indices of a recovery point back, and compare them with what was backed up',
  argument: thePlan,
  examples: [
    'restore app --dry-run',
    'restore app',
    'restore app --point app-20261122-020000 --yes',
    'restore app --point restore-app-20261123-091500-x7k2-safety',
    "restore app --tables 'orders*' customers --indices orders",
    "restore app --indices 'orders*' --index-strategy swap --dry-run",
    'restore app --tables orders --table-strategy refill --write-units 500',
    'restore app --tables orders --table-strategy beside --suffix of-monday --settings',
    'restore app --at 2026-11-27T03:00:00+01:00 --dry-run',
    'restore app --snapshot cs-automated/2026-11-27t03-02-11.9d6b5f0e --index-strategy swap',
    'restore app --to-endpoint https://search-rehearsal-abc.eu-west-1.es.amazonaws.com --dry-run',
    "restore app --exclude 'logs*' --index-strategy beside --rename 'old-{name}'",
  ],
};

export const doctor: CommandHelp = {
  summary:
    "look whether tonight's backup will work, and a restore when it is needed: changes nothing, and ends with 3 where a check failed",
  argument: thePlan,
  examples: ['doctor', 'doctor app --json', 'doctor app --local'],
};

export const list: CommandHelp = {
  summary: 'list the recovery points, the newest first',
  argument: { name: 'plan', meaning: 'the plan in the plan file; all of them without it' },
  examples: ['list', 'list app --json', 'list app --repository cs-automated'],
};

export const show: CommandHelp = {
  summary: 'show what a recovery point holds',
  argument: thePlan,
  examples: ['show app', 'show app --point app-20261122-020000 --json'],
};

export const watch: CommandHelp = {
  summary: 'follow a backup or a restore that goes on in AWS, or tell how it ended',
  argument: { name: 'run', meaning: 'the run; not needed where only one goes on' },
  examples: ['watch', 'watch app-20261122-020000 --json'],
};

export const report: CommandHelp = {
  summary: 'write what is known of a restore into one HTML file: what changed and when, differences, how to undo it',
  argument: { name: 'run', meaning: 'the run of the restore' },
  examples: ['report restore-app-20261123-091500-x7k2', 'report restore-app-20261123-091500-x7k2 --out restore.html'],
};

export const setup: CommandHelp = {
  summary: 'set the search domain of a plan up: its snapshot repository, and who may work with the domain',
  argument: thePlan,
  examples: [
    'setup app --dry-run',
    'setup app',
    'setup app --master-user admin --master-secret app/search-master --yes',
    'setup app --to-endpoint https://search-rehearsal-abc.eu-west-1.es.amazonaws.com',
    'setup app --role-arn arn:aws:iam::111122223333:role/backup --apply-policy',
  ],
};

export const exitCodes = `
AWS credentials, region and endpoints are those of the environment (AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL, ...).

Exit codes:
    0  done
    1  something unexpected
    2  wrong usage or configuration
    3  refused by a guard, or a check of the doctor failed: nothing was touched
    4  the run failed
    5  the restored state differs from what was backed up, or a domain from what was set up
    6  the deadline of the plan has passed
  130  left by Ctrl-C; what becomes of the run is said
`;
