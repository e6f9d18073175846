import type { EncryptionKey } from '../../ports/encryption-keys.ts';
import type { Decision } from '../../ports/identities.ts';
import { snapshotRoleChecks } from './checks/snapshot-role.ts';
import { type Finding, finderOf, judged, notChecked, ok } from './finding.ts';
import type { Observed } from './observed.ts';
import type { RoleAccess } from './role-access.ts';
import { bucketPolicy, keyActions, nameInArn, policyOf } from './snapshot-role-needs.ts';
import { judgeTrust, type TrustFacts } from './snapshot-role-trust.ts';

const found = finderOf(snapshotRoleChecks);

/** What was seen of the role that a domain writes its snapshots with. */
export interface SnapshotRoleFacts extends TrustFacts {
  /** What it may do in the bucket. */
  inBucket: Observed<RoleAccess>;
  /** The key that the bucket names, where it names one: the key itself, where there is such, and what it may do with it. */
  withKey: Observed<{ name: string; key: EncryptionKey | undefined; access: RoleAccess | undefined } | undefined>;
  /** Who registers the repository, and whether he may pass the role to the domain. */
  passing: Observed<{ principal: string; decision: Decision }>;
  /** Why the domain could not write to the repository; undefined where it could, or nobody tried. */
  refusal: string | undefined;
}

/** Whether the domain can take the role, and do with it what snapshots need. */
export function judgeSnapshotRole(facts: SnapshotRoleFacts): Finding[] {
  return [judgePassing(facts), judgeTrust(facts), judgeBucketAccess(facts), judgeKeyAccess(facts)];
}

const onlyWhenUsed = 'depends on what is known only when the role is used';
const justUsed = 'the domain has just used it';

function judgePassing({ passing, roleArn }: SnapshotRoleFacts): Finding {
  return judged('PASS_ROLE', passing, ({ principal, decision }) => {
    if (decision === 'allowed') return ok('PASS_ROLE', `${principal} may pass it`);
    if (decision === 'unclear') return notChecked('PASS_ROLE', `whether ${principal} may pass it ${onlyWhenUsed}`);
    const isUser = principal.includes(':user/');
    const values = { principal, role: roleArn, name: nameInArn(principal) };
    if (decision === 'denied') return found('PASS_ROLE', 'forbidden', { ...values, kind: isUser ? 'user' : 'role' });
    const policy = policyOf(['iam:PassRole'], [roleArn]);
    return found('PASS_ROLE', isUser ? 'deniedUser' : 'denied', { ...values, policy });
  });
}

function judgeBucketAccess({ inBucket, isVerified, repository, roleArn }: SnapshotRoleFacts): Finding {
  if ('unseen' in inBucket && isVerified) return ok('SNAPSHOT_ROLE_BUCKET', justUsed);
  return judged('SNAPSHOT_ROLE_BUCKET', inBucket, ({ denied, deniedThere, lacking, unclear }) => {
    const name = nameInArn(roleArn);
    if (denied.length > 0) return found('SNAPSHOT_ROLE_BUCKET', 'forbidden', { actions: denied, name });
    if (deniedThere.length > 0) {
      return found('SNAPSHOT_ROLE_BUCKET', 'forbiddenThere', { actions: deniedThere, bucket: repository.bucket });
    }
    if (lacking.length > 0) {
      const policy = bucketPolicy(repository, roleArn);
      return found('SNAPSHOT_ROLE_BUCKET', 'denied', { actions: lacking, name, policy });
    }
    if (unclear.length > 0 && !isVerified) {
      return notChecked('SNAPSHOT_ROLE_BUCKET', `whether it may ${unclear.join(', ')} ${onlyWhenUsed}`);
    }
    return ok('SNAPSHOT_ROLE_BUCKET', unclear.length > 0 ? justUsed : 'all that snapshots need is allowed');
  });
}

/** What KMS was heard to refuse proves more than policies do. */
function judgeKeyAccess({ withKey, refusal, isVerified, roleArn }: SnapshotRoleFacts): Finding {
  const code = 'SNAPSHOT_ROLE_KEY';
  if ('unseen' in withKey && isVerified) return ok(code, justUsed);
  return judged(code, withKey, (seen) => {
    if (seen === undefined) return ok(code, 'the bucket is encrypted with a key of S3');
    if (seen.key === undefined) return found(code, 'missing', { key: seen.name });
    const { arn: key, state, isOfAws } = seen.key;
    const name = nameInArn(roleArn);
    const policy = policyOf(keyActions, [key]);
    const statement = JSON.stringify({
      Effect: 'Allow',
      Principal: { AWS: roleArn },
      Action: keyActions,
      Resource: '*',
    });
    if (state === 'PendingDeletion') return found(code, 'deleted', { key });
    if (state !== 'Enabled') return found(code, 'disabled', { key, state });
    const heard = keyActions.filter((action) => refusal?.includes(action));
    if (heard.length > 0) return found(code, 'refused', { actions: heard, key, name, policy });
    if (isOfAws || seen.access === undefined) return ok(code, `${key} is AWS's own for S3`);
    const { denied, deniedThere, lacking, unclear } = seen.access;
    if (denied.length > 0) return found(code, 'forbidden', { actions: denied, key, name });
    if (deniedThere.length > 0) return found(code, 'forbiddenThere', { actions: deniedThere, key, statement });
    if (lacking.length > 0) return found(code, 'denied', { actions: lacking, key, name, policy });
    if (unclear.length > 0 && !isVerified) {
      return notChecked(code, `whether it may ${unclear.join(', ')} with ${key} ${onlyWhenUsed}`);
    }
    return ok(code, unclear.length > 0 ? justUsed : `all that snapshots need with ${key} is allowed`);
  });
}
