import type { ErrorCode } from '../errors/catalogue.ts';
import { shellWord } from './shell-word.ts';

interface EndedRun {
  workflow: 'backup' | 'restore';
  plan: string;
  run: string;
  /** What it failed with. */
  codes: ErrorCode[];
  /** The hash of the plan of a restore, once there is one. */
  planHash: string | undefined;
  /** The input that was given, where there is nothing to carry on from. */
  input: Record<string, unknown> | undefined;
}

/**
 * What a backup cannot make good any more by going on: what it settled at its beginning is gone, or would be put together
 * of parts that lie far apart in time.
 */
const needNewRun = new Set<ErrorCode>([
  'TABLE_NOT_FOUND',
  'INDEX_VANISHED',
  'BACKUP_VANISHED',
  'SNAPSHOT_VANISHED',
  'SNAPSHOT_INCOMPLETE',
  'SNAPSHOT_FOREIGN',
]);

/** Whether a run that failed so cannot be carried on with, but has to be started again. */
export function isBeyondRepair(workflow: EndedRun['workflow'], codes: ErrorCode[]): boolean {
  return workflow === 'backup' && codes.some((code) => needNewRun.has(code));
}

/**
 * The command line that does what an execution with this input does.
 *
 * @param about the plan, or the run to watch
 * @param input may hold options of the command line besides: `local`, `stage`, `config`
 */
export function tandemCommand(
  command: EndedRun['workflow'] | 'watch',
  about: string,
  input: Record<string, unknown>,
): string {
  return `npx tandem ${command} ${shellWord(about)}${optionsOf(input)}`;
}

/** The command, and the input for the console, that go on from where a run has failed. */
export function howToGoOn({ workflow, plan, run, codes, planHash, input }: EndedRun): string[] {
  const anew = input ?? (isBeyondRepair(workflow, codes) ? { plan } : undefined);
  const again = anew ?? { plan, run, ...(planHash === undefined ? {} : { planHash }) };
  return [
    anew === undefined ? 'To go on from there, once the cause is gone:' : 'To start again, once the cause is gone:',
    `  ${tandemCommand(workflow, plan, again)}`,
    `or start the ${workflow} state machine from the console with this input:`,
    `  ${JSON.stringify(again)}`,
  ];
}

const options = {
  run: '--run',
  point: '--point',
  tables: '--tables',
  indices: '--indices',
  dryRun: '--dry-run',
  planHash: '--plan-hash',
  confirmed: '--yes',
  local: '--local',
  stage: '--stage',
  config: '--config',
} as const;

/** What a run has settled, and what a dry run or a plan's hash leaves open: the command line takes only one of them. */
const settledBy = {
  run: ['point', 'tables', 'indices', 'dryRun'],
  dryRun: ['planHash', 'confirmed'],
  planHash: ['confirmed'],
} as const;

/** The input of an execution as options of the command line. */
function optionsOf(input: Record<string, unknown>): string {
  const settled: string[] = Object.entries(settledBy).flatMap(([key, others]) => (isGiven(input[key]) ? others : []));
  return Object.entries(options)
    .filter(([key]) => isGiven(input[key]) && !settled.includes(key))
    .flatMap(([key, option]) => (input[key] === true ? ` ${option}` : wordsOf(option, input[key])))
    .join('');
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}

/** One word for each value: one that begins with a hyphen, as the name of a table may, would be an option on its own. */
function wordsOf(option: string, value: unknown): string[] {
  return [value].flat().map((one) => ` ${option}=${shellWord(String(one))}`);
}
