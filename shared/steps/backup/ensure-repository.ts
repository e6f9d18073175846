import type { SearchPlan } from '../../contracts/plan-file.ts';
import type { RunState } from '../../contracts/steps.ts';
import { assertWithinDeadline } from '../../core/deadline.ts';
import { findPlan, parsePlanFile } from '../../core/plan-file.ts';
import { refuseConflict, settingsToRegister } from '../../core/repository.ts';
import { firstWaitSeconds, nextWaitSeconds } from '../../core/waits.ts';
import { hasCode, TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenCatalog } from '../../ports/object-store.ts';
import type { PlanFiles } from '../../ports/plan-files.ts';
import type { ConnectSearch } from '../../ports/search-domain.ts';
import type { RepositoryDefinition, Snapshots } from '../../ports/snapshots.ts';
import type { StepRun } from '../../ports/step-run.ts';
import { registerAndVerify } from '../register-and-verify.ts';
import { claimPlace } from '../repository-owner.ts';

export interface EnsureRepositoryPorts {
  planFiles: PlanFiles;
  connectSearch: ConnectSearch;
  openSnapshotBucket: OpenCatalog;
  region: () => Promise<string>;
  clock: Clock;
}

/**
 * Has the snapshot repository registered as the plan says, and verified, at a place that no other domain writes to. One
 * that is the same is left alone; one that points elsewhere is never re-pointed. A registration cannot be written while a
 * snapshot uses it: that is waited for. The settings come from the plan file alone: with a self-managed cluster they may
 * hold keys, which no ledger may keep.
 *
 * @throws TandemError REPOSITORY_SHARED, REPOSITORY_CONFLICT, REPOSITORY_UNVERIFIED, DEADLINE_EXCEEDED; USAGE where the
 * plan has lost its search side
 */
export async function ensureRepository(
  state: RunState,
  ports: EnsureRepositoryPorts,
  step: StepRun,
): Promise<RunState> {
  const source = await ports.planFiles.read();
  const { search } = findPlan(parsePlanFile(source.text, source.name), state.plan);
  if (search === undefined) throw new TandemError('USAGE', `Plan ${state.plan} has no search side any more.`);
  const { snapshots, indices } = ports.connectSearch(search);
  const { repository } = search;
  const ended = { ...state, lastStep: 'EnsureRepository' };
  try {
    await ensure(search, await snapshots.repository(repository.name), snapshots, ports, step);
    await claim(search, await indices.clusterUuid(), ports, step);
    return { ...ended, progress: 'DONE', waitSeconds: firstWaitSeconds };
  } catch (error) {
    if (!hasCode(error, 'NOT_READY')) throw error;
    step.info('the repository is in use', { why: error.message });
    const pending = () => `the registration of repository ${repository.name}: ${error.message}`;
    assertWithinDeadline(ports.clock.now(), state.deadlineAt, pending);
    return { ...ended, progress: 'TO_START', waitSeconds: nextWaitSeconds(state.waitSeconds ?? firstWaitSeconds) };
  }
}

/** Whatever keeps it from the bucket is no reason to go without a backup. */
async function claim(
  search: SearchPlan,
  clusterUuid: string,
  { openSnapshotBucket }: EnsureRepositoryPorts,
  step: StepRun,
): Promise<void> {
  try {
    await claimPlace(openSnapshotBucket(search.repository.bucket), search, clusterUuid);
  } catch (error) {
    if (hasCode(error, 'REPOSITORY_SHARED')) throw error;
    step.info('whether another domain writes to the repository cannot be told', { why: String(error) });
  }
}

async function ensure(
  { repository }: SearchPlan,
  registered: RepositoryDefinition | undefined,
  snapshots: Snapshots,
  ports: EnsureRepositoryPorts,
  step: StepRun,
): Promise<void> {
  const { name } = repository;
  refuseConflict(registered, repository);
  const settings = settingsToRegister(registered?.settings, repository, await ports.region());
  await registerAndVerify(
    { repository, registered, settings },
    {
      async register(written) {
        await snapshots.register(name, { type: 's3', settings: written });
        step.info('registered the repository', { repository: name });
      },
      verify: () => snapshots.verify(name),
    },
  );
}
