import type { RunState } from '../../contracts/steps.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { reportOutcome } from '../report/report-outcome.ts';
import { releaseLock } from './restore-lock.ts';

export interface ReportRestoreOutcomePorts {
  openCatalog: OpenCatalog;
  clock: Clock;
}

/** Closes a restore that went well, and lets other restores of the plan begin. */
export async function reportRestoreOutcome(
  state: RunState,
  { openCatalog, clock }: ReportRestoreOutcomePorts,
  step: StepRun,
): Promise<RunState> {
  await releaseLock(openCatalog(state.catalog), state.plan, { run: state.run }, clock.now());
  return reportOutcome(state, {}, step);
}
