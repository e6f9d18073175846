import type { PlanFile } from '../contracts/plan-file.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { RepositoryDefinition } from '../ports/snapshots.ts';
import { isReadOnly, pointsElsewhere } from './repository.ts';

/**
 * Two repositories that write to one place corrupt it, be they of one domain or of two: snapshots then answer 500.
 *
 * @param others every other registration of the domain, by name
 * @throws TandemError REPOSITORY_SHARED
 */
export function refuseSharedPlace(
  wanted: RepositoryDefinition['settings'],
  others: Readonly<Record<string, RepositoryDefinition>>,
): void {
  if (isReadOnly(wanted)) return;
  const [name] =
    Object.entries(others).find(
      ([, other]) => !isReadOnly(other.settings) && pointsElsewhere(other, wanted) === undefined,
    ) ?? [];
  if (name === undefined) return;
  throw new TandemError(
    'REPOSITORY_SHARED',
    `The repository "${name}" of the domain writes to ${placeOf(wanted)} as well.`,
    {
      remedy: `Remove the registration of "${name}" if nothing uses it, or give search.repository another basePath.`,
    },
  );
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
    const place = placeOf({ bucket, base_path: basePath });
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
export function placeOf({ bucket, base_path = '' }: Readonly<Record<string, string>>): string {
  return `s3://${bucket}/${base_path}`;
}
