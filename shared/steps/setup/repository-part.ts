import type { RepositoryPlan } from '../../contracts/plan-file.ts';
import type { DomainState } from '../../contracts/setup.ts';
import {
  bringsKeys,
  differingSettings,
  refuseConflict,
  settingsToRegister,
  wantedSettings,
} from '../../core/repository.ts';
import { placeOf, refuseOtherWriter } from '../../core/shared-places.ts';
import { hasCode, TandemError } from '../../errors/tandem-error.ts';
import type { RepositoryDefinition, Snapshots } from '../../ports/snapshots.ts';
import { type FoundRepository, registerAndVerify } from '../register-and-verify.ts';
import type { Part } from './part.ts';

/**
 * The repositories of a domain for who administers it, and for who asks with a signature where a role is passed on: he alone
 * can register one, and need not be among those who work with the domain, so that he does no more.
 */
export interface RepositoryAccess {
  administrator: Snapshots;
  registrar: Snapshots;
}

/**
 * Finds out whether the repository of a plan is registered as the plan says.
 *
 * @throws TandemError REPOSITORY_CONFLICT, REPOSITORY_SHARED where another repository of the domain writes to its place
 */
export async function lookAtRepository(
  { administrator, registrar }: RepositoryAccess,
  repository: RepositoryPlan,
  region: string,
): Promise<Part<DomainState['repository']>> {
  const { name } = repository;
  const all = await administrator.repositories();
  const registered = all[name];
  refuseConflict(registered, repository);
  refuseOtherWriter(repository, all);
  const settings = settingsToRegister(registered?.settings, repository, region);
  const found: FoundRepository = { repository, registered, settings };
  return {
    state: registered === undefined ? null : { name, settings: registered.settings },
    changes: settings === undefined ? [] : [{ what: 'repository', name, does: whatIsDone(found) }],
    carryOut: () => setUp({ administrator, registrar }, found),
  };
}

function whatIsDone({ repository, registered }: FoundRepository): string {
  const wanted = wantedSettings(repository);
  if (registered === undefined) return `registers it at ${placeOf(wanted)}, and verifies it`;
  return `changes ${differingSettings(registered.settings, wanted).join(', ')}, and verifies it`;
}

/** What a registration ends with that may have been saved all the same. */
const unknownOutcomes = ['NO_ANSWER', 'NO_CONNECTION', 'SERVICE_UNAVAILABLE', 'PROVIDER_FAILURE'] as const;

/**
 * A registration is saved before anybody has seen whether it works. One that does not is taken back: a backup that finds
 * it would take it for one that did.
 */
async function setUp(access: RepositoryAccess, found: FoundRepository): Promise<void> {
  const { name } = found.repository;
  let written = false;
  try {
    await registerAndVerify(found, {
      async register(settings) {
        try {
          await register(access.registrar, name, { type: 's3', settings });
          written = true;
        } catch (error) {
          written ||= hasCode(error, ...unknownOutcomes);
          throw error;
        }
      },
      verify: () => access.administrator.verify(name),
    });
  } catch (error) {
    if (!written || !(error instanceof TandemError)) throw error;
    const { code, message, remedy } = error;
    const said = message.replace(/\.?$/, '.');
    throw new TandemError(code, `${said} ${await undo(access, found)}`, { cause: error, remedy });
  }
}

/** Only a signed request may pass the snapshot role on, so that the master user's password is of no use here. */
async function register(snapshots: Snapshots, name: string, definition: RepositoryDefinition): Promise<void> {
  try {
    await snapshots.register(name, definition);
  } catch (error) {
    if (!hasCode(error, 'SEARCH_UNAUTHORIZED')) throw error;
    throw new TandemError('SEARCH_UNAUTHORIZED', error.message, {
      cause: error,
      remedy: `${error.remedy} All else is set up. Name yourself with --role-arn beside the others: the ARN of the role or user whose credentials sign here (with SSO that of the role, not of the assumed role); or, where the plan's requests are signed, leave this to the first backup.`,
    });
  }
}

/** @returns what became of the registration, in a sentence */
async function undo(
  { administrator, registrar }: RepositoryAccess,
  { repository, registered }: FoundRepository,
): Promise<string> {
  // The domain does not tell the keys that it had before, so that they cannot be given back to it.
  if (registered !== undefined && bringsKeys(repository)) return 'It keeps the new settings.';
  try {
    if (registered === undefined) await administrator.unregister(repository.name);
    else await registrar.register(repository.name, registered);
  } catch (error) {
    return `The registration could not be taken back: ${error instanceof Error ? error.message : error}`;
  }
  return registered === undefined ? 'It was not registered before, and is not now.' : 'It is as it was before.';
}
