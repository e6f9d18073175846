import type { ErrorCode } from '../errors/catalogue.ts';
import { few } from './deadline.ts';
import { shellWord } from './shell-word.ts';

/** The options with which the command line reaches a run: the stage of its deployment, or its own machine. */
export interface RunPlace {
  local?: boolean;
  stage?: string | undefined;
  config?: string | undefined;
}

/** A run that has ended with a failure, as far as it takes to go on. */
export interface EndedRun {
  workflow: 'backup' | 'restore';
  plan: string;
  run: string;
  place: RunPlace;
  /** The hash of the plan of a restore, once there is one. */
  planHash: string | undefined;
  /** The input that was given, where the run failed in its first step and so has nothing to carry on from. */
  input: Record<string, unknown> | undefined;
  /** A restore: whether it has begun to change anything. */
  begun: boolean;
  /** A restore: what was asked for, without what confirms it. */
  asked: Record<string, unknown>;
  /** A restore that lacks what it restores from: the newest other recovery point of the plan. */
  otherPoint: string | undefined;
  /** A restore: what it makes, where it touches nothing that exists. */
  beside?: string[] | undefined;
  /** A restore: the id of its safety point, once that is recorded; null where it was waived. */
  safetyPoint: string | null | undefined;
}

type Input = Record<string, unknown>;

/**
 * What a backup, or a safety point, cannot make good any more by going on: what it settled at its beginning is gone, or
 * would be put together of parts that lie far apart in time.
 */
const needNewRun: ReadonlySet<string> = new Set<ErrorCode>([
  'TABLE_NOT_FOUND',
  'INDEX_VANISHED',
  'BACKUP_VANISHED',
  'SNAPSHOT_VANISHED',
  'SNAPSHOT_INCOMPLETE',
  'SNAPSHOT_FOREIGN',
]);

/** The recovery point cannot be restored, and will not become better. */
const pointLost: ReadonlySet<string> = new Set<ErrorCode>([
  'BACKUP_NOT_FOUND',
  'POINT_IN_TIME_OUT_OF_REACH',
  'SNAPSHOT_NOT_FOUND',
  'SNAPSHOT_CHANGED',
  'SNAPSHOT_PARTIAL',
  'RECOVERY_POINT_NOT_FOUND',
  'RECOVERY_POINT_CHANGED',
  'RECOVERY_POINT_OF_ANOTHER_PLAN',
  'SOURCE_LOST',
]);

/** Started again with the same input, a run would fail in its first step again. */
const wrongInput: ReadonlySet<string> = new Set<ErrorCode>(['USAGE', 'PLAN_UNKNOWN']);

/** Whether what is wrong is that the recovery point cannot be restored, so that another one is needed. */
export function needsOtherPoint(codes: string[]): boolean {
  return codes.some((code) => pointLost.has(code));
}

function needsNewRun(codes: string[]): boolean {
  return codes.some((code) => needNewRun.has(code));
}

/** Whether a run that failed so cannot be carried on with. @param begun whether a restore has changed anything yet */
export function isBeyondRepair(workflow: EndedRun['workflow'], codes: string[], begun: boolean): boolean {
  if (workflow === 'backup') return needsNewRun(codes);
  // A safety point that is begun anew holds what there is then; nothing was changed in between.
  if (!begun && needsNewRun(codes)) return true;
  // What a run that has changed nothing was settled to do is what it was asked for only as long as nothing changes.
  return needsOtherPoint(codes) || (!begun && codes.includes('PLAN_CHANGED'));
}

/**
 * The command line that does what an execution with this input does.
 *
 * @param about the plan, or the run to watch
 * @param input may hold options of the command line besides: `local`, `stage`, `config`
 */
export function tandemCommand(command: EndedRun['workflow'] | 'watch' | 'setup', about: string, input: Input): string {
  return `npx tandem ${command} ${shellWord(about)}${optionsOf(input)}`;
}

/** The command that puts back the writers that a restore has left paused. */
export function resumeWritersCommand(plan: string, run: string, { local, stage, config }: RunPlace): string {
  return tandemCommand('restore', plan, { resumeWriters: run, local, stage, config });
}

/** The command, and the input for the console, that go on from where a run has failed. @param codes what it failed with */
export function howToGoOn(ended: EndedRun, codes: string[]): string[] {
  const { workflow, plan, place } = ended;
  if (ended.input !== undefined && codes.some((code) => wrongInput.has(code))) {
    return [`Start the ${workflow} again with an input that is right: events/README.md says what each field does.`];
  }
  const { aim, input } = nextStep(ended, codes);
  return [
    `To ${aim}:`,
    `  ${tandemCommand(workflow, plan, { ...input, ...place })}`,
    `or start the ${workflow} state machine from the console with this input:`,
    `  ${JSON.stringify(input)}`,
  ];
}

/** The command, and the input for the console, that undo a restore; nothing where it has changed nothing. */
export function howToUndo({ plan, place, begun, beside, safetyPoint }: EndedRun): string[] {
  if (begun && beside !== undefined) {
    return [
      '',
      `Nothing that existed was touched. To undo it, delete what it made, where that is there: ${few(beside)}`,
    ];
  }
  if (!begun || safetyPoint === undefined) return [];
  if (safetyPoint === null) return ['', 'It cannot be undone: no safety point was taken, as was asked for.'];
  const input = undoOf(plan, safetyPoint);
  return [
    '',
    'To undo it, and so bring back what there was before:',
    `  ${tandemCommand('restore', plan, { ...input, ...place })}`,
    'or start the restore state machine from the console with this input:',
    `  ${JSON.stringify(input)}`,
  ];
}

/** The input of a restore that undoes another one. */
export function undoOf(plan: string, safetyPoint: string) {
  return { plan, point: safetyPoint, confirmed: true };
}

function nextStep(ended: EndedRun, codes: string[]): { aim: string; input: Input } {
  const { workflow, plan, run, planHash, input, begun, asked, otherPoint } = ended;
  const look = { ...asked, plan, dryRun: true };
  if (needsOtherPoint(codes) && otherPoint !== undefined) {
    const aim = 'look at what another recovery point would bring back, which its hash then confirms';
    return { aim, input: { ...look, point: otherPoint } };
  }
  if (codes.includes('PLAN_CHANGED') && !begun) {
    return { aim: 'look at what it would do now, which its hash then confirms', input: look };
  }
  const hash = planHash === undefined ? {} : { planHash };
  const again = { plan, run, ...hash };
  // Of a run that has begun the hash is known: that of the plan that it is at.
  if (codes.includes('PLAN_CHANGED')) return { aim: 'go on as it was confirmed', input: again };
  const isLost = (workflow === 'backup' || !begun) && needsNewRun(codes);
  const anew = input ?? (isLost ? { ...asked, plan, ...hash } : undefined);
  return anew === undefined
    ? { aim: 'go on from there, once the cause is gone', input: again }
    : { aim: 'start again, once the cause is gone', input: anew };
}

const options = {
  run: '--run',
  point: '--point',
  snapshot: '--snapshot',
  at: '--at',
  toEndpoint: '--to-endpoint',
  tables: '--tables',
  indices: '--indices',
  exclude: '--exclude',
  strategy: '--strategy',
  tableStrategy: '--table-strategy',
  indexStrategy: '--index-strategy',
  suffix: '--suffix',
  settings: '--settings',
  writeUnits: '--write-units',
  rename: '--rename',
  keepOld: '--keep-old',
  fast: '--fast',
  safetyPoint: '--no-safety-point',
  dryRun: '--dry-run',
  planHash: '--plan-hash',
  confirmed: '--yes',
  takeOver: '--take-over',
  resumeWriters: '--resume-writers',
  local: '--local',
  stage: '--stage',
  config: '--config',
} as const;

/** What a run has settled, and what a dry run or a plan's hash leaves open: the command line takes only one of them. */
const settledBy = {
  run: [
    ...['point', 'snapshot', 'at', 'toEndpoint', 'tables', 'indices', 'exclude'],
    ...['strategy', 'tableStrategy', 'indexStrategy'],
    ...['suffix', 'settings', 'writeUnits', 'rename', 'keepOld', 'fast'],
    ...['safetyPoint', 'dryRun'],
  ],
  dryRun: ['planHash', 'confirmed'],
  planHash: ['confirmed'],
} as const;

/** The input of an execution as options of the command line. */
function optionsOf(input: Input): string {
  const settled: string[] = Object.entries(settledBy).flatMap(([key, others]) => (isGiven(input[key]) ? others : []));
  return Object.entries(options)
    .filter(
      ([key, option]) => (isWaiver(option) ? input[key] === false : isGiven(input[key])) && !settled.includes(key),
    )
    .flatMap(([key, option]) => (typeof input[key] === 'boolean' ? ` ${option}` : wordsOf(option, input[key])))
    .join('');
}

function isWaiver(option: string): boolean {
  return option.startsWith('--no-');
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}

/** One word for each value: one that begins with a hyphen, as the name of a table may, would be an option on its own. */
function wordsOf(option: string, value: unknown): string[] {
  return [value].flat().map((one) => ` ${option}=${shellWord(String(one))}`);
}
