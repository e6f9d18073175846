import type { RunState } from '../../contracts/steps.ts';
import type { StepRun } from '../../ports/step-run.ts';

/** Closes a run that went well: counts it, and ends with what names it. */
export async function reportOutcome(state: RunState, _ports: object, step: StepRun): Promise<RunState> {
  step.metric('succeeded', 'Count', 1);
  step.info('the run went well', { catalog: state.catalog });
  return { ...state, lastStep: 'ReportOutcome' };
}
