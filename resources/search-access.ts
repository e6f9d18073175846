import type { Plan, SearchPlan } from '../shared/contracts/plan-file.ts';
import { type DomainRequests, domainRequests } from '../shared/core/domain-access.ts';
import { isReadOnly } from '../shared/core/repository.ts';
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
  return [...readSecrets(searches), ...request(searches, domainRequests.restore), ...keep(searches, '/_*', '/*/*')];
}

/** The methods that do more than read, by what IAM calls them. */
const methods = ['es:ESHttpDelete', 'es:ESHttpPatch', 'es:ESHttpPost', 'es:ESHttpPut'];

/**
 * Sends signed requests to the domains of the plans, and none but these. What else there is has to be denied: what is not
 * allowed here the domain's own policy may allow, which names the roles and all of the domain, as a rule.
 */
export function request(searches: SearchPlan[], requests: DomainRequests): Statement[] {
  const domains = signedBelow(searches, '/*');
  if (domains.length === 0) return [];
  const unused = methods.filter((method) => !(method in requests));
  const limited = Object.entries(requests).filter(([, paths]) => !paths.includes('*'));
  return [
    { Action: Object.keys(requests), Resource: domains },
    ...(unused.length === 0 ? [] : [deny(unused, { Resource: below(['*']) })]),
    ...limited.flatMap(([action, paths]) => [deny([action], { NotResource: below(paths) }), ...noApis(action, paths)]),
  ];
}

/**
 * What a pattern takes for the name of an index, and is `_scripts`, or `orders/_doc`: a pattern of IAM ends at no `/`. No
 * index has a name that starts with `_`, as all APIs do.
 */
function noApis(action: string, paths: readonly string[]): Statement[] {
  const apis = paths.filter((path) => path.startsWith('*/')).map((path) => `_${path}`);
  return apis.length === 0 ? [] : [deny([action], { Resource: below(apis) })];
}

/** Paths below any domain. */
function below(paths: readonly string[]): Resource[] {
  return paths.map((path) => ownArn('es', `domain/*/${path}`, '*'));
}

function deny<Where extends object>(actions: string[], where: Where) {
  return { Effect: 'Deny' as const, Action: actions, ...where };
}

/**
 * Deletes nothing of the domains that is below these. A snapshot is below the domain's own address, where whoever may
 * delete an index could delete recovery points as well. No index has a name that starts with `_`, as all APIs do.
 *
 * @param kept all but the indices, what is below an index, or the snapshots in every repository
 */
export function keep(searches: SearchPlan[], ...kept: ('/_*' | '/*/*' | '/_snapshot/*/*')[]): Statement[] {
  const places = kept.flatMap((path) => signedBelow(searches, path));
  return places.length === 0 ? [] : [deny(['es:ESHttpDelete'], { Resource: places })];
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
  const written = searches.map(({ repository }) => repository).filter(({ settings }) => !isReadOnly(settings));
  const owners = distinct(written.map(({ bucket, basePath }) => `${bucket}/${ownerKey(basePath)}`));
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
