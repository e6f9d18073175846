import { findPlan } from '../../shared/core/plan-file.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { listRecoveryPoints } from '../../shared/steps/recovery-points.ts';
import { snapshotsOfRepository } from '../../shared/steps/snapshots-of-repository.ts';
import { choosePlan, type FoundPlanFile, readPlanFile } from '../chosen-plan.ts';
import type { ListOptions } from '../options.ts';
import type { Answer } from '../output/answer.ts';
import { listAnswer } from '../output/list-answer.ts';
import { snapshotsAnswer } from '../output/snapshots-answer.ts';
import type { Surroundings } from '../surroundings.ts';

/** Lists the recovery points of a plan, or of every plan in the catalog; or the snapshots of a repository. */
export async function list(
  name: string | undefined,
  options: ListOptions,
  surroundings: Surroundings,
): Promise<Answer> {
  const found = await readPlanFile(options, surroundings);
  if (options.repository !== undefined) {
    return listSnapshots(options.repository, choosePlan(found, name), found, surroundings);
  }
  const plan = name === undefined ? undefined : choosePlan(found, name);
  return listAnswer(await listRecoveryPoints(surroundings.openCatalog(found.file.catalog.bucket), plan));
}

/** Asks the domain from here: nothing but reading is needed. */
async function listSnapshots(
  repository: string,
  plan: string,
  { file }: FoundPlanFile,
  { setUpAccount }: Surroundings,
): Promise<Answer> {
  const { search } = findPlan(file, plan);
  if (search === undefined) throw new TandemError('USAGE', `Plan ${plan} has no search domain, and so no repository.`);
  const { snapshots } = setUpAccount.connectSearch(search);
  return snapshotsAnswer(repository, await snapshotsOfRepository(snapshots, repository));
}
