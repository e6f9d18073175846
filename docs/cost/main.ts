import { Command } from 'commander';
import * as z from 'zod';
import { estimate } from './estimate.ts';
import { costOptionsSchema } from './options.ts';
import { estimateText } from './text.ts';

const command = new Command('npm run cost --')
  .description('Reckons what a plan costs: a month of nightly backups, and a restore. docs/cost.md tells the model.')
  .option('--tables <n>', 'how many tables (1000)')
  .option('--gb <n>', 'GB in all tables (100)')
  .option('--indices <n>', 'how many indices (20)')
  .option('--index-gb <n>', 'GB in all indices, without replicas (50)')
  .option('--polls <n,n>', 'looks at the table backups and at the snapshot in a night (2,10)')
  .option(
    '--restore-polls <n,n>',
    'looks at the tables and at the indices in a restore (10 and 2 for every 50 tables, 10)',
  )
  .option('--retention <n,n,n>', 'daily, weekly and monthly recovery points that are kept (7,4,12)')
  .option('--json', 'answer one JSON document')
  .parse();

const { data: options, error } = costOptionsSchema.safeParse(command.opts());
if (options === undefined) {
  process.stderr.write(`${z.prettifyError(error)}\n`);
  process.exitCode = 2;
} else {
  const { json, ...asked } = options;
  const answer = await estimate(asked);
  process.stdout.write(`${json ? JSON.stringify(answer, null, 2) : estimateText(answer)}\n`);
}
