import type { Manifest } from '../../contracts/manifest.ts';
import type { SearchPlan } from '../../contracts/plan-file.ts';
import type { RepositoryDefinition } from '../../ports/snapshots.ts';
import { differingSettings, isReadOnly, pointsElsewhere, wantedSettings } from '../repository.ts';
import { otherPlan, otherWriter } from '../shared-places.ts';
import { repositoryChecks } from './checks/repository.ts';
import { curlOf } from './curl.ts';
import { type Finding, finderOf, judged, notChecked, ok } from './finding.ts';
import { type Observed, seenOf } from './observed.ts';
import { isForRestoresAlone, type Subject } from './subject.ts';

const found = finderOf(repositoryChecks);

/** What was seen of the repositories of a domain. */
export interface RepositoryFacts {
  subject: Subject;
  search: SearchPlan;
  repositories: Observed<Record<string, RepositoryDefinition>>;
  /** Those of the plan, the newest first. */
  recoveryPoints: Observed<Manifest[]>;
  /** The other domain that its place belongs to, if it does, in words. */
  owner: Observed<string | undefined>;
  /** What came of having every node write to it. */
  verification: Observed<true>;
}

/** Whether the repository is there as the plan says, and whether the domain can write to it, and nothing else does. */
export function judgeRepository(facts: RepositoryFacts): Finding[] {
  const { repositories } = facts;
  return [
    judged('REPOSITORY_REGISTERED', repositories, (all) => judgeRegistered(all, facts)),
    judged('REPOSITORY_SETTINGS', repositories, (all) => judgeSettings(all, facts)),
    isForRestoresAlone(facts.subject.plan)
      ? ok('REPOSITORY_WRITABLE', 'read-only, as the plan says, which has no schedule')
      : judgeWritable(facts),
    judgeWriters(facts),
    judgeVerified(facts),
  ];
}

const notRegistered = 'the repository is not registered';

function judgeRegistered(
  all: Record<string, RepositoryDefinition>,
  { search, subject, recoveryPoints }: RepositoryFacts,
): Finding {
  const { name: repository } = search.repository;
  if (all[repository] !== undefined) return ok('REPOSITORY_REGISTERED', repository);
  const points = seenOf(recoveryPoints) ?? [];
  const isNeeded = points.some(
    ({ plan, search: held }) => plan === subject.name && held?.repository.name === repository,
  );
  return found('REPOSITORY_REGISTERED', isNeeded ? 'gone' : 'missing', { repository, plan: subject.name });
}

function judgeSettings(all: Record<string, RepositoryDefinition>, { search, subject }: RepositoryFacts): Finding {
  const { name: repository, bucket, basePath } = search.repository;
  const registration = all[repository];
  if (registration === undefined) return notChecked('REPOSITORY_SETTINGS', notRegistered);
  const registered = pointsElsewhere(registration, wantedSettings(search.repository));
  if (registered !== undefined)
    return found('REPOSITORY_SETTINGS', 'elsewhere', { repository, registered, bucket, basePath });
  const settings = differingSettings(registration.settings, wantedSettings(search.repository));
  if (settings.length > 0)
    return found('REPOSITORY_SETTINGS', 'different', { repository, settings, plan: subject.name });
  return ok('REPOSITORY_SETTINGS', `s3://${bucket}/${basePath}`);
}

/** No run makes a registration writable that is read-only. */
function judgeWritable({
  repositories,
  search,
  subject,
}: Pick<RepositoryFacts, 'repositories' | 'search' | 'subject'>): Finding {
  const { name: repository } = search.repository;
  if (isReadOnly(search.repository.settings)) return found('REPOSITORY_WRITABLE', 'planned', {});
  return judged('REPOSITORY_WRITABLE', repositories, (all) => {
    if (all[repository] === undefined) return notChecked('REPOSITORY_WRITABLE', notRegistered);
    if (!isReadOnly(all[repository].settings)) return ok('REPOSITORY_WRITABLE', 'snapshots can be written');
    const { endpoint } = search;
    const curl = curlOf(search, subject.region);
    return found('REPOSITORY_WRITABLE', 'readOnly', { repository, endpoint, curl, plan: subject.name });
  });
}

/** Two registrations that write to one place corrupt it: each takes the list of snapshots for its own. */
export function judgeWriters({
  repositories,
  search,
  subject,
  recoveryPoints,
  owner,
  verification,
}: RepositoryFacts): Finding {
  const { bucket, basePath } = search.repository;
  const place = { bucket, basePath };
  if (isReadOnly(search.repository.settings)) return ok('REPOSITORY_ONE_WRITER', 'the plan itself only reads there');
  if ('unseen' in verification && /expected state|concurrent modification/i.test(verification.unseen.message)) {
    return found('REPOSITORY_ONE_WRITER', 'disturbed', { why: verification.unseen.message, plan: subject.name });
  }
  const plan = otherPlan(search, subject.file);
  if (plan !== undefined) return found('REPOSITORY_ONE_WRITER', 'plannedTwice', { ...place, other: plan });
  const foreign = foreignWriter(recoveryPoints, search);
  if (foreign !== undefined) {
    const values = { ...place, point: foreign.recoveryPoint, other: foreign.search.endpoint };
    return found('REPOSITORY_ONE_WRITER', 'anotherDomain', values);
  }
  const otherDomain = seenOf(owner);
  if (otherDomain !== undefined)
    return found('REPOSITORY_ONE_WRITER', 'owned', { ...place, owner: otherDomain, plan: subject.name });
  return judged('REPOSITORY_ONE_WRITER', repositories, (all) => {
    const other = otherWriter(search.repository, all);
    if (other === undefined)
      return judged('REPOSITORY_ONE_WRITER', owner, () => ok('REPOSITORY_ONE_WRITER', `s3://${bucket}/${basePath}`));
    const { endpoint } = search;
    return found('REPOSITORY_ONE_WRITER', 'registeredTwice', {
      ...place,
      other,
      endpoint,
      curl: curlOf(search, subject.region),
    });
  });
}

interface Place {
  bucket: string;
  basePath: string;
}

function isAt(repository: Place, { bucket, basePath }: Place): boolean {
  return repository.bucket === bucket && repository.basePath === basePath;
}

/**
 * The recovery point that another domain made there after our own had begun to. What is older is of a domain that ours has
 * replaced.
 */
function foreignWriter(recoveryPoints: Observed<Manifest[]>, { endpoint, repository }: SearchPlan) {
  const there = (seenOf(recoveryPoints) ?? []).flatMap(({ recoveryPoint, search }) =>
    search !== null && isAt(search.repository, repository) ? { recoveryPoint, search } : [],
  );
  const [newest] = there;
  const isOurs = there.some(({ search }) => search.endpoint === endpoint);
  return isOurs && newest?.search.endpoint !== endpoint ? newest : undefined;
}

function judgeVerified({ verification, search, subject }: RepositoryFacts): Finding {
  if ('unseen' in verification && verification.unseen.code === 'REPOSITORY_UNVERIFIED') {
    const why = verification.unseen.message;
    return found('REPOSITORY_VERIFIED', 'unverified', { repository: search.repository.name, why, plan: subject.name });
  }
  return judged('REPOSITORY_VERIFIED', verification, () =>
    ok('REPOSITORY_VERIFIED', 'every node has just written to it'),
  );
}
