import type { SearchPlan } from '../contracts/plan-file.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { RepositoryDefinition } from '../ports/snapshots.ts';
import type { RunPlace } from './how-to-go-on.ts';
import { isReadOnly, pointsElsewhere, wantedSettings } from './repository.ts';

/**
 * The domain that indices of a plan are restored to beside its own: it reads the same repository and never writes to it,
 * since two writers corrupt one.
 */
function readerOf(search: SearchPlan, endpoint: string): SearchPlan {
  const { repository } = search;
  return { ...search, endpoint, repository: { ...repository, settings: { ...repository.settings, readonly: true } } };
}

/**
 * The domain of a plan, or the other one that is meant.
 *
 * What is deployed has the rights, and the password, of the plan's domain: it talks to no address that somebody only types
 * into its input. Run with one's own credentials, any will do.
 *
 * @param place where this runs
 * @throws TandemError USAGE
 */
export function domainMeant(search: SearchPlan, toEndpoint: string | undefined, place: RunPlace): SearchPlan {
  if (toEndpoint === undefined) return search;
  const endpoint = new URL(toEndpoint).origin;
  if (endpoint === search.endpoint) {
    throw new TandemError('USAGE', `${endpoint} is the domain of the plan itself.`, {
      remedy: 'Leave --to-endpoint out.',
    });
  }
  if (place.local !== true && !search.restoreEndpoints.includes(endpoint)) {
    throw new TandemError('USAGE', `${endpoint} is not one of the plan's search.restoreEndpoints.`, {
      remedy:
        'Add it there and deploy Tandem again, which lets its roles talk to that domain; or run it with --local, with your own credentials.',
    });
  }
  return readerOf(search, endpoint);
}

/** Why a domain must not restore from the place where another one writes; nothing where it only reads there. */
export function writerProblems(registered: RepositoryDefinition, { repository, endpoint }: SearchPlan): TandemError[] {
  const isElsewhere = pointsElsewhere(registered, wantedSettings(repository)) !== undefined;
  if (isElsewhere || isReadOnly(registered.settings)) return [];
  const message = `The domain at ${endpoint} can write to repository ${repository.name}, where the domain of the plan writes.`;
  return [new TandemError('REPOSITORY_WRITABLE', message)];
}
