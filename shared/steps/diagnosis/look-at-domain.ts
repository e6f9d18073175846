import type { SearchPlan } from '../../contracts/plan-file.ts';
import { judgeEngine, judgeHealth, judgeIndices, judgeShards } from '../../core/diagnosis/domain-health.ts';
import { judgeEndpoint } from '../../core/diagnosis/endpoint.ts';
import { type Finding, notChecked } from '../../core/diagnosis/finding.ts';
import { type Observed, seenOf, unseen } from '../../core/diagnosis/observed.ts';
import type { CatalogFacts } from '../../core/diagnosis/recovery-points.ts';
import { judgeRepository } from '../../core/diagnosis/repository.ts';
import { judgeSecurity } from '../../core/diagnosis/security-mapping.ts';
import type { Subject } from '../../core/diagnosis/subject.ts';
import type { ReadPlanFile } from '../../core/plan-file.ts';
import { isReadOnly, pointsElsewhere, wantedSettings } from '../../core/repository.ts';
import { selectIndices } from '../../core/selection.ts';
import type { Security, SecurityConfiguration } from '../../ports/security.ts';
import type { RepositoryDefinition, Snapshots } from '../../ports/snapshots.ts';
import { existingIndices } from '../existing-indices.ts';
import { otherOwner } from '../repository-owner.ts';
import { observe, observeOf } from './observe.ts';
import type { DiagnosisPorts } from './ports.ts';
import type { Principals } from './principals.ts';

/** Checks of what only the domain can tell; some of a repository the plan file alone tells. */
const domainCodes = [
  'INDICES_SELECTED',
  'ENGINE_VERSION',
  'CLUSTER_HEALTH',
  'SHARD_LIMIT',
  'SECURITY_MAPPING',
  'SECURITY_PERMISSIONS',
  'SECURITY_MAPPING_KIND',
] as const;

interface DomainContext {
  search: SearchPlan;
  file: ReadPlanFile;
  catalog: Promise<Observed<CatalogFacts>>;
  principals: Promise<Observed<Principals>>;
}

interface DomainDiagnosis {
  findings: Finding[];
  /** What came of having the domain write to the repository. */
  verification: Observed<true>;
}

/** The domain, as far as it can be reached from here. */
export async function lookAtDomain(
  subject: Subject,
  context: DomainContext,
  ports: Pick<DiagnosisPorts, 'probe' | 'connectSearch' | 'openSnapshotBucket'>,
): Promise<DomainDiagnosis> {
  const { search } = context;
  const recorded = context.catalog.then((catalog) => observeOf(catalog, async (seen) => seen.manifests));
  const contact = await ports.probe.probe(search.endpoint);
  const runsHere = subject.deployed === undefined;
  if (!contact.reached) {
    const why = 'the domain is not reached from here';
    const nothing = unseen(why);
    const manifests = await recorded;
    const findings = [
      ...judgeEndpoint({ search, contact, engine: nothing, runsHere }),
      ...domainCodes.map((code) => notChecked(code, why)),
      ...judgeRepository({
        subject,
        search,
        repositories: nothing,
        recoveryPoints: manifests,
        owner: nothing,
        verification: nothing,
      }),
    ];
    return { findings, verification: nothing };
  }
  const domain = ports.connectSearch(search);
  const listing = observe(() => domain.snapshots.repositories());
  const asking = observe(() => domain.security.rolesOfCaller());
  const [repositories, verification, rolesOfCaller, configuration, engine, health, perNode, indices, owner] =
    await Promise.all([
      listing,
      listing.then((all) => verify(all, search, domain.snapshots)),
      asking,
      asking.then((roles) => lookAtSecurity(roles, domain.security)),
      observe(() => domain.indices.engine()),
      observe(() => domain.cluster.health()),
      observe(() => domain.cluster.shardsPerNode()),
      observe(() => existingIndices(domain.indices)),
      observe(() => otherOwner(search.repository, domain, ports.openSnapshotBucket)),
    ]);
  const [manifests, principals] = await Promise.all([recorded, context.principals]);
  const refusals = [engine, health, indices, repositories, verification].flatMap((observed) =>
    'unseen' in observed ? observed.unseen.message : [],
  );
  const where = (...path: (string | number)[]) =>
    context.file.where('plans', subject.name, 'search', 'indices', ...path);
  const findings = [
    ...judgeEndpoint({ search, contact, engine, runsHere }),
    judgeIndices(await observeOf(indices, async (existing) => selectIndices(search.indices, existing, where))),
    judgeEngine(engine, manifests, search.endpoint),
    judgeHealth(health, search, subject.region),
    judgeShards(health, perNode),
    ...judgeSecurity({
      plan: subject.name,
      indices: search.indices.include,
      rolesOfCaller,
      configuration,
      principals: search.auth.type === 'sigv4' ? principals : { seen: [] },
      isCaller: runsHere || search.auth.type !== 'sigv4',
      refusals,
    }),
    ...judgeRepository({ subject, search, repositories, recoveryPoints: manifests, owner, verification }),
  ];
  return { findings, verification };
}

/** Only where there is fine-grained access control: elsewhere there is nothing to ask. */
async function lookAtSecurity(
  rolesOfCaller: Observed<string[] | undefined>,
  security: Security,
): Promise<Observed<SecurityConfiguration>> {
  if (seenOf(rolesOfCaller) === undefined) return unseen('the domain has no fine-grained access control');
  return observe(() => security.configuration());
}

/**
 * Has every node write a test file to the repository, and remove it: that is how a domain tells whether it can, and the
 * only thing that the doctor does beside reading. It leaves nothing behind. Asked only of a repository that is the plan's.
 */
function verify(
  repositories: Observed<Record<string, RepositoryDefinition>>,
  { repository }: SearchPlan,
  snapshots: Snapshots,
): Promise<Observed<true>> {
  return observeOf(repositories, async (all) => all[repository.name]).then((observed) => {
    const registered = seenOf(observed);
    if (registered === undefined) return 'unseen' in observed ? observed : unseen('the repository is not registered');
    if (isReadOnly(registered.settings)) return unseen('nothing is written to a read-only repository');
    if (pointsElsewhere(registered, wantedSettings(repository)) !== undefined)
      return unseen("the repository of that name is not the plan's");
    return observe(async () => {
      await snapshots.verify(repository.name);
      return true as const;
    });
  });
}
