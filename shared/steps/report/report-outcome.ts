import * as z from 'zod';
import { type RunState, runStateSchema } from '../../contracts/steps.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { releaseLock } from '../restore/restore-lock.ts';

export interface ReportOutcomePorts {
  openCatalog: OpenCatalog;
  clock: Clock;
}

/** The state of a run that went well; that of a restore has the hash of its plan. */
export const runThatWentWellSchema = runStateSchema.extend({ planHash: z.string().optional() });

/** Closes a run that went well: counts it, lets other restores of the plan begin, and ends with what names it. */
export async function reportOutcome(
  { planHash, ...state }: z.output<typeof runThatWentWellSchema>,
  { openCatalog, clock }: ReportOutcomePorts,
  step: StepRun,
): Promise<RunState> {
  if (planHash !== undefined) await releaseLock(openCatalog(state.catalog), state.plan, state, clock.now());
  step.metric('succeeded', 'Count', 1);
  step.info('the run went well', { catalog: state.catalog });
  return { ...state, lastStep: 'ReportOutcome' };
}
