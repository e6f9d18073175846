import type { RoleMapping } from '../ports/security.ts';

/** Somebody who is to have a security role: an IAM principal by his ARN, or a user of the domain by his name. */
export type Principal = string;

/**
 * Who of these is missing in the mapping of a role. To a domain the ARN of an IAM role is a backend role, which many may
 * bear, and everything else is a user: mapped the other way round nobody is let in, and nothing says so.
 */
export function missingFrom(mapping: RoleMapping | undefined, principals: Principal[]): RoleMapping {
  const backendRoles = principals.filter(isRole);
  const users = principals.filter((principal) => !isRole(principal));
  return {
    backendRoles: backendRoles.filter((role) => !mapping?.backendRoles.includes(role)),
    users: users.filter((user) => !mapping?.users.includes(user)),
  };
}

/** True where there is nobody to add. */
export function isNobody({ backendRoles, users }: RoleMapping): boolean {
  return backendRoles.length + users.length === 0;
}

function isRole(principal: Principal): boolean {
  return /^arn:[^:]+:iam::\d+:role\//.test(principal);
}

/**
 * The role behind a caller, whose session has an ARN of its own: `arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION`. It
 * does not tell the role's path. Users and other callers are answered as they are.
 */
export function principalOf(callerArn: string): Principal {
  return callerArn.replace(/^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:$1:iam::$2:role/$3');
}
