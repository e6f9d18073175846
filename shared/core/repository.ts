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
export function registrationConflict(
  { type, settings }: RepositoryDefinition,
  repository: RepositoryPlan,
): string | undefined {
  if (type !== 's3') return `type "${type}"`;
  const wanted = wantedSettings(repository);
  const differing = ['bucket', 'base_path'].find((key) => (settings[key] ?? '') !== (wanted[key] ?? ''));
  if (differing !== undefined) return `${differing} "${settings[differing] ?? ''}"`;
  if (storeAt(settings.endpoint) !== storeAt(wanted.endpoint)) return `endpoint "${settings.endpoint ?? ''}"`;
  return settings.readonly === 'true' ? 'readonly "true", so that no snapshot can be written to it' : undefined;
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
  if (registered !== undefined && isAsWanted(registered, wanted)) return undefined;
  const settings: Settings = { ...(registered ?? { region }), ...wanted };
  if (!('endpoint' in wanted) || 'region' in wanted) return settings;
  const { region: _, ...withoutRegion } = settings;
  return withoutRegion;
}

function isAsWanted(registered: Settings, wanted: Settings): boolean {
  return Object.entries(wanted).every(([key, value]) => secretSettings.has(key) || registered[key] === value);
}
