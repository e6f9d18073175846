import type { RunState } from '../../contracts/steps.ts';
import { findPlan, parsePlanFile } from '../../core/plan-file.ts';
import { compareRepository } from '../../core/repository.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { PlanFiles } from '../../ports/plan-files.ts';
import type { ConnectSearch } from '../../ports/search-domain.ts';
import type { StepRun } from '../../ports/step-run.ts';

export interface EnsureRepositoryPorts {
  planFiles: PlanFiles;
  connectSearch: ConnectSearch;
  region: () => Promise<string>;
}

/**
 * Has the snapshot repository registered as the plan says, and verified. One that is the same is left alone, because a
 * registration cannot be written while a snapshot uses it; one that points elsewhere is never re-pointed. The settings
 * come from the plan file alone: with a self-managed cluster they may hold keys, which no ledger may keep.
 *
 * @throws TandemError REPOSITORY_CONFLICT, REPOSITORY_UNVERIFIED; USAGE where the plan has lost its search side
 */
export async function ensureRepository(
  state: RunState,
  ports: EnsureRepositoryPorts,
  step: StepRun,
): Promise<RunState> {
  const source = await ports.planFiles.read();
  const { search } = findPlan(parsePlanFile(source.text, source.name), state.plan);
  if (search === undefined) throw new TandemError('USAGE', `Plan ${state.plan} has no search side any more.`);
  const { snapshots } = ports.connectSearch(search);
  const { name } = search.repository;
  const { wanted, isSame } = compareRepository(
    search.repository,
    await ports.region(),
    await snapshots.repository(name),
  );
  if (!isSame) {
    await snapshots.register(name, wanted);
    step.info('registered the repository', { repository: name });
  }
  await snapshots.verify(name);
  return { ...state, lastStep: 'EnsureRepository' };
}
