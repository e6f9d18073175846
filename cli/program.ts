import { Command, Option } from 'commander';
import * as z from 'zod';
import packageFile from '../package.json' with { type: 'json' };
import { strategySchema } from '../shared/contracts/restore-plan.ts';
import { TandemError } from '../shared/errors/tandem-error.ts';
import { backup } from './commands/backup.ts';
import { list } from './commands/list.ts';
import { restore } from './commands/restore.ts';
import { show } from './commands/show.ts';
import * as help from './help.ts';
import {
  type CommonOptions,
  commonOptionsSchema,
  restoreOptionsSchema,
  showOptionsSchema,
  workflowOptionsSchema,
} from './options.ts';
import type { Answer } from './output/answer.ts';
import { colorsFor } from './output/colors.ts';
import type { Surroundings } from './surroundings.ts';

/** A command: what it is given parsed, it answers. */
type Run<Options> = (plan: string | undefined, options: Options, surroundings: Surroundings) => Promise<Answer>;

/** The commands of `tandem`, with their options and their help. */
export function tandemProgram(surroundings: Surroundings): Command {
  const { stdout, stderr } = surroundings;
  const program = new Command('tandem')
    .description(help.tandem)
    .version(packageFile.version)
    .exitOverride()
    // Errors are told in one place, for a person and for a script.
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: () => {},
    })
    .addHelpText('after', examplesText(help.examples) + help.exitCodes);

  const action =
    <Schema extends z.ZodType<CommonOptions>>(schema: Schema, run: Run<z.output<Schema>>) =>
    async (plan: string | undefined, given: unknown) => {
      const options = parseOptions(schema, given);
      const { document, text } = await run(plan, options, surroundings);
      stdout.write(options.json ? json(document) : `${text(colorsFor(stdout, surroundings.env))}\n`);
    };

  addWorkflowOptions(addCommand(program, 'backup', help.backup)).action(action(workflowOptionsSchema, backup));
  addRestoreOptions(addCommand(program, 'restore', help.restore)).action(action(restoreOptionsSchema, restore));
  addCommand(program, 'list', help.list).action(action(commonOptionsSchema, list));
  addCommand(program, 'show', help.show)
    .option('--point <id>', 'the recovery point, or "latest" (default)')
    .action(action(showOptionsSchema, show));
  return program;
}

/** @throws TandemError USAGE */
function parseOptions<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new TandemError('USAGE', `The options are not understood: ${z.prettifyError(parsed.error)}`, {
    cause: parsed.error,
  });
}

/** The text of a JSON document. */
export function json(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

function addCommand(program: Command, name: string, { summary, plan, examples }: help.CommandHelp): Command {
  return program
    .command(name)
    .description(summary)
    .argument('[plan]', plan)
    .option('--config <file>', 'the plan file (default: that of TANDEM_CONFIG, or tandem.yml)')
    .option('--local', "run here, with your own credentials and endpoints, instead of in Tandem's deployment")
    .option('--json', 'answer with one JSON document on standard output')
    .option('--quiet', 'show no progress')
    .addHelpText('after', examplesText(examples));
}

function examplesText(examples: string[]): string {
  return `\nExamples:\n${examples.map((example) => `  npx tandem ${example}\n`).join('')}`;
}

/** @param settled the options that a run has settled when it began */
function addWorkflowOptions(command: Command, settled: string[] = []): Command {
  const run = new Option('--run <run>', 'follow this run if it goes on still, or carry on with it if it has failed');
  return command
    .option('--stage <stage>', 'the deployed stage, where there are several')
    .addOption(run.conflicts(settled));
}

function addRestoreOptions(command: Command): Command {
  return addWorkflowOptions(command, ['point', 'tables', 'indices', 'strategy', 'dryRun'])
    .option('--point <id>', 'the recovery point, or "latest" (default)')
    .option('--tables <glob...>', 'restore these tables, and of the indices only what --indices names')
    .option('--indices <glob...>', 'restore these indices, and of the tables only what --tables names')
    .addOption(new Option('--strategy <how>', 'what to do with what exists').choices(strategySchema.options))
    .option('--dry-run', 'only show what would be done, and the hash that confirms it')
    .addOption(new Option('--plan-hash <hash>', 'do it if it is what a dry run has shown').conflicts(['yes', 'dryRun']))
    .addOption(new Option('--yes', 'do it without a look at the plan').conflicts('dryRun'));
}
