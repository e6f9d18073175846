import type { RepositoryPlan } from '../../contracts/plan-file.ts';
import type { DomainState } from '../../contracts/setup.ts';
import { compareRepository, differingSettings, type FoundRepository } from '../../core/repository.ts';
import { placeOf, refuseSharedPlace } from '../../core/shared-places.ts';
import { hasCode, TandemError } from '../../errors/tandem-error.ts';
import type { Snapshots } from '../../ports/snapshots.ts';
import type { Part } from './part.ts';

/** The repositories of a domain for who administers it, and for who works with it and may pass the snapshot role on. */
export interface RepositoryAccess {
  administrator: Snapshots;
  caller: Snapshots;
}

/**
 * Finds out whether the repository of a plan is registered as the plan says.
 *
 * @throws TandemError REPOSITORY_CONFLICT, REPOSITORY_SHARED where another repository of the domain writes to its place
 */
export async function lookAtRepository(
  { administrator, caller }: RepositoryAccess,
  repository: RepositoryPlan,
  region: string,
): Promise<Part<DomainState['repository']>> {
  const registered = await administrator.repositories();
  const found = compareRepository(repository, region, registered[repository.name]);
  refuseSharedPlace(found.name, found.wanted, registered);
  const { name } = found;
  return {
    state: found.registered === undefined ? null : { name, settings: found.registered.settings },
    changes: found.isSame ? [] : [{ what: 'repository', name, does: whatIsDone(found) }],
    async carryOut() {
      if (!found.isSame) await register(caller, found);
      await verifyOrUndo(caller, found);
    },
  };
}

/** Only a signed request may pass the snapshot role on, so that the master user's password is of no use here. */
async function register(snapshots: Snapshots, { name, wanted }: FoundRepository): Promise<void> {
  try {
    await snapshots.register(name, wanted);
  } catch (error) {
    if (!hasCode(error, 'SEARCH_UNAUTHORIZED')) throw error;
    throw new TandemError('SEARCH_UNAUTHORIZED', error.message, {
      cause: error,
      remedy: `${error.remedy} Who may work with the domain is named with --role-arn; the first backup registers it as well.`,
    });
  }
}

function whatIsDone({ registered, wanted }: FoundRepository): string {
  const place = placeOf(wanted.settings);
  if (registered === undefined) return `registers it at ${place}, and verifies it`;
  const settings = differingSettings(registered.settings, wanted.settings);
  return `changes ${settings.join(', ')}, and verifies it`;
}

/**
 * A registration is saved before anybody has seen whether it works. One that does not is taken back: a backup that finds
 * it would take it for one that did.
 */
async function verifyOrUndo(snapshots: Snapshots, found: FoundRepository): Promise<void> {
  try {
    await snapshots.verify(found.name);
  } catch (error) {
    if (found.isSame || !(error instanceof TandemError)) throw error;
    const { code, message, remedy } = error;
    throw new TandemError(code, `${message} ${await undo(snapshots, found)}`, { cause: error, remedy });
  }
}

/** @returns what became of the registration, in a sentence */
async function undo(snapshots: Snapshots, { name, registered }: FoundRepository): Promise<string> {
  try {
    if (registered === undefined) await snapshots.unregister(name);
    else await snapshots.register(name, registered);
  } catch (error) {
    return `The registration could not be taken back: ${error instanceof Error ? error.message : error}`;
  }
  return registered === undefined ? 'It was not registered before, and is not now.' : 'It is as it was before.';
}
