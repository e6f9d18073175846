import type { SearchPlan } from '../contracts/plan-file.ts';
import { isSameRepository, pointsElsewhere, repositorySettings } from '../core/repository.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { RepositoryDefinition } from '../ports/snapshots.ts';

/** The registration of a plan's repository, beside what the plan wants. */
export interface FoundRepository {
  name: string;
  wanted: RepositoryDefinition;
  /** Undefined where there is none. */
  registered: RepositoryDefinition | undefined;
  isSame: boolean;
}

/**
 * Compares what is registered under the name of a plan's repository with what the plan says.
 *
 * @throws TandemError REPOSITORY_CONFLICT where it points elsewhere: one is never re-pointed
 */
export function compareRepository(
  { repository }: SearchPlan,
  region: string,
  registered: RepositoryDefinition | undefined,
): FoundRepository {
  const { name } = repository;
  const settings = repositorySettings(repository, region);
  const elsewhere = registered && pointsElsewhere(registered, settings);
  if (elsewhere !== undefined) {
    throw new TandemError('REPOSITORY_CONFLICT', `A repository "${name}" is registered with ${elsewhere}.`);
  }
  const isSame = registered !== undefined && isSameRepository(registered.settings, settings);
  return { name, wanted: { type: 's3', settings }, registered, isSame };
}
