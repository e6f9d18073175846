import type { RepositoryPlan } from '../contracts/plan-file.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { RepositoryDefinition } from '../ports/snapshots.ts';

type Settings = Record<string, string>;

/** Keys that a domain never tells back, so that they cannot be compared. */
const secretSettings = new Set(['access_key', 'secret_key', 'session_token']);

/** What the plan itself says of the repository: its own settings, passed on as they are, over what follows from the bucket. */
export function wantedSettings({ bucket, basePath, roleArn, settings }: RepositoryPlan): Settings {
  return {
    ...(roleArn === undefined ? {} : { role_arn: roleArn }),
    ...Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, String(value)])),
    ...(basePath === '' ? {} : { base_path: basePath }),
    bucket,
  };
}

/** True where the plan brings keys of its own, as for a cluster without a role. */
export function bringsKeys(repository: RepositoryPlan): boolean {
  return Object.keys(repository.settings).some((key) => secretSettings.has(key));
}

/** True where nothing is written through it, so that it may be at a place that another one writes to. */
export function isReadOnly(settings: Readonly<Record<string, unknown>>): boolean {
  return String(settings.readonly) === 'true';
}

/**
 * Why a plan cannot use the registration under the name of its repository, in words; undefined where it can. Tandem
 * never re-points a repository, nor makes a read-only one writable: only one domain may write to a place.
 */
export function registrationConflict(registered: RepositoryDefinition, repository: RepositoryPlan): string | undefined {
  const elsewhere = pointsElsewhere(registered, wantedSettings(repository));
  if (elsewhere !== undefined) return elsewhere;
  const isUnwanted = isReadOnly(registered.settings) && !isReadOnly(repository.settings);
  return isUnwanted ? 'readonly "true", so that no snapshot can be written to it' : undefined;
}

/** @throws TandemError REPOSITORY_CONFLICT where a plan cannot use what is registered under the name of its repository */
export function refuseConflict(registered: RepositoryDefinition | undefined, repository: RepositoryPlan): void {
  const conflict = registered && registrationConflict(registered, repository);
  if (conflict === undefined) return;
  throw new TandemError('REPOSITORY_CONFLICT', `A repository "${repository.name}" is registered with ${conflict}.`);
}

/** The setting in which a registration points elsewhere than is wanted; undefined where it points to the same place. */
export function pointsElsewhere({ type, settings }: RepositoryDefinition, wanted: Settings): string | undefined {
  if (type !== 's3') return `type "${type}"`;
  const differing = ['bucket', 'base_path'].find((key) => told(settings, key) !== told(wanted, key));
  if (differing !== undefined) return `${differing} "${settings[differing] ?? ''}"`;
  return storeAt(settings.endpoint) === storeAt(wanted.endpoint) ? undefined : `endpoint "${settings.endpoint ?? ''}"`;
}

/** S3 itself is one place, whatever its endpoint: each name of a bucket stands for the same bucket there. */
function storeAt(endpoint = ''): string {
  const host = endpoint.replace(/^https?:\/\//, '').replace(/\/+$/, '');
  return /(^|\.)amazonaws\.com(\.cn)?$/.test(host) ? '' : host;
}

/**
 * The settings to register a repository with, or undefined where the registration says already what the plan says.
 * What the plan leaves open stays as it is registered, and what the service added by itself does not count.
 *
 * `region` is our own choice where the plan names none, for a new registration alone. It is left out where the plan
 * gives an endpoint: a bucket of another region is reached by the endpoint alone, and naming both is refused by the
 * managed service.
 */
export function settingsToRegister(
  registered: Settings | undefined,
  repository: RepositoryPlan,
  region: string,
): Settings | undefined {
  const wanted = wantedSettings(repository);
  if (registered !== undefined && differingSettings(registered, wanted).length === 0) return undefined;
  const settings: Settings = { ...(registered ?? { region }), ...wanted };
  if (!('endpoint' in wanted) || 'region' in wanted) return settings;
  const { region: _, ...withoutRegion } = settings;
  return withoutRegion;
}

/** The settings that are registered otherwise than wanted, or not at all, as far as the domain tells them. */
export function differingSettings(registered: Settings, wanted: Settings): string[] {
  return Object.keys(wanted).filter((key) => !secretSettings.has(key) && told(registered, key) !== told(wanted, key));
}

/** The server puts a slash behind the path only where there is none, so that `app` and `app/` are one place. */
function told(settings: Settings, key: string): string {
  const value = settings[key] ?? '';
  return key === 'base_path' ? value.replace(/\/$/, '') : value;
}
