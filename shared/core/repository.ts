import type { RepositoryPlan } from '../contracts/plan-file.ts';
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

/**
 * Why a plan cannot use the registration under the name of its repository, in words; undefined where it can. Tandem
 * never re-points a repository, nor makes a read-only one writable: only one domain may write to a place.
 */
export function registrationConflict(registered: RepositoryDefinition, repository: RepositoryPlan): string | undefined {
  const elsewhere = pointsElsewhere(registered, repository);
  if (elsewhere !== undefined) return elsewhere;
  return isReadOnly(registered) ? 'readonly "true", so that no snapshot can be written to it' : undefined;
}

/** Where a registration points to another place than the plan says: how, in words. */
export function pointsElsewhere(
  { type, settings }: RepositoryDefinition,
  repository: RepositoryPlan,
): string | undefined {
  if (type !== 's3') return `type "${type}"`;
  const wanted = wantedSettings(repository);
  const differing = ['bucket', 'base_path'].find((key) => (settings[key] ?? '') !== (wanted[key] ?? ''));
  if (differing !== undefined) return `${differing} "${settings[differing] ?? ''}"`;
  return storeAt(settings.endpoint) === storeAt(wanted.endpoint) ? undefined : `endpoint "${settings.endpoint ?? ''}"`;
}

export function isReadOnly({ settings }: RepositoryDefinition): boolean {
  return settings.readonly === 'true';
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
  if (registered !== undefined && differingSettings(registered, repository).length === 0) return undefined;
  const wanted = wantedSettings(repository);
  const settings: Settings = { ...(registered ?? { region }), ...wanted };
  if (!('endpoint' in wanted) || 'region' in wanted) return settings;
  const { region: _, ...withoutRegion } = settings;
  return withoutRegion;
}

/** The settings that are not registered as the plan says, of those that can be compared. */
export function differingSettings(registered: Settings, repository: RepositoryPlan): string[] {
  const wanted = wantedSettings(repository);
  return Object.keys(wanted).filter((key) => !secretSettings.has(key) && registered[key] !== wanted[key]);
}
