import { choosePlan, readPlanFile } from '../chosen-plan.ts';
import { detached } from '../detached.ts';
import type { BackupOptions } from '../options.ts';
import { outcomeOf } from '../outcome.ts';
import type { Answer } from '../output/answer.ts';
import { runWorkflow } from '../run-workflow.ts';
import type { Surroundings } from '../surroundings.ts';

/** Makes a recovery point of a plan, or carries on with a run that failed to. */
export async function backup(
  name: string | undefined,
  options: BackupOptions,
  surroundings: Surroundings,
): Promise<Answer> {
  const found = await readPlanFile(options, surroundings);
  const plan = choosePlan(found, name);
  const title = `Backing up plan ${plan}`;
  const request = { workflow: 'backup', plan, title, input: { plan }, dryRun: false } as const;
  if (options.detach) return detached(request, found, options, surroundings);
  return outcomeOf(await runWorkflow(request, found, options, surroundings));
}
