import type { ObjectStore } from '../shared/ports/object-store.ts';
import type { Ledger } from '../shared/steps/ledger.ts';
import { carryOnCommand, readSettledRun, watchCommand } from './carry-on.ts';
import { Interruption } from './interruption.ts';
import type { FollowOptions } from './options.ts';
import { reportOf } from './output/error-report.ts';
import { describeProgress } from './output/progress-display.ts';
import { readProgress } from './progress.ts';
import { RunError } from './run-error.ts';
import { findUndo, type Undo } from './undo.ts';
import type { Run, Workflow } from './workflow.ts';

/**
 * Says what becomes of a run that is left before its end, because of Ctrl-C or because it cannot be followed any more.
 *
 * @param ofWriters what became of the writers that it had paused, in sentences
 */
export async function leaveRun(
  error: unknown,
  left: Run,
  { outlivesUs }: Workflow,
  where: { store: ObjectStore; ledger: Ledger },
  options: FollowOptions,
  ofWriters: string[],
): Promise<RunError> {
  // After any other error the ledger may be what cannot be read.
  const looked: Look = error instanceof Interruption ? await look(left, where, options) : {};
  const notes = [...(looked.soFar ?? []), becomes(left, outlivesUs, looked.settled !== undefined), ...ofWriters];
  const carryOn = left.dryRun ? undefined : comeBack(left, outlivesUs, looked, options);
  // What goes on in AWS is not undone: it is not done yet.
  const undo = outlivesUs ? undefined : looked.undo?.command;
  return new RunError(reportOf(error), { plan: left.plan, run: left.run, ended: false, notes, carryOn, undo }, error);
}

interface Look {
  /** Undefined where the run has settled nothing yet. */
  settled?: { planHash: string | undefined } | undefined;
  soFar?: string[];
  undo?: Undo | undefined;
}

/** How far the run is. That the catalog does not tell must not keep anybody from leaving. */
async function look(run: Run, where: { store: ObjectStore; ledger: Ledger }, options: FollowOptions): Promise<Look> {
  const { workflow } = run;
  try {
    const progress = await readProgress(workflow, where.ledger);
    const soFar = progress && describeProgress(progress);
    return {
      settled: await readSettledRun(workflow, where.ledger),
      soFar: soFar ? [`So far: ${soFar}.`] : [],
      undo: await findUndo(run, where, options),
    };
  } catch (error) {
    return { settled: { planHash: undefined }, soFar: [`How far it is cannot be read: ${String(error)}`] };
  }
}

function comeBack(run: Run, outlivesUs: boolean, { settled }: Look, options: FollowOptions): string | undefined {
  if (outlivesUs) return watchCommand(run.run, options);
  return settled && carryOnCommand(run, settled, options);
}

function becomes({ workflow, dryRun }: Run, outlivesUs: boolean, begun: boolean): string {
  if (dryRun) return 'It was a dry run: nothing was changed.';
  if (outlivesUs) return 'It goes on in AWS; the command below follows it again, from any machine.';
  if (!begun) return 'Nothing was started yet.';
  return workflow === 'backup'
    ? 'It is stopped here. What it asked AWS and the domain for goes on, and is found again.'
    : 'It is stopped here, half-done: what is deleted and not restored yet stays missing until the run is carried on.';
}
