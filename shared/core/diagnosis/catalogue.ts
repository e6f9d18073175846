import { accountChecks } from './checks/account.ts';
import { alertsChecks } from './checks/alerts.ts';
import { deploymentChecks } from './checks/deployment.ts';
import { domainChecks } from './checks/domain.ts';
import { repositoryChecks } from './checks/repository.ts';
import { securityChecks } from './checks/security.ts';
import { snapshotBucketChecks } from './checks/snapshot-bucket.ts';
import { snapshotRoleChecks } from './checks/snapshot-role.ts';
import { tablesChecks } from './checks/tables.ts';

/** Every check of `tandem doctor`, with all that it can find. docs/checks.md is generated from it. */
export const checks = {
  ...accountChecks,
  ...deploymentChecks,
  ...alertsChecks,
  ...tablesChecks,
  ...domainChecks,
  ...securityChecks,
  ...repositoryChecks,
  ...snapshotRoleChecks,
  ...snapshotBucketChecks,
} as const;

export type Checks = typeof checks;
export type CheckCode = keyof Checks;

function isCheckCode(code: string): code is CheckCode {
  return Object.hasOwn(checks, code);
}

/** In the order in which they are shown. */
export const checkCodes: CheckCode[] = Object.keys(checks).filter(isCheckCode);
