import type { RepositoryPlan } from '../../contracts/plan-file.ts';
import type { Role } from '../../ports/roles.ts';
import { snapshotRoleChecks } from './checks/snapshot-role.ts';
import { type Finding, finderOf, judged, ok } from './finding.ts';
import type { Observed } from './observed.ts';

const found = finderOf(snapshotRoleChecks);

/** AWS's guides disagree which of the two a domain is. */
export const services = ['es.amazonaws.com', 'opensearchservice.amazonaws.com'];

/** What the domain does to the bucket of a repository. */
export const bucketActions = ['s3:ListBucket'];
export const objectActions = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
/** And has to do with the key that the bucket is encrypted with. */
export const keyActions = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** The bucket of a repository, and all that the repository holds, which is below its base path. */
export function arnsOf({ bucket, basePath }: RepositoryPlan, roleArn: string): { bucket: string; objects: string } {
  const arn = `arn:${roleArn.split(':')[1]}:s3:::${bucket}`;
  return { bucket: arn, objects: basePath === '' ? `${arn}/*` : `${arn}/${basePath}/*` };
}

/** What was seen of the role that a domain writes its snapshots with. */
export interface SnapshotRoleFacts {
  roleArn: string;
  repository: RepositoryPlan;
  /** The account of the caller, where it is known. */
  account: string | undefined;
  role: Observed<Role | undefined>;
  /** Actions on the bucket and its objects that its policies do not allow. */
  deniedInBucket: Observed<string[]>;
  /** The key of the bucket, where it has one of its own, and what the role may not do with it. */
  deniedWithKey: Observed<{ key: string; actions: string[] } | undefined>;
  /** Who registers the repository, and whether it may not pass the role. */
  passing: Observed<{ principal: string; denied: boolean }>;
  /** Why the domain could not write to the repository; undefined where it could, or nobody tried. */
  refusal: string | undefined;
  /** True where the domain has just written to the repository, which proves more than policies say. */
  isVerified: boolean;
}

/** Whether the domain can take the role, and do with it what snapshots need. */
export function judgeSnapshotRole(facts: SnapshotRoleFacts): Finding[] {
  return [judgePassing(facts), judgeTrust(facts), judgeBucketAccess(facts), judgeKeyAccess(facts)];
}

/** @param arn of a role, a user, or a role as it was assumed */
export function nameInArn(arn: string): string {
  const [kind, ...path] = (arn.split(':').at(-1) ?? '').split('/');
  return (kind === 'assumed-role' ? path[0] : path.at(-1)) ?? arn;
}

function judgePassing({ passing, roleArn }: SnapshotRoleFacts): Finding {
  return judged('PASS_ROLE', passing, ({ principal, denied }) => {
    if (!denied) return ok('PASS_ROLE', `${principal} may pass it`);
    return found('PASS_ROLE', principal.includes(':user/') ? 'deniedUser' : 'denied', {
      principal,
      role: roleArn,
      name: nameInArn(principal),
      policy: policy(['iam:PassRole'], [roleArn]),
    });
  });
}

function judgeTrust({ role, roleArn, account }: SnapshotRoleFacts): Finding {
  const name = nameInArn(roleArn);
  return judged('SNAPSHOT_ROLE_TRUST', role, (existing) => {
    const trust = { name, policy: trustPolicy(account) };
    if (existing === undefined) return found('SNAPSHOT_ROLE_TRUST', 'missing', { role: roleArn, ...trust });
    const trusted = existing.trustedServices.filter((service) => services.includes(service));
    if (trusted.length === services.length) return ok('SNAPSHOT_ROLE_TRUST', `trusts ${trusted.join(' and ')}`);
    if (trusted.length > 0) return found('SNAPSHOT_ROLE_TRUST', 'half', { trusted, ...trust });
    const others = existing.trustedServices.length === 0 ? ['no service'] : existing.trustedServices;
    return found('SNAPSHOT_ROLE_TRUST', 'untrusting', { trusted: others, ...trust });
  });
}

function judgeBucketAccess({ deniedInBucket, isVerified, repository, roleArn }: SnapshotRoleFacts): Finding {
  if (isVerified) return ok('SNAPSHOT_ROLE_BUCKET', 'the domain has just used it');
  return judged('SNAPSHOT_ROLE_BUCKET', deniedInBucket, (actions) => {
    if (actions.length === 0) return ok('SNAPSHOT_ROLE_BUCKET', 'its policies allow all that snapshots need');
    const all = [...bucketActions, ...objectActions];
    const { bucket, objects } = arnsOf(repository, roleArn);
    return found('SNAPSHOT_ROLE_BUCKET', 'denied', {
      actions,
      name: nameInArn(roleArn),
      policy: policy(all, [bucket, objects]),
    });
  });
}

/** A key's own policy may allow what those of the role do not, but not where KMS was heard to refuse. */
function judgeKeyAccess({ deniedWithKey, refusal, isVerified, roleArn }: SnapshotRoleFacts): Finding {
  if (isVerified) return ok('SNAPSHOT_ROLE_KEY', 'the domain has just used it');
  return judged('SNAPSHOT_ROLE_KEY', deniedWithKey, (seen) => {
    if (seen === undefined) return ok('SNAPSHOT_ROLE_KEY', 'the bucket is encrypted with a key of S3');
    const { key, actions } = seen;
    const heard = keyActions.filter((action) => refusal?.includes(action));
    const values = { key, name: nameInArn(roleArn), policy: policy(keyActions, [key]) };
    if (heard.length > 0) return found('SNAPSHOT_ROLE_KEY', 'refused', { actions: heard, ...values });
    if (actions.length > 0) return found('SNAPSHOT_ROLE_KEY', 'denied', { actions, ...values });
    return ok('SNAPSHOT_ROLE_KEY', `its policies allow all that snapshots need with ${key}`);
  });
}

function policy(actions: string[], resources: string[]): string {
  const statement = { Effect: 'Allow', Action: actions, Resource: resources };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

function trustPolicy(account: string | undefined): string {
  const statement = { Effect: 'Allow', Principal: { Service: services }, Action: 'sts:AssumeRole' };
  const condition = account === undefined ? {} : { Condition: { StringEquals: { 'aws:SourceAccount': account } } };
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, ...condition }] });
}
