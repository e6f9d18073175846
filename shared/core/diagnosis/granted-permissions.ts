import type { RoleMapping, SecurityConfiguration } from '../../ports/security.ts';
import { isRole } from '../role-mapping.ts';
import type { Permissions } from '../security-role.ts';

/** Those of somebody's security roles that he was given: the plugin itself maps `own_index` to everybody. */
export function givenRoles(roles: string[]): string[] {
  return roles.filter((role) => role !== 'own_index');
}

/** The names of the security roles that a role or a user of IAM has. */
export function securityRolesOf(principal: string, { mappings }: SecurityConfiguration): string[] {
  return Object.entries(mappings)
    .filter(([, mapping]) => matchesAny(entriesFor(principal, mapping), principal))
    .map(([name]) => name);
}

function entriesFor(principal: string, { users, backendRoles }: RoleMapping): string[] {
  return isRole(principal) ? backendRoles : users;
}

/**
 * Those of the permissions that none of the security roles gives.
 *
 * @param indices names and patterns, for each of which the permissions of indices are needed
 */
export function missingPermissions(
  names: string[],
  indices: string[],
  configuration: SecurityConfiguration,
  required: Permissions,
): string[] {
  const roles = names.flatMap((name) => configuration.roles[name] ?? []);
  const cluster = roles.flatMap(({ clusterPermissions }) => expanded(clusterPermissions, configuration));
  const onIndices = roles.flatMap(({ indexPermissions }) =>
    indexPermissions.map(({ indexPatterns, allowedActions }) => ({
      indexPatterns,
      allowedActions: expanded(allowedActions, configuration),
    })),
  );
  const isGiven = (permission: string, index: string) =>
    onIndices.some(
      ({ indexPatterns, allowedActions }) => matchesAny(indexPatterns, index) && matchesAny(allowedActions, permission),
    );
  return [
    ...required.cluster.filter((permission) => !matchesAny(cluster, permission)),
    ...required.allIndices.filter((permission) => !isGiven(permission, '*')),
    ...required.indices.filter((permission) => !indices.every((index) => isGiven(permission, index))),
  ];
}

function matchesAny(patterns: string[], text: string): boolean {
  return patterns.some((pattern) => matches(pattern, text));
}

/** Action groups may hold action groups. */
function expanded(
  permissions: string[],
  { actionGroups }: Pick<SecurityConfiguration, 'actionGroups'>,
  seen = new Set<string>(),
): string[] {
  return permissions.flatMap((permission) => {
    const group = actionGroups[permission];
    if (group === undefined) return permission;
    if (seen.has(permission)) return [];
    return expanded(group, { actionGroups }, new Set([...seen, permission]));
  });
}

/**
 * The security plugin's patterns: `*` and `?`, or a regular expression of Java between slashes. One that is none here as
 * well cannot be told to match.
 */
function matches(pattern: string, text: string): boolean {
  if (pattern.length > 1 && pattern.startsWith('/') && pattern.endsWith('/')) {
    return expressionOf(pattern.slice(1, -1))?.test(text) ?? false;
  }
  const literal = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text);
}

function expressionOf(source: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${source})$`);
  } catch {
    return undefined;
  }
}
