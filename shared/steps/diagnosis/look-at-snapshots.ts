import type { RepositoryPlan, SearchPlan } from '../../contracts/plan-file.ts';
import { type Finding, notChecked } from '../../core/diagnosis/finding.ts';
import { type Observed, seenOf } from '../../core/diagnosis/observed.ts';
import { judgeBucket } from '../../core/diagnosis/snapshot-bucket.ts';
import {
  arnsOf,
  bucketActions,
  judgeSnapshotRole,
  keyActions,
  nameInArn,
  objectActions,
  services,
} from '../../core/diagnosis/snapshot-role.ts';
import type { Subject } from '../../core/diagnosis/subject.ts';
import { regionOfDomain } from '../../core/domain-address.ts';
import type { AccountIdentity } from '../../ports/account.ts';
import { observe, observeOf } from './observe.ts';
import type { DiagnosisPorts } from './ports.ts';
import type { Principals } from './principals.ts';

type SnapshotPorts = Pick<DiagnosisPorts, 'buckets' | 'roles'>;

const roleCodes = ['PASS_ROLE', 'SNAPSHOT_ROLE_TRUST', 'SNAPSHOT_ROLE_BUCKET', 'SNAPSHOT_ROLE_KEY'] as const;
const bucketCodes = ['BUCKET_REGION', 'BUCKET_PRIVATE', 'BUCKET_LIFECYCLE', 'BUCKET_OBJECT_LOCK'] as const;

/** What else was seen of the plan's snapshots. */
interface SnapshotContext {
  search: SearchPlan;
  caller: Observed<AccountIdentity>;
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
    lookAtRole(repository.roleArn, context, ports),
    lookAtBucket(subject, context.search, ports),
  ]);
  return [...role, ...bucket];
}

async function lookAtBucket({ region }: Subject, search: SearchPlan, { buckets }: SnapshotPorts): Promise<Finding[]> {
  const { bucket } = search.repository;
  const [place, publicAccess, lifecycleRules, objectLock] = await Promise.all([
    observe(() => buckets.region(bucket)),
    observe(() => buckets.publicAccess(bucket)),
    observe(() => buckets.lifecycleRules(bucket)),
    observe(() => buckets.objectLock(bucket)),
  ]);
  const ofDomain = regionOfDomain(new URL(search.endpoint).hostname) ?? region;
  return judgeBucket({ region: place, publicAccess, lifecycleRules, objectLock }, search.repository, ofDomain);
}

async function lookAtRole(roleArn: string, context: SnapshotContext, ports: SnapshotPorts): Promise<Finding[]> {
  const { repository } = context.search;
  const [role, deniedInBucket, deniedWithKey, passing, verification] = await Promise.all([
    observe(() => ports.roles.find(nameInArn(roleArn))),
    observe(() => deniedIn(repository, roleArn, ports)),
    observe(() => deniedWithKeyOf(repository.bucket, roleArn, ports)),
    context.principals.then((principals) => lookAtPassing(principals, roleArn, ports)),
    context.verification,
  ]);
  return judgeSnapshotRole({
    roleArn,
    repository,
    account: seenOf(context.caller)?.id,
    role,
    deniedInBucket,
    deniedWithKey,
    passing,
    isVerified: 'seen' in verification,
    refusal: 'unseen' in verification ? verification.unseen.message : undefined,
  });
}

async function deniedIn(repository: RepositoryPlan, roleArn: string, { roles }: SnapshotPorts): Promise<string[]> {
  const { bucket, objects } = arnsOf(repository, roleArn);
  const denied = await Promise.all([
    roles.denied(roleArn, bucketActions, bucket),
    roles.denied(roleArn, objectActions, objects),
  ]);
  return denied.flat();
}

async function deniedWithKeyOf(bucket: string, roleArn: string, { roles, buckets }: SnapshotPorts) {
  const key = await buckets.key(bucket);
  return key === undefined ? undefined : { key, actions: await roles.denied(roleArn, keyActions, key) };
}

function lookAtPassing(principals: Observed<Principals>, roleArn: string, { roles }: SnapshotPorts) {
  return observeOf(principals, async (all) => {
    const principal = all.find(({ workflow }) => workflow === 'backup')?.arn ?? '';
    const denied = await roles.denied(principal, ['iam:PassRole'], roleArn, services[0]);
    return { principal, denied: denied.length > 0 };
  });
}
