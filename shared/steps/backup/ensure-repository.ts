import type { RunState } from '../../contracts/steps.ts';
import { isSameRepository, pointsElsewhere, repositorySettings } from '../../core/repository.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { ConnectSearch } from '../../ports/search-domain.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { openLedger } from '../ledger.ts';
import { searchOfRun } from '../search-of-run.ts';

export interface EnsureRepositoryPorts {
  openCatalog: OpenCatalog;
  connectSearch: ConnectSearch;
  region: () => Promise<string>;
}

/**
 * Has the snapshot repository registered as the plan says, and verified. One that is the same is left alone, because a
 * registration cannot be written while a snapshot uses it; one that points elsewhere is never re-pointed.
 *
 * @throws TandemError REPOSITORY_CONFLICT, REPOSITORY_UNVERIFIED
 */
export async function ensureRepository(
  state: RunState,
  ports: EnsureRepositoryPorts,
  step: StepRun,
): Promise<RunState> {
  const search = await searchOfRun(openLedger(ports.openCatalog(state.catalog), state.plan, state.run));
  const { snapshots } = ports.connectSearch(search);
  const { name } = search.repository;
  const wanted = repositorySettings(search.repository, await ports.region());
  const registered = await snapshots.repository(name);
  const elsewhere = registered && pointsElsewhere(registered, wanted);
  if (elsewhere !== undefined) {
    throw new TandemError('REPOSITORY_CONFLICT', `A repository "${name}" is registered with ${elsewhere}.`);
  }
  if (registered === undefined || !isSameRepository(registered.settings, wanted)) {
    await snapshots.register(name, { type: 's3', settings: wanted });
    step.info('registered the repository', { repository: name });
  }
  await snapshots.verify(name);
  return { ...state, lastStep: 'EnsureRepository' };
}
