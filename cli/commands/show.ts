import { findRecoveryPoint } from '../../shared/steps/recovery-points.ts';
import { choosePlan, readPlanFile } from '../chosen-plan.ts';
import type { ShowOptions } from '../options.ts';
import type { Answer } from '../output/answer.ts';
import { showAnswer } from '../output/show-answer.ts';
import type { Surroundings } from '../surroundings.ts';

/** Shows what a recovery point holds. */
export async function show(
  name: string | undefined,
  options: ShowOptions,
  surroundings: Surroundings,
): Promise<Answer> {
  const found = await readPlanFile(options, surroundings);
  const plan = choosePlan(found, name);
  return showAnswer(await findRecoveryPoint(surroundings.openCatalog(found.file.catalog.bucket), plan, options.point));
}
