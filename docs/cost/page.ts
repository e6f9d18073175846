import { dollars } from '../../cli/output/words.ts';
import { assumptions } from '../../shared/core/cost.ts';
import { prices } from '../../shared/core/prices.ts';
import { requestsPerTask, secondsPerTask, secondsPerWindow } from '../../shared/core/run-usage.ts';
import { type Estimate, estimate, secondsPerTable } from './estimate.ts';
import { costOptionsSchema } from './options.ts';
import { estimateText, priceText } from './text.ts';

/** The text of docs/cost.md. */
export async function costPage(): Promise<string> {
  const thousand = await estimate(costOptionsSchema.parse({ tables: 1_000 }));
  const one = await estimate(costOptionsSchema.parse({ tables: 1 }));
  return [
    '# What it costs',
    '',
    '<!-- Made by `npm run docs` from docs/cost/, shared/core/cost.ts and shared/core/prices.ts. Change it there. -->',
    '',
    ...example(thousand),
    ...reading(thousand, one),
    ...model(thousand),
    ...notInIt,
    ...priceList(),
  ].join('\n');
}

function example(thousand: Estimate): string[] {
  return [
    '```',
    '$ npm run cost -- --tables 1000',
    estimateText(thousand),
    '```',
    '',
    '`npm run cost -- --help` tells the other options: sizes, indices, looks, retention, `--json`.',
    '',
  ];
}

function reading(thousand: Estimate, one: Estimate): string[] {
  return [
    '## What to take from it',
    '',
    `- **Table backups are the bill.** DynamoDB has no increments: each recovery point that is kept costs the whole size of the`,
    `  tables again, at ${priceText(prices.tableBackupStorage)}. Fewer recovery points is the one thing that saves money.`,
    '- **The number of tables costs next to nothing**: steps are batched, so that a night with the same number of looks is',
    `  ${one.backup.transitions} state transitions for one table and ${thousand.backup.transitions} for a thousand.`,
    `- **Nothing is pruned yet**, whatever \`retention\` says: until it is, every night adds a recovery point. After a year the`,
    `  example costs ${dollars(thousand.unprunedAfterAYear.total)} a month instead of ${dollars(thousand.month.total)}. Delete old ones by hand.`,
    '- **A restore costs by its size**, and once; its safety point costs what a recovery point does, as long as it is kept.',
    '',
  ];
}

function model({ retention }: Estimate): string[] {
  return [
    '## The model',
    '',
    '| what | how it is reckoned |',
    '| --- | --- |',
    `| recovery points kept | at the most max(keepLast, daily) + (weekly - 1) + (monthly - 1), with one a night: the newest of this week and of this month is the newest of all. ${retention.kept} as in the example |`,
    '| table backups | the size of all tables, times the recovery points kept |',
    `| index snapshots | incremental: the size of the indices once, and ${assumptions.ownShareOfSnapshot * 100}% of it for each further recovery point. How much it really is depends on how the indices are written: an index that is rebuilt every night is stored whole every night |`,
    `| snapshot requests | ${assumptions.objectsPerIndex} objects an index |`,
    '| state transitions, Lambda requests | the state machine that gets deployed is run with steps that do nothing, and the states that it enters are counted. A test compares them with those of the real steps, for 1 and for 1,000 tables |',
    `| Lambda time | ${secondsPerTask} s a task; in a backup, and for the safety point of a restore, ${secondsPerTable} s more a table, which is the pace that DynamoDB's quotas impose; in a restore ${secondsPerWindow} s for every 50 tables. Memory is that of serverless.yml |`,
    `| catalog requests | ${requestsPerTask} of each kind a task, and one for each further second of Lambda time |`,
    `| catalog size | ${assumptions.catalogGbPerTable * 1e6} kB a table, for each recovery point kept and for the ${assumptions.ledgerNights} nights for which old versions of ledgers are kept |`,
    `| logs | ${assumptions.logGbPerTask * 1e6} kB a task |`,
    `| metrics | ${assumptions.metrics} of a plan's backup, each in ${assumptions.hoursWithMetricsPerNight} hours a night |`,
    '| alarms, dashboards | those that serverless.yml deploys for tandem.example.yml |',
    `| alerts | ${assumptions.alertsPerMonth} e-mail a month |`,
    '',
    'Numbers that nobody can know beforehand are meant to be rather too high than too low. The catalog, the logs and the',
    'requests are cents in any case.',
    '',
  ];
}

const notInIt = [
  '## Not in it',
  '',
  '- The tables, the domain, and what else they have: point-in-time recovery is paid for by itself.',
  '- **A domain in a VPC**: the functions then need a NAT gateway or interface endpoints to reach AWS. A NAT gateway that is',
  '  there for Tandem alone costs about $33 a month ($0.045 an hour: https://basavytix.com/blog/aws-nat-gateway-pricing, undated),',
  '  which is more than all but the storage.',
  '- A KMS key of your own, and its requests; a secret in Secrets Manager; CloudTrail; copies in other regions or accounts.',
  '- Steps that are tried again, and runs that fail: each retry is one more state transition and one more request.',
  '- Free allowances, such as the 4,000 state transitions a month of Step Functions. They cover most of the small lines.',
  '',
];

function priceList(): string[] {
  const rows = Object.values(prices).map((price) => `| ${price.what} | ${priceText(price)} | ${price.source} |`);
  return [
    '## Prices',
    '',
    'Of us-east-1, looked up on 28 November 2026 in stored copies of public pages. They differ by region and change: before you',
    'decide by them, compare with the [AWS Pricing Calculator](https://calculator.aws), and correct shared/core/prices.ts.',
    '',
    '| what | price | source |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ];
}
