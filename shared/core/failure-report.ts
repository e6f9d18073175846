import type { IndexSnapshot, TableBackups } from '../contracts/ledger/backup-run.ts';
import type { ChangedSettings, PausedWriters } from '../contracts/ledger/changed-meanwhile.ts';
import type { Refills } from '../contracts/ledger/refills.ts';
import type { IndexRestore, TableRestores } from '../contracts/ledger/restores.ts';
import type { Problem } from '../contracts/refusal.ts';
import type { DescribedFailure } from '../errors/description.ts';
import { few } from './deadline.ts';
import { type EndedRun, howToGoOn, howToUndo, resumeWritersCommand } from './how-to-go-on.ts';
import { headline, problemLine } from './refusal.ts';
import { writersInWords } from './writers.ts';

/** What the ledger of a failed run still tells; of a restore, its safety point's ledger too. */
export interface Progress {
  tableBackups?: TableBackups | undefined;
  indexSnapshot?: IndexSnapshot | undefined;
  tableRestores?: TableRestores | undefined;
  refills?: Refills | undefined;
  /** Tables that others are compared with, which stay until the run is carried on or undone. */
  scratchTables?: string[] | undefined;
  indexRestore?: IndexRestore | undefined;
  changedSettings?: ChangedSettings | undefined;
}

/** What went wrong in a step, or on one side of the run. */
export interface FailedStep extends DescribedFailure {
  /** The last step that ended well on that side, where it is known. */
  after?: string | undefined;
  /** Of a refusal: all that is in the way. */
  problems?: Problem[];
}

/** A failed run, as its alert tells it. */
export interface FailedRun extends EndedRun {
  /** A restore: what it restores, where that is not a recovery point alone. */
  about?: string[];
  /** The last step that ended well; undefined where none did. */
  lastStep: string | undefined;
  /** The failure that ends the execution first; then that of the other side, where both failed. */
  failures: [FailedStep, ...FailedStep[]];
  progress: Progress;
  /** A backup: whether it had recorded its recovery point already. */
  recorded?: boolean;
  /** A restore that came as far as to pause writers: whether they are as they were before. */
  writers?: WritersAfter | undefined;
}

/** What writes to the tables and indices of a plan, after a restore of it has ended. */
export type WritersAfter = { left: null } | { left: { run: string; writers: PausedWriters } };

/** SNS takes at most 100 characters of ASCII. */
export function alertSubject({ workflow, plan, failures: [first] }: FailedRun): string {
  return `Tandem: the ${workflow} of ${plan} failed (${first.name})`.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 100);
}

/** The one message that a failed run sends: which step, why, what is done and half-done, and how to go on. */
export function alertMessage(failed: FailedRun): string {
  const { workflow, plan, run, failures } = failed;
  return [
    `The ${workflow} of plan ${plan} failed. Run: ${run}`,
    ...(failed.about ?? []),
    ...failures.flatMap((failure) => ['', ...explain(failure, failure.after ?? failed.lastStep)]),
    '',
    `Done and half-done:`,
    ...progressLines(failed),
    '',
    ...howToGoOn(failed, codesOf(failed)),
    ...howToUndo(failed),
    ...howToResumeWriters(failed),
  ].join('\n');
}

/** The alert of its own where writers could not be put back; undefined where they are as they were. */
export function writersAlert({ plan, place, writers }: FailedRun): { subject: string; message: string } | undefined {
  if (!writers?.left) return undefined;
  const { run, writers: paused } = writers.left;
  const subject = `Tandem: writers of ${plan} are paused still`.slice(0, 100);
  const message = [
    `A restore of plan ${plan} has paused what writes to its tables and indices, and could not put it back. Run: ${run}`,
    '',
    `Paused still, or not as before: ${writersInWords(paused)}`,
    'Until it is put back, the application misses what it writes.',
    '',
    'To put it back as it was:',
    `  ${resumeWritersCommand(plan, run, place)}`,
  ].join('\n');
  return { subject, message };
}

function howToResumeWriters({ plan, place, writers }: FailedRun): string[] {
  if (!writers?.left) return [];
  return ['', 'To put the writers back as they were:', `  ${resumeWritersCommand(plan, writers.left.run, place)}`];
}

function writerLines(writers: FailedRun['writers']): string[] {
  if (writers === undefined) return [];
  if (writers.left === null) return ['- the writers that were paused are as they were before'];
  return [`- writers are paused still, or not as they were before: ${writersInWords(writers.left.writers)}`];
}

export function codesOf({ failures }: Pick<FailedRun, 'failures'>): string[] {
  return failures.flatMap(({ code, problems = [] }) => [code, ...problems.map((problem) => problem.code)]);
}

function explain(failure: FailedStep, lastStep: string | undefined): string[] {
  const step = failure.step ?? (lastStep === undefined ? 'the first step' : `the step after ${lastStep}`);
  return [`Step: ${step}`, ...why(failure), `What to do: ${failure.remedy}`];
}

/** A message to SNS holds 256 kB. */
const longestProblem = 10_000;

function why({ name, code, message, problems = [] }: FailedStep): string[] {
  const told = problems.map((problem) => ({ ...problem, message: problem.message.slice(0, longestProblem) }));
  const [first, ...others] = told;
  if (others.length === 0) return [`Why: ${first?.message ?? message} (${name}, ${code})`];
  return [`Why: ${headline(told)} (${name}, ${code})`, ...told.map(problemLine)];
}

function progressLines({ workflow, progress, recorded, safetyPoint, writers }: FailedRun): string[] {
  const saved = [...byStatus('table backups', progress.tableBackups), ...snapshotLines(progress.indexSnapshot)];
  const lines = [
    ...(workflow === 'backup' ? saved : safetyLines(safetyPoint, saved)),
    ...byStatus('tables', progress.tableRestores),
    ...unprotectedLines(progress.tableRestores),
    ...refillLines(progress),
    ...recoveryLines(progress.indexRestore),
    ...settingLines(progress.changedSettings),
    ...writerLines(writers),
  ];
  const touched = lines.length > 0 ? lines : ['- nothing was started'];
  if (workflow === 'restore') return touched;
  return recorded
    ? [...lines, '- the recovery point was recorded and can be restored']
    : [...touched, '- no recovery point was recorded; what was made stays as litter until it is pruned'];
}

function safetyLines(safetyPoint: FailedRun['safetyPoint'], saved: string[]): string[] {
  if (safetyPoint === null) return ['- no safety point was taken, as was asked for'];
  if (safetyPoint !== undefined) return [`- the safety point ${safetyPoint} is complete`];
  return saved.map((line) => `${line}, for the safety point`);
}

interface Part {
  status: string;
  waitingFor?: string | undefined;
  failure?: string | undefined;
}

/** So many different failures are read in an alert. */
const failuresShown = 3;

function byStatus(what: string, parts: ReadonlyMap<string, Part> = new Map()): string[] {
  const statuses = [...new Set([...parts.values()].map((part) => part.status))].sort();
  return statuses.map((status) => {
    const alike = [...parts].filter(([, part]) => part.status === status);
    const names = alike.map(([name]) => name);
    const waitingFor = alike.map(([, part]) => part.waitingFor).find((why) => why !== undefined);
    const why = waitingFor === undefined ? '' : `, waiting: ${waitingFor}`;
    const failures = new Set(alike.flatMap(([, part]) => part.failure ?? []));
    const failed = [...failures].slice(0, failuresShown).map((failure) => `, failed: ${failure}`);
    return `- ${what} ${status}: ${names.length} (${few(names)})${why}${failed.join('')}`;
  });
}

function unprotectedLines(restores: TableRestores = new Map()): string[] {
  const names = [...restores].filter(([, restore]) => restore.unprotected).map(([name]) => name);
  return names.length === 0 ? [] : [`- deletion protection switched off and not on again: ${few(names)}`];
}

function refillLines({ refills = new Map(), scratchTables = [] }: Progress): string[] {
  const done = [...refills].filter(([, refill]) => refill.done).map(([name]) => name);
  const open = [...refills].filter(([, refill]) => !refill.done).map(([name]) => name);
  const changed = [...refills.values()].reduce((sum, { written, deleted }) => sum + written + deleted, 0);
  return [
    ...(done.length > 0 ? [`- tables refilled: ${done.length} (${few(done)})`] : []),
    ...(open.length > 0 ? [`- tables being refilled: ${open.length} (${few(open)})`] : []),
    ...(refills.size > 0 ? [`- items written or deleted for that: ${changed}`] : []),
    ...(scratchTables.length > 0
      ? [`- kept to compare with, until the run is carried on or undone: tables ${few(scratchTables)}`]
      : []),
  ];
}

function snapshotLines(snapshot: IndexSnapshot | undefined): string[] {
  if (snapshot?.name === undefined) return [];
  const rejected = snapshot.rejected.includes(snapshot.name);
  const state = snapshot.completed !== undefined ? 'complete' : rejected ? 'ended, but is not good' : 'started';
  return [`- snapshot ${snapshot.name}: ${state}, ${snapshot.shardsDone} of ${snapshot.shardsTotal} shards`];
}

function recoveryLines(restore: IndexRestore | undefined): string[] {
  if (restore === undefined) return [];
  const open = restore.requested.filter((name) => !restore.recovered.includes(name));
  const away = restore.deleted.filter((name) => !restore.requested.includes(name));
  const closed = restore.closed.filter((name) => !restore.requested.includes(name));
  return [
    ...(restore.recovered.length > 0
      ? [`- indices restored: ${restore.recovered.length} (${few(restore.recovered)})`]
      : []),
    ...(away.length > 0
      ? [`- indices deleted, or just about to be, and not asked for yet: ${away.length} (${few(away)})`]
      : []),
    ...(closed.length > 0
      ? [`- indices closed, or just about to be, and not asked for yet: ${closed.length} (${few(closed)})`]
      : []),
    ...(open.length > 0 ? [`- indices asked for and not back yet: ${open.length} (${few(open)})`] : []),
    ...(restore.withoutReplicas.size > 0
      ? [`- restored without replicas, and not given them yet: ${replicaList(restore.withoutReplicas)}`]
      : []),
  ];
}

/** `orders (1), users (2)` */
function replicaList(withoutReplicas: IndexRestore['withoutReplicas']): string {
  return few([...withoutReplicas].map(([name, replicas]) => `${name} (${replicas})`));
}

function settingLines(changed: ChangedSettings | undefined): string[] {
  return [...(changed?.settings ?? [])]
    .filter(([, { putBack }]) => !putBack)
    .map(
      ([name, { before }]) =>
        `- setting of the domain changed and not put back: ${name}, which was ${before ?? 'not set'}`,
    );
}
