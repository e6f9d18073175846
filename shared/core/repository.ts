import type { RepositoryPlan } from '../contracts/plan-file.ts';

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

/** The settings that are not as wanted, of those that can be compared; what the service added by itself does not count. */
export function differingSettings(registered: Settings, wanted: Settings): string[] {
  return Object.keys(wanted).filter((key) => !secretSettings.has(key) && registered[key] !== wanted[key]);
}

/** True where every setting that can be compared is as wanted. */
export function isSameRepository(registered: Settings, wanted: Settings): boolean {
  return differingSettings(registered, wanted).length === 0;
}
