import type { Plan, SearchPlan } from '../shared/contracts/plan-file.ts';
import { domainActions } from '../shared/core/domain-access.ts';
import { accessPolicy, type Statement } from './access-policy.ts';
import { ownArn } from './arn.ts';
import { distinct } from './distinct.ts';
import { domainArn } from './domain-arn.ts';

/** What the two workflows may do to the search domains of the plans. */
export function searchAccess(plans: Plan[]) {
  const searches = plans.flatMap(({ search }) => search ?? []);
  const secrets = readSecrets(searches);
  const backup = [...secrets, ...request(searches, domainActions.backup), ...passSnapshotRoles(searches)];
  const restore = [...secrets, ...request(searches, domainActions.restore)];
  return {
    ...(backup.length === 0 ? {} : { BackupSearch: accessPolicy('BackupRole', backup) }),
    ...(restore.length === 0 ? {} : { RestoreSearch: accessPolicy('RestoreRole', restore) }),
  };
}

/** Sends signed requests to the domains of the plans. */
export function request(searches: SearchPlan[], actions: string[]): Statement[] {
  const signed = searches.filter(({ auth }) => auth.type === 'sigv4');
  const domains = distinct(signed.map(({ endpoint }) => domainArn(endpoint, '/*')));
  return domains.length === 0 ? [] : [{ Action: actions, Resource: domains }];
}

/** Whoever registers a repository hands the snapshot role to the domain. */
export function passSnapshotRoles(searches: SearchPlan[]): Statement[] {
  const roles = distinct(searches.flatMap(({ repository }) => repository.roleArn ?? []));
  return roles.length === 0 ? [] : [{ Action: ['iam:PassRole'], Resource: roles }];
}

/** A secret named without its ARN has six letters of the service's own behind its name in the ARN. */
export function readSecrets(searches: SearchPlan[]): Statement[] {
  const secrets = searches.flatMap(({ auth }) => (auth.type === 'basic' ? auth.secret : []));
  const arns = distinct(
    secrets.map((secret) => (secret.startsWith('arn:') ? secret : ownArn('secretsmanager', `secret:${secret}-??????`))),
  );
  return arns.length === 0 ? [] : [{ Action: ['secretsmanager:GetSecretValue'], Resource: arns }];
}
