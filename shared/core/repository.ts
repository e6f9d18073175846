import type { RepositoryPlan } from '../contracts/plan-file.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { RepositoryDefinition } from '../ports/snapshots.ts';

type Settings = Record<string, string>;

/** Keys that a domain never tells back, so that they cannot be compared. */
const secretSettings = new Set(['access_key', 'secret_key', 'session_token']);

/**
 * What the repository of a plan is registered with: the plan's own settings, passed on as they are, over what follows
 * from the bucket. `region` is left out where an endpoint is given: a bucket of another region is reached by the
 * endpoint alone, and naming both is refused by the managed service.
 */
export function repositorySettings(repository: RepositoryPlan, region: string): Settings {
  const own = Object.fromEntries(Object.entries(repository.settings).map(([key, value]) => [key, String(value)]));
  return {
    ...('endpoint' in own ? {} : { region }),
    ...(repository.roleArn === undefined ? {} : { role_arn: repository.roleArn }),
    ...own,
    ...(repository.basePath === '' ? {} : { base_path: repository.basePath }),
    bucket: repository.bucket,
  };
}

/** The setting in which a registered repository points elsewhere than the plan, or undefined where it points to the same place. */
export function pointsElsewhere(
  registered: { type: string; settings: Settings },
  wanted: Settings,
): string | undefined {
  if (registered.type !== 's3') return `type "${registered.type}"`;
  const differing = ['bucket', 'base_path'].find((key) => (registered.settings[key] ?? '') !== (wanted[key] ?? ''));
  return differing === undefined ? undefined : `${differing} "${registered.settings[differing] ?? ''}"`;
}

/** True where every setting that can be compared is as wanted; what the service added by itself does not count. */
export function isSameRepository(registered: Settings, wanted: Settings): boolean {
  return differingSettings(registered, wanted).length === 0;
}

/** The settings that are registered otherwise than wanted, or not at all. */
export function differingSettings(registered: Settings, wanted: Settings): string[] {
  return Object.entries(wanted)
    .filter(([key, value]) => !secretSettings.has(key) && registered[key] !== value)
    .map(([key]) => key);
}

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
  repository: RepositoryPlan,
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
