import { listRecoveryPoints } from '../../shared/steps/recovery-points.ts';
import { choosePlan, readPlanFile } from '../chosen-plan.ts';
import type { CommonOptions } from '../options.ts';
import type { Answer } from '../output/answer.ts';
import { listAnswer } from '../output/list-answer.ts';
import type { Surroundings } from '../surroundings.ts';

/** Lists the recovery points of a plan, or of every plan in the catalog. */
export async function list(
  name: string | undefined,
  options: CommonOptions,
  surroundings: Surroundings,
): Promise<Answer> {
  const found = await readPlanFile(options, surroundings);
  const plan = name === undefined ? undefined : choosePlan(found, name);
  return listAnswer(await listRecoveryPoints(surroundings.openCatalog(found.file.catalog.bucket), plan));
}
