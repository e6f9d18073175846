import type { PlanFile, RepositoryPlan } from '../contracts/plan-file.ts';
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

/** True where nothing is written through it, so that it may be at a place that another one writes to. */
export function isReadOnly(settings: Readonly<Record<string, unknown>>): boolean {
  return String(settings.readonly) === 'true';
}

/**
 * Two repositories that write to one place corrupt it, be they of one domain or of two: snapshots then answer 500.
 *
 * @param registered every registration of the domain, by name
 * @throws TandemError REPOSITORY_SHARED
 */
export function refuseSharedPlace(
  name: string,
  wanted: RepositoryDefinition,
  registered: Readonly<Record<string, RepositoryDefinition>>,
): void {
  if (isReadOnly(wanted.settings)) return;
  const other = Object.entries(registered).find(
    ([otherName, other]) =>
      otherName !== name && !isReadOnly(other.settings) && pointsElsewhere(other, wanted.settings) === undefined,
  );
  if (other === undefined) return;
  const place = placeOf(wanted.settings.bucket ?? '', wanted.settings.base_path ?? '');
  throw new TandemError('REPOSITORY_SHARED', `The repository "${other[0]}" of the domain writes to ${place} as well.`, {
    remedy: `Remove the registration of "${other[0]}" if nothing uses it, or give search.repository another basePath.`,
  });
}

/**
 * The same, among the plans of one file.
 *
 * @throws TandemError REPOSITORY_SHARED
 */
export function refuseSharedPlans({ plans }: PlanFile): void {
  const writers = new Map<string, { plan: string; writer: string }>();
  for (const [plan, { search }] of Object.entries(plans)) {
    if (search === undefined || isReadOnly(search.repository.settings)) continue;
    const { bucket, basePath, name } = search.repository;
    const place = placeOf(bucket, basePath);
    const writer = `${name} at ${search.endpoint}`;
    const first = writers.get(place) ?? { plan, writer };
    if (first.writer !== writer) {
      const both = `the plans ${first.plan} and ${plan} write to ${place} through different repositories`;
      throw new TandemError('REPOSITORY_SHARED', `In the plan file ${both}: ${first.writer}, ${writer}.`);
    }
    writers.set(place, first);
  }
}

/** How people write where a repository is. */
export function placeOf(bucket: string, basePath: string): string {
  return `s3://${bucket}/${basePath}`;
}
