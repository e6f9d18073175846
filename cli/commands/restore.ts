import type { RestoreRun } from '../../shared/contracts/ledger/restore-run.ts';
import { wishesSchema } from '../../shared/contracts/restore-plan.ts';
import { openLedger, restoreRunPart } from '../../shared/steps/ledger.ts';
import { choosePlan, type FoundPlanFile, readPlanFile } from '../chosen-plan.ts';
import { confirmAtTerminal, consentOf } from '../confirmation.ts';
import { detached } from '../detached.ts';
import { runFailed } from '../follow-run.ts';
import type { RestoreOptions } from '../options.ts';
import { outcomeOf } from '../outcome.ts';
import type { Answer } from '../output/answer.ts';
import { plannedAnswer } from '../output/restore-answer.ts';
import { resumeWriters } from '../resume-writers.ts';
import { runWorkflow } from '../run-workflow.ts';
import type { Surroundings } from '../surroundings.ts';

/** Brings a recovery point back, once that is confirmed; or carries on with a run that failed to, or puts its writers back. */
export async function restore(
  name: string | undefined,
  options: RestoreOptions,
  surroundings: Surroundings,
): Promise<Answer> {
  const found = await readPlanFile(options, surroundings);
  const plan = choosePlan(found, name);
  if (options.resumeWriters !== undefined) {
    return resumeWriters({ plan, run: options.resumeWriters }, found, options, surroundings);
  }
  if (options.dryRun) return plannedAnswer(await planned(plan, found, options, surroundings), options);
  const consent =
    consentOf(options) ??
    (await confirmAtTerminal(surroundings, options, () => lookAtPlan(plan, found, options, surroundings)));
  const input = { ...inputOf(plan, options), ...consent, takeOver: options.takeOver };
  const title = `Restoring plan ${plan}`;
  const request = { workflow: 'restore', plan, title, input, dryRun: false } as const;
  if (options.detach) return detached(request, found, options, surroundings);
  return outcomeOf(await runWorkflow(request, found, options, surroundings));
}

function inputOf(plan: string, options: RestoreOptions) {
  const { point, safetyPoint, count, sample } = options;
  const proof = { ...(count && { count }), sample };
  return { plan, point, ...wishesSchema.parse(options), ...(!safetyPoint && { safetyPoint }), ...proof };
}

/** What is to be confirmed: the plan of the run that is carried on, or what a restore would do now. */
async function lookAtPlan(
  plan: string,
  found: FoundPlanFile,
  options: RestoreOptions,
  surroundings: Surroundings,
): Promise<RestoreRun> {
  if (options.run === undefined) return planned(plan, found, options, surroundings);
  const ledger = openLedger(surroundings.openCatalog(found.file.catalog.bucket), plan, options.run);
  return (await ledger.get(restoreRunPart)).value;
}

/** Looks at what a restore would do, without touching anything. */
async function planned(
  plan: string,
  found: FoundPlanFile,
  options: RestoreOptions,
  surroundings: Surroundings,
): Promise<RestoreRun> {
  const input = { ...inputOf(plan, options), dryRun: true };
  const title = `Planning a restore of plan ${plan}`;
  const request = { workflow: 'restore', plan, title, input, dryRun: true } as const;
  const ended = await runWorkflow(request, found, options, surroundings);
  if (ended.failure !== undefined) throw runFailed(ended, ended.failure);
  return (await ended.ledger.get(restoreRunPart)).value;
}
