import type { Plan, SearchPlan } from '../shared/contracts/plan-file.ts';
import { type DomainRequests, domainRequests } from '../shared/core/domain-access.ts';
import { ownerKey } from '../shared/core/repository-owner.ts';
import { accessPolicies, type Resource, type Statement } from './access-policy.ts';
import { bucketArn, ownArn } from './arn.ts';
import { distinct } from './distinct.ts';
import { domainArn } from './domain-arn.ts';
import { withRestoreDomains } from './restore-domains.ts';

/** What the two workflows may do to the search domains of the plans. */
export function searchAccess(plans: Plan[]) {
  const searches = plans.flatMap(({ search }) => search ?? []);
  return {
    ...accessPolicies('BackupSearch', 'BackupRole', searches, backup),
    ...accessPolicies('RestoreSearch', 'RestoreRole', withRestoreDomains(searches), restore),
  };
}

function backup(searches: SearchPlan[]): Statement[] {
  return [
    ...readSecrets(searches),
    ...request(searches, domainRequests.backup),
    ...passSnapshotRoles(searches),
    ...claimPlaces(searches),
  ];
}

function restore(searches: SearchPlan[]): Statement[] {
  return [...readSecrets(searches), ...request(searches, domainRequests.restore), ...keep(searches, '/_*')];
}

/**
 * Sends signed requests to the domains of the plans, and none but these. What else there is has to be denied: what is not
 * allowed here the domain's own policy may allow, which names the roles and all of the domain, as a rule.
 */
export function request(searches: SearchPlan[], requests: DomainRequests): Statement[] {
  const domains = signedBelow(searches, '/*');
  if (domains.length === 0) return [];
  const limited = Object.entries(requests).filter(([, paths]) => !paths.includes('*'));
  return [
    { Action: Object.keys(requests), Resource: domains },
    ...limited.map(([action, paths]) => ({
      Effect: 'Deny' as const,
      Action: [action],
      NotResource: paths.map((path) => ownArn('es', `domain/*/${path}`, '*')),
    })),
  ];
}

/**
 * Deletes nothing of the domains that is below this. A snapshot is below the domain's own address, where whoever may
 * delete an index could delete recovery points as well. No index has a name that starts with `_`, as all APIs do.
 *
 * @param below all but the indices, or the snapshots in every repository
 */
export function keep(searches: SearchPlan[], below: '/_*' | '/_snapshot/*/*'): Statement[] {
  const kept = signedBelow(searches, below);
  return kept.length === 0 ? [] : [{ Effect: 'Deny', Action: ['es:ESHttpDelete'], Resource: kept }];
}

function signedBelow(searches: SearchPlan[], below: string): Resource[] {
  const signed = searches.filter(({ auth }) => auth.type === 'sigv4');
  return distinct(signed.map(({ endpoint }) => domainArn(endpoint, below)));
}

/** Whoever registers a repository hands the snapshot role to the domain. */
export function passSnapshotRoles(searches: SearchPlan[]): Statement[] {
  const roles = distinct(searches.flatMap(({ repository }) => repository.roleArn ?? []));
  return roles.length === 0 ? [] : [{ Action: ['iam:PassRole'], Resource: roles }];
}

/** Notes down beside a repository which domain writes there, and reads it. */
function claimPlaces(searches: SearchPlan[]): Statement[] {
  const owners = distinct(searches.map(({ repository: { bucket, basePath } }) => `${bucket}/${ownerKey(basePath)}`));
  return owners.length === 0
    ? []
    : [{ Action: ['s3:GetObject', 's3:PutObject'], Resource: owners.map((path) => bucketArn(path)) }];
}

/** A secret named without its ARN has six letters of the service's own behind its name in the ARN. */
export function readSecrets(searches: SearchPlan[]): Statement[] {
  const secrets = searches.flatMap(({ auth }) => (auth.type === 'basic' ? auth.secret : []));
  const arns = distinct(
    secrets.map((secret) => (secret.startsWith('arn:') ? secret : ownArn('secretsmanager', `secret:${secret}-??????`))),
  );
  return arns.length === 0 ? [] : [{ Action: ['secretsmanager:GetSecretValue'], Resource: arns }];
}
