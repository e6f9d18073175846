import { TandemError } from '../../shared/errors/tandem-error.ts';
import { recordedBy } from '../../shared/steps/recovery-points.ts';
import { choosePlan, readPlanFile } from '../chosen-plan.ts';
import type { WorkflowOptions } from '../options.ts';
import type { Answer } from '../output/answer.ts';
import { backupAnswer } from '../output/backup-answer.ts';
import { runFailed, runWorkflow } from '../run-workflow.ts';
import type { Surroundings } from '../surroundings.ts';

/** Makes a recovery point of a plan, or carries on with a run that failed to. */
export async function backup(
  name: string | undefined,
  options: WorkflowOptions,
  surroundings: Surroundings,
): Promise<Answer> {
  const found = await readPlanFile(options, surroundings);
  const plan = choosePlan(found, name);
  const title = `Backing up plan ${plan}`;
  const request = { workflow: 'backup', plan, title, input: { plan }, dryRun: false } as const;
  const ended = await runWorkflow(request, found, options, surroundings);
  if (ended.failure !== undefined) throw runFailed(ended, ended.failure);
  const manifest = await recordedBy(ended.store, plan, ended.run);
  if (manifest !== undefined) return backupAnswer(manifest);
  throw new TandemError('UNEXPECTED', `Run ${ended.run} ended well, but the catalog holds no manifest of it.`);
}
