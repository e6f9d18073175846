import type { IndexRestore, IndexSnapshot, TableBackups, TableRestores } from '../contracts/ledger.ts';
import type { DescribedFailure } from '../errors/description.ts';
import { few } from './deadline.ts';

/** What the ledger of a failed run still tells. */
export interface Progress {
  tableBackups?: TableBackups | undefined;
  indexSnapshot?: IndexSnapshot | undefined;
  tableRestores?: TableRestores | undefined;
  indexRestore?: IndexRestore | undefined;
}

/** A failed run, as its alert tells it. */
export interface FailedRun {
  workflow: 'backup' | 'restore';
  plan: string;
  run: string;
  /** The last step that ended well; undefined where none did. */
  lastStep: string | undefined;
  /** The failure that ends the execution first; then that of the other side, where both failed. */
  failures: [DescribedFailure, ...DescribedFailure[]];
  progress: Progress;
  /** The hash of the plan of a restore, once there is one. */
  planHash: string | undefined;
  /** The input that was given, where the run failed in its first step and so has nothing to carry on from. */
  input: Record<string, unknown> | undefined;
}

/** SNS takes at most 100 characters of ASCII. */
export function alertSubject({ workflow, plan, failures: [first] }: FailedRun): string {
  return `Tandem: the ${workflow} of ${plan} failed (${first.name})`.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 100);
}

/** The one message that a failed run sends: which step, why, what is done and half-done, and how to go on. */
export function alertMessage(failed: FailedRun): string {
  const { workflow, plan, run, failures } = failed;
  return [
    `The ${workflow} of plan ${plan} failed. Run: ${run}`,
    ...failures.flatMap((failure) => ['', ...explain(failure, failed.lastStep)]),
    '',
    `Done and half-done:`,
    ...progressLines(failed),
    '',
    ...howToGoOn(failed),
  ].join('\n');
}

function explain(failure: DescribedFailure, lastStep: string | undefined): string[] {
  const step = failure.step ?? (lastStep === undefined ? 'the first step' : `the step after ${lastStep}`);
  return [
    `Step: ${step}`,
    `Why: ${failure.message} (${failure.name}, ${failure.code})`,
    `What to do: ${failure.remedy}`,
  ];
}

function progressLines({ workflow, progress }: FailedRun): string[] {
  const lines = [
    ...byStatus('table backups', progress.tableBackups),
    ...snapshotLines(progress.indexSnapshot),
    ...byStatus('tables', progress.tableRestores),
    ...recoveryLines(progress.indexRestore),
  ];
  const touched = lines.length > 0 ? lines : ['- nothing was started'];
  return workflow === 'backup'
    ? [...touched, '- no recovery point was recorded; what was made stays as litter until it is pruned']
    : touched;
}

function byStatus(
  what: string,
  parts: Record<string, { status: string; waitingFor?: string | undefined }> = {},
): string[] {
  const statuses = [...new Set(Object.values(parts).map((part) => part.status))].sort();
  return statuses.map((status) => {
    const names = Object.keys(parts).filter((name) => parts[name]?.status === status);
    return `- ${what} ${status}: ${names.length} (${few(names)})`;
  });
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
  return [
    `- indices restored: ${restore.recovered.length} (${few(restore.recovered)})`,
    ...(open.length > 0 ? [`- indices asked for and not back yet: ${open.length} (${few(open)})`] : []),
  ];
}

function howToGoOn({ workflow, plan, run, planHash, input }: FailedRun): string[] {
  const again = input ?? { plan, run, ...(planHash === undefined ? {} : { planHash }) };
  return [
    input === undefined ? 'To go on from there, once the cause is gone:' : 'To start again, once the cause is gone:',
    `  npx tandem ${workflow} ${quoted(plan)}${optionsOf(again)}`,
    `or start the ${workflow} state machine from the console with this input:`,
    `  ${JSON.stringify(again)}`,
  ];
}

/** The input of an execution as options of the command line. */
function optionsOf(input: Record<string, unknown>): string {
  const options: Record<string, string> = {
    run: '--run',
    point: '--point',
    tables: '--tables',
    indices: '--indices',
    planHash: '--plan-hash',
    dryRun: '--dry-run',
    confirmed: '--yes',
  };
  return Object.entries(options)
    .map(([key, option]) => {
      const value = input[key];
      if (value === undefined || value === false) return '';
      return value === true ? ` ${option}` : ` ${option} ${[value].flat().map(quoted).join(' ')}`;
    })
    .join('');
}

/** Names and globs may hold letters that a shell would read. */
function quoted(value: unknown): string {
  const text = String(value);
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
