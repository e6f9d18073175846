import type { RepositoryPlan, SearchPlan } from '../../contracts/plan-file.ts';
import { opensToEverybody } from '../../core/access-policy.ts';
import { type Finding, notChecked } from '../../core/diagnosis/finding.ts';
import { type Observed, seenOf } from '../../core/diagnosis/observed.ts';
import { accessToBucket, accessToKey, type RoleAccess, together } from '../../core/diagnosis/role-access.ts';
import { judgeBucket } from '../../core/diagnosis/snapshot-bucket.ts';
import { judgeSnapshotRole } from '../../core/diagnosis/snapshot-role.ts';
import {
  arnsOf,
  bucketActions,
  keyActions,
  nameInArn,
  objectActions,
  services,
} from '../../core/diagnosis/snapshot-role-needs.ts';
import type { Subject } from '../../core/diagnosis/subject.ts';
import { domainAt, regionOfDomain } from '../../core/domain-address.ts';
import { type ServedDomain, trustIn } from '../../core/trust-policy.ts';
import { lookAtPassing } from './look-at-passing.ts';
import { observe } from './observe.ts';
import type { DiagnosisPorts } from './ports.ts';
import type { Principals } from './principals.ts';

type SnapshotPorts = Pick<DiagnosisPorts, 'buckets' | 'identities' | 'keys'>;

const roleCodes = ['PASS_ROLE', 'SNAPSHOT_ROLE_TRUST', 'SNAPSHOT_ROLE_BUCKET', 'SNAPSHOT_ROLE_KEY'] as const;
const bucketCodes = ['BUCKET_REGION', 'BUCKET_PRIVATE', 'BUCKET_LIFECYCLE', 'BUCKET_OBJECT_LOCK'] as const;

/** What else was seen of the plan's snapshots. */
interface SnapshotContext {
  search: SearchPlan;
  principals: Promise<Observed<Principals>>;
  verification: Promise<Observed<true>>;
}

/** The role and the bucket of the snapshots. */
export async function lookAtSnapshots(
  subject: Subject,
  context: SnapshotContext,
  ports: SnapshotPorts,
): Promise<Finding[]> {
  const { repository } = context.search;
  if (repository.roleArn === undefined) {
    const why = 'the plan names no snapshot role: its cluster reaches the bucket with keys of its own';
    return [...roleCodes, ...bucketCodes].map((code) => notChecked(code, why));
  }
  const [role, bucket] = await Promise.all([
    lookAtRole(repository.roleArn, subject, context, ports),
    lookAtBucket(subject, context.search, ports),
  ]);
  return [...role, ...bucket];
}

async function lookAtBucket(subject: Subject, search: SearchPlan, { buckets }: SnapshotPorts): Promise<Finding[]> {
  const { bucket } = search.repository;
  const [region, publicAccess, opens, lifecycleRules, objectLock] = await Promise.all([
    observe(() => buckets.region(bucket)),
    observe(() => buckets.publicAccess(bucket)),
    observe(async () => opensToEverybody(await buckets.policy(bucket), 'the snapshot bucket')),
    observe(() => buckets.lifecycleRules(bucket)),
    observe(() => buckets.objectLock(bucket)),
  ]);
  const ofDomain = regionOfDomain(new URL(search.endpoint).hostname) ?? subject.region;
  const facts = { region, publicAccess, opensToEverybody: opens, lifecycleRules, objectLock };
  return judgeBucket(facts, search.repository, ofDomain);
}

async function lookAtRole(
  roleArn: string,
  subject: Subject,
  { search, principals, verification }: SnapshotContext,
  ports: SnapshotPorts,
): Promise<Finding[]> {
  const { repository } = search;
  const domain = servedDomain(search, roleArn, subject);
  const [trust, inBucket, withKey, passing, verified] = await Promise.all([
    observe(async () => {
      const role = await ports.identities.role(nameInArn(roleArn));
      return role && trustIn(role.trustPolicy, services, domain);
    }),
    observe(() => lookInBucket(repository, roleArn, ports)),
    observe(() => lookAtKey(repository.bucket, roleArn, ports)),
    principals.then((known) => lookAtPassing(known, roleArn, ports)),
    verification,
  ]);
  return judgeSnapshotRole({
    roleArn,
    repository,
    domain,
    trust,
    inBucket,
    withKey,
    passing,
    isVerified: 'seen' in verified,
    refusal: 'unseen' in verified ? verified.unseen.message : undefined,
  });
}

/** A role is passed to no domain of another account. */
function servedDomain({ endpoint }: SearchPlan, roleArn: string, { region }: Subject): ServedDomain {
  const [, partition = 'aws', , , account = ''] = roleArn.split(':');
  const place = regionOfDomain(new URL(endpoint).hostname) ?? region;
  return { partition, account, region: place, name: domainAt(endpoint)?.name };
}

async function lookInBucket(
  repository: RepositoryPlan,
  roleArn: string,
  { identities, buckets }: SnapshotPorts,
): Promise<RoleAccess> {
  const { bucket, objects } = arnsOf(repository, roleArn);
  const [observed, toBucket, toObjects] = await Promise.all([
    observe(() => buckets.policy(repository.bucket)),
    identities.decisions(roleArn, bucketActions, bucket),
    identities.decisions(roleArn, objectActions, objects),
  ]);
  const policy = seenOf(observed);
  return together(
    accessToBucket(roleArn, toBucket, policy, bucket),
    accessToBucket(roleArn, toObjects, policy, objects),
  );
}

/** AWS makes it when it is first used, and lets everybody use it who may use the bucket. */
const keyOfS3 = /(^|:)alias\/aws\/s3$/;

async function lookAtKey(bucket: string, roleArn: string, { identities, buckets, keys }: SnapshotPorts) {
  const name = await buckets.key(bucket);
  if (name === undefined || keyOfS3.test(name)) return undefined;
  // S3 takes no key of another region than the bucket's, which need not be that of the domain.
  const key = await keys.find(name, await buckets.region(bucket));
  if (key === undefined || key.isOfAws) return { name, key, access: undefined };
  return { name, key, access: accessToKey(roleArn, await identities.decisions(roleArn, keyActions, key.arn), key) };
}
