import type { RoleMapping } from '../ports/security.ts';

/** Somebody who is to have a security role: an IAM principal by his ARN, or a user of the domain by his name. */
export type Principal = string;

/**
 * Who of these is missing in the mapping of a role. To a domain the ARN of an IAM role is a backend role, which many may
 * bear, and everything else is a user: mapped the other way round nobody is let in, and nothing says so.
 */
export function missingFrom(mapping: RoleMapping, principals: Principal[]): RoleMapping {
  const all = [...new Set(principals)];
  const backendRoles = all.filter(isRole);
  const users = all.filter((principal) => !isRole(principal));
  return {
    backendRoles: backendRoles.filter((role) => !mapping.backendRoles.includes(role)),
    users: users.filter((user) => !mapping.users.includes(user)),
  };
}

/** True where there is nobody to add. */
export function isNobody({ backendRoles, users }: RoleMapping): boolean {
  return backendRoles.length + users.length === 0;
}

/** True for a role of IAM, which the domain takes for a backend role. */
export function isRole(principal: Principal): boolean {
  return /^arn:[^:]+:iam::\d+:role\//.test(principal);
}

/** True for a user of IAM, who is a user there. */
export function isUser(principal: Principal): boolean {
  return /^arn:[^:]+:iam::\d+:user\//.test(principal);
}
