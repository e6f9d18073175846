import type { RepositoryPlan } from '../contracts/plan-file.ts';
import { bringsKeys, wantedSettings } from '../core/repository.ts';
import { hasCode } from '../errors/tandem-error.ts';
import type { RepositoryDefinition } from '../ports/snapshots.ts';

type Settings = RepositoryDefinition['settings'];

/** The repository of a plan beside its registration. */
export interface FoundRepository {
  repository: RepositoryPlan;
  /** Undefined where there is none. */
  registered: RepositoryDefinition | undefined;
  /** What it is to be registered with; undefined where the registration says that already. */
  settings: Settings | undefined;
}

/**
 * Registers the repository of a plan where that is needed, and verifies it. Whether keys of the plan's own have changed,
 * no domain tells: where they may be why it does not work, it is registered with them once more.
 *
 * @throws TandemError REPOSITORY_UNVERIFIED, and what the two actions throw
 */
export async function registerAndVerify(
  { repository, registered, settings }: FoundRepository,
  { register, verify }: { register(settings: Settings): Promise<void>; verify(): Promise<void> },
): Promise<void> {
  if (settings !== undefined) await register(settings);
  try {
    await verify();
  } catch (error) {
    const mayHaveOldKeys = settings === undefined && bringsKeys(repository);
    if (!mayHaveOldKeys || !hasCode(error, 'REPOSITORY_UNVERIFIED')) throw error;
    await register({ ...registered?.settings, ...wantedSettings(repository) });
    await verify();
  }
}
