import type { PlanFile, RepositoryPlan, SearchPlan } from '../contracts/plan-file.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { RepositoryDefinition } from '../ports/snapshots.ts';
import { isReadOnly, pointsElsewhere, wantedSettings } from './repository.ts';

type Settings = RepositoryDefinition['settings'];

/*
 * Two repositories that write to one place corrupt it, be they of one domain or of two: each takes the list of snapshots
 * for its own, and snapshots then answer 500. Whoever only reads does no harm.
 */

/**
 * The registration that writes to the place of a plan's repository as well.
 *
 * @param registered all registrations of the domain, by name
 * @returns its name
 */
export function otherWriter(
  repository: RepositoryPlan,
  registered: Readonly<Record<string, RepositoryDefinition>>,
): string | undefined {
  return Object.entries(registered).find(
    ([name, other]) => name !== repository.name && writesTo(repository, other),
  )?.[0];
}

/**
 * The plan of a file that writes to the place of another one's repository as well. Plans that share a repository by name
 * on one domain write through one registration, which is one writer.
 *
 * @returns its name
 */
export function otherPlan({ endpoint, repository }: SearchPlan, { plans }: PlanFile): string | undefined {
  return Object.entries(plans).find(([, { search }]) => {
    if (search === undefined) return false;
    const isSameWriter = search.endpoint === endpoint && search.repository.name === repository.name;
    return !isSameWriter && writesTo(repository, { type: 's3', settings: wantedSettings(search.repository) });
  })?.[0];
}

function writesTo(repository: RepositoryPlan, other: RepositoryDefinition): boolean {
  const wanted = wantedSettings(repository);
  return !isReadOnly(wanted) && !isReadOnly(other.settings) && pointsElsewhere(other, wanted) === undefined;
}

/** @throws TandemError REPOSITORY_SHARED where another registration of the domain writes to the place of a plan */
export function refuseOtherWriter(
  repository: RepositoryPlan,
  registered: Readonly<Record<string, RepositoryDefinition>>,
): void {
  const name = otherWriter(repository, registered);
  if (name === undefined) return;
  const place = placeOf(wantedSettings(repository));
  throw new TandemError('REPOSITORY_SHARED', `The repository "${name}" of the domain writes to ${place} as well.`, {
    remedy: `Remove the registration of "${name}" if nothing uses it, or give search.repository another basePath.`,
  });
}

/** @throws TandemError REPOSITORY_SHARED where two plans of a file write to one place */
export function refuseSharedPlans(file: PlanFile): void {
  for (const [plan, { search }] of Object.entries(file.plans)) {
    const other = search && otherPlan(search, file);
    if (search === undefined || other === undefined) continue;
    const place = placeOf(wantedSettings(search.repository));
    const both = `the plans ${plan} and ${other} write to ${place} through different repositories`;
    throw new TandemError('REPOSITORY_SHARED', `In the plan file ${both}.`);
  }
}

/** How people write where a repository is. */
export function placeOf({ bucket, base_path = '' }: Settings): string {
  return `s3://${bucket}/${base_path}`;
}
