import type { Problem } from '../shared/contracts/refusal.ts';
import { isBeyondRepair } from '../shared/core/how-to-go-on.ts';
import { problemsOf } from '../shared/core/refusal.ts';
import type { DescribedFailure } from '../shared/errors/description.ts';
import type { ObjectStore } from '../shared/ports/object-store.ts';
import { type Ledger, openLedger, refusalPart } from '../shared/steps/ledger.ts';
import { carryOnCommand, readSettledRun } from './carry-on.ts';
import type { FoundPlanFile } from './chosen-plan.ts';
import { follow } from './follow.ts';
import { Interruption } from './interruption.ts';
import { leaveRun } from './leave-run.ts';
import { leaveWriters } from './leave-writers.ts';
import type { FollowOptions } from './options.ts';
import type { Answer } from './output/answer.ts';
import { noDisplay, progressDisplay } from './output/progress-display.ts';
import { readProgress } from './progress.ts';
import { RunError } from './run-error.ts';
import type { Surroundings } from './surroundings.ts';
import { findUndo, type Undo } from './undo.ts';
import type { Execution, Run, Workflow } from './workflow.ts';

/** Why a run failed; a restore that was refused names all that is in its way. */
export interface RunFailure extends DescribedFailure {
  problems?: Problem[] | undefined;
}

/** A run whose execution has ended, and where it has left what it did. */
export interface EndedRun extends Run {
  failure: RunFailure | undefined;
  /** The command that carries on with a run that failed. */
  carryOn: string | undefined;
  /** The safety point of a restore that has begun to change things, and the command that brings it back. */
  undo: Undo | undefined;
  store: ObjectStore;
  ledger: Ledger;
}

/** A run whose execution ended with a failure, as an error. @param answer what it has come to nevertheless */
export function runFailed({ plan, run, carryOn, undo }: EndedRun, failure: RunFailure, answer?: Answer): RunError {
  return new RunError(failure, {
    plan,
    run,
    ended: true,
    notes: [`Run: ${run}`],
    carryOn,
    undo: undo?.command,
    answer,
  });
}

/**
 * Shows how far a run is until its execution has ended.
 *
 * @param sentence says what begins now
 * @param signal leaves it
 * @throws RunError where it is left before its end
 */
export async function followRun(
  run: Run,
  { workflow, execution, sentence }: { workflow: Workflow; execution: Execution; sentence: string },
  found: FoundPlanFile,
  options: FollowOptions,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<EndedRun> {
  const { clock, stderr } = surroundings;
  const where = whereItLeaves(run, found, surroundings);
  const look = async () => (run.dryRun ? undefined : readProgress(run.workflow, where.ledger));
  const display = options.quiet ? noDisplay : progressDisplay(stderr, clock);
  display.begin(sentence);
  try {
    const { failure } = await follow(execution.ended(signal), look, display, clock);
    return await endedRun(run, failure, found, options, surroundings);
  } catch (error) {
    display.end();
    const isStoppedHere = error instanceof Interruption && !workflow.outlivesUs && run.workflow === 'restore';
    const ofWriters =
      isStoppedHere && !run.dryRun ? await leaveWriters(run, execution, where.store, options, surroundings) : [];
    throw await leaveRun(error, run, workflow, where, options, ofWriters);
  } finally {
    display.end();
  }
}

/** A run whose execution ended so. */
export async function endedRun(
  run: Run,
  failure: DescribedFailure | undefined,
  found: FoundPlanFile,
  options: FollowOptions,
  surroundings: Surroundings,
): Promise<EndedRun> {
  const where = whereItLeaves(run, found, surroundings);
  const refusal = failure?.name === 'GuardRefusedError' ? await where.ledger.read(refusalPart) : undefined;
  const problems = failure && problemsOf(failure, refusal?.value.problems);
  const settled = failure && !run.dryRun ? await readSettledRun(run.workflow, where.ledger) : undefined;
  const canGoOn = settled && failure && !isBeyondRepair(run.workflow, codesOf(failure, problems), settled.begun);
  return {
    ...run,
    ...where,
    failure: failure && { ...failure, ...(problems && { problems }) },
    carryOn: canGoOn ? carryOnCommand(run, settled, options) : undefined,
    undo: await findUndo(run, where, options),
  };
}

function codesOf({ code }: DescribedFailure, problems: Problem[] = []): string[] {
  return [code, ...problems.map((problem) => problem.code)];
}

function whereItLeaves({ plan, run }: Run, { file }: FoundPlanFile, { openCatalog }: Surroundings) {
  const store = openCatalog(file.catalog.bucket);
  return { store, ledger: openLedger(store, plan, run) };
}
