import { Command, Option } from 'commander';
import type * as z from 'zod';
import packageFile from '../package.json' with { type: 'json' };
import { indexStrategySchema, strategySchema, tableStrategySchema } from '../shared/contracts/restore-plan.ts';
import { understandGiven } from '../shared/errors/understand-given.ts';
import { backup } from './commands/backup.ts';
import { doctor } from './commands/doctor.ts';
import { init } from './commands/init.ts';
import { list } from './commands/list.ts';
import { report } from './commands/report.ts';
import { restore } from './commands/restore.ts';
import { setup } from './commands/setup.ts';
import { show } from './commands/show.ts';
import { watch } from './commands/watch.ts';
import { exitCodes } from './exit-code.ts';
import * as help from './help.ts';
import {
  backupOptionsSchema,
  type CommonOptions,
  doctorOptionsSchema,
  initOptionsSchema,
  listOptionsSchema,
  reportOptionsSchema,
  restoreOptionsSchema,
  setupOptionsSchema,
  showOptionsSchema,
  watchOptionsSchema,
} from './options.ts';
import type { Answer } from './output/answer.ts';
import { colorsFor } from './output/colors.ts';
import type { Surroundings } from './surroundings.ts';

/** A command: what it is given parsed, it answers. */
type Run<Options> = (plan: string | undefined, options: Options, surroundings: Surroundings) => Promise<Answer>;

/**
 * The commands of `tandem`, with their options and their help.
 *
 * @param ended is told how a command ends that has answered
 */
export function tandemProgram(surroundings: Surroundings, ended: (exitCode: number) => void): Command {
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

  const tell = ({ document, text, exitCode = exitCodes.done }: Answer, options: Pick<CommonOptions, 'json'>) => {
    stdout.write(
      options.json ? json(document) : `${text(colorsFor(stdout, surroundings.env), stdout.isTTY === true)}\n`,
    );
    ended(exitCode);
  };
  const action =
    <Schema extends z.ZodType<CommonOptions>>(schema: Schema, run: Run<z.output<Schema>>) =>
    async (plan: string | undefined, given: unknown) => {
      const options = understandGiven(schema, given, 'options');
      tell(await run(plan, options, surroundings), options);
    };

  addInitOptions(newCommand(program, 'init', help.init)).action(async (given: unknown) => {
    const options = understandGiven(initOptionsSchema, given, 'options');
    tell(await init(options, surroundings), options);
  });

  addWorkflowOptions(addCommand(program, 'backup', help.backup)).action(action(backupOptionsSchema, backup));
  addRestoreOptions(addCommand(program, 'restore', help.restore)).action(action(restoreOptionsSchema, restore));
  addCommand(program, 'doctor', help.doctor).addOption(stageOption()).action(action(doctorOptionsSchema, doctor));
  addCommand(program, 'list', help.list)
    .option('--repository <name>', "list the snapshots of a repository of the plan's domain, Tandem's or not")
    .action(action(listOptionsSchema, list));
  addCommand(program, 'show', help.show)
    .option('--point <id>', 'the recovery point, or "latest" (default)')
    .action(action(showOptionsSchema, show));
  addAbout(program, 'watch', help.watch).addOption(stageOption()).action(action(watchOptionsSchema, watch));
  addCommand(program, 'report', help.report)
    .addOption(stageOption())
    .option('--out <file>', 'where the page is written (default: tandem-<run>.html)')
    .action(action(reportOptionsSchema, report));
  addSetupOptions(addCommand(program, 'setup', help.setup)).action(action(setupOptionsSchema, setup));
  return program;
}

/** The text of a JSON document. */
export function json(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

function stageOption(): Option {
  return new Option('--stage <stage>', 'the deployed stage, where there are several');
}

function addCommand(program: Command, name: string, words: help.CommandHelp): Command {
  return addAbout(program, name, words).option(
    '--local',
    "run here, with your own credentials and endpoints, instead of in Tandem's deployment",
  );
}

/** A command about a plan, or whatever its argument names. */
function addAbout(program: Command, name: string, { argument, ...words }: help.CommandHelp): Command {
  return newCommand(program, name, words).argument(`[${argument.name}]`, argument.meaning);
}

function newCommand(
  program: Command,
  name: string,
  { summary, examples }: Omit<help.CommandHelp, 'argument'>,
): Command {
  return program
    .command(name)
    .description(summary)
    .option('--config <file>', 'the plan file (default: that of TANDEM_CONFIG, or tandem.yml)')
    .option('--json', 'answer with one JSON document on standard output')
    .option('--quiet', 'show no progress')
    .addHelpText('after', examplesText(examples));
}

function examplesText(examples: string[]): string {
  return `\nExamples:\n${examples.map((example) => `  npx tandem ${example}\n`).join('')}`;
}

function addInitOptions(command: Command): Command {
  const found = ['tables', 'tags', 'domain'];
  return command
    .option('--force', 'replace the file if it exists')
    .addOption(new Option('--webiny <path>', 'a Webiny project, or a file with the state of its core').conflicts(found))
    .option('--env <env>', 'the environment of Webiny, where there are several')
    .option('--variant <variant>', 'the variant of that environment')
    .option('--plan <name>', "the plan's name")
    .option('--tables <glob...>', 'the tables, by names or globs; "none" for a plan without')
    .option('--tags <key=value...>', 'tables that carry all of these tags as well')
    .option('--domain <name>', 'the search domain; "none" for a plan without')
    .option('--indices <glob...>', 'its indices, by names or globs (default: all)')
    .option('--cron <schedule>', 'when to back up, as EventBridge has it (default: cron(0 2 * * ? *))')
    .option('--timezone <zone>', 'the time zone of the schedule (default: that of this machine)')
    .option('--retention <counts>', 'what to keep (default: keepLast=3,daily=7,weekly=4,monthly=12)')
    .option('--email <address...>', 'who hears of a run that failed')
    .option('--bucket <name>', 'the bucket of manifests and ledgers')
    .option('--snapshot-bucket <name>', 'the bucket of snapshots')
    .option('--snapshot-role <arn>', 'the role with which the domain writes there')
    .addOption(new Option('--existing <what...>', 'what is there already').choices(['bucket', 'role']));
}

/** @param settled the options that a run has settled when it began */
function addWorkflowOptions(command: Command, settled: string[] = []): Command {
  const run = new Option('--run <run>', 'follow this run if it goes on still, or carry on with it if it has failed');
  return command
    .addOption(stageOption())
    .addOption(new Option('--detach', 'start it in AWS and leave it there').conflicts(['local', 'dryRun']))
    .addOption(run.conflicts(settled));
}

const planHashHelp =
  'do what a dry run has shown, or show what changed since; the hash covers everything but sizes, counts, ages, cost and time';

/** What a run that is carried on with has settled. */
const settledOptions = [
  ...['point', 'snapshot', 'at', 'toEndpoint', 'tables', 'indices', 'exclude'],
  ...['strategy', 'tableStrategy', 'indexStrategy'],
  ...['suffix', 'settings', 'writeUnits', 'rename', 'keepOld', 'fast'],
  ...['safetyPoint', 'count', 'sample', 'dryRun'],
];

function addRestoreOptions(command: Command): Command {
  return addWorkflowOptions(command, settledOptions)
    .option('--point <id>', 'the recovery point, or "latest" (default)')
    .addOption(
      new Option(
        '--snapshot <repository/name>',
        'restore indices from a snapshot of any repository, cs-automated too',
      ).conflicts(['point', 'at', 'tables']),
    )
    .option('--at <time>', 'restore tables to a moment (ISO 8601, with its zone), with the indices from just before')
    .addOption(
      new Option('--to-endpoint <url>', 'restore indices to another domain, and no tables').conflicts(['at', 'tables']),
    )
    .option('--tables <glob...>', 'restore these tables, and of the indices only what --indices names')
    .option('--indices <glob...>', 'restore these indices, and of the tables only what --tables names')
    .option('--exclude <glob...>', 'leave these tables and indices out')
    .addOption(
      new Option('--strategy <how>', 'what to do with what exists, of each side that knows it').choices(
        strategySchema.options,
      ),
    )
    .addOption(
      new Option('--table-strategy <how>', 'what to do with tables that exist').choices(tableStrategySchema.options),
    )
    .addOption(
      new Option('--index-strategy <how>', 'what to do with indices that exist').choices(indexStrategySchema.options),
    )
    .option('--suffix <text>', 'of the names of tables that are restored beside: <name>-<text> (default: restored)')
    .option('--settings', 'put the settings of tables back that are restored beside')
    .option('--write-units <number>', 'what a refill of tables takes a second at most (default: 1000)')
    .option('--rename <template>', 'the names of indices that are restored beside (default: {name}-restored)')
    .option('--keep-old', 'keep the indices that others are swapped in for')
    .option('--fast', 'lift what slows the recovery of indices down, and put it back afterwards')
    .option('--no-safety-point', 'do not save first what is deleted or replaced: nothing undoes it then')
    .option('--count', 'count the items of the restored tables one by one, and compare them with documents')
    .option('--sample <n>', 'compare so many items of each table that is refilled, or restored beside another one')
    .option('--dry-run', 'only show what would be done, and the hash that confirms it')
    .addOption(new Option('--plan-hash <hash>', planHashHelp).conflicts(['yes', 'dryRun']))
    .addOption(new Option('--yes', 'do it without a look at the plan').conflicts('dryRun'))
    .addOption(
      new Option(
        '--resume-writers <run>',
        'only put back what that restore had paused and left so: it was killed, or could not do it itself',
      ).conflicts([
        'run',
        'point',
        'snapshot',
        'at',
        'toEndpoint',
        'tables',
        'indices',
        'strategy',
        'dryRun',
        'planHash',
        'yes',
        'takeOver',
        'detach',
      ]),
    )
    .option('--all', 'show every table and index of the plan at a terminal, too')
    .addOption(
      new Option(
        '--take-over <run>',
        'begin although that restore has not said that it has ended: it is dead',
      ).conflicts('dryRun'),
    );
}

function addSetupOptions(command: Command): Command {
  return command
    .addOption(stageOption())
    .option('--dry-run', 'only show what would be changed')
    .addOption(new Option('--yes', 'change it without asking').conflicts('dryRun'))
    .option('--role-arn <arn...>', "who is to work with the domain (default: the deployment's roles, or else you)")
    .option('--to-endpoint <url>', 'set up another domain, that indices of the plan can be restored to')
    .option('--apply-policy', "add what is missing to the domain's access policy")
    .option('--master-user <name>', "the domain's master user, where it is not you; the password is asked for")
    .option('--master-secret <id>', 'the secret of Secrets Manager that holds the password instead');
}
