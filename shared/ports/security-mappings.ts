import type { RoleMapping, SecurityRole } from './security.ts';

/** The whole of a domain's fine-grained access control, by the names of the roles and of the action groups. */
export interface SecurityConfiguration {
  roles: Record<string, SecurityRole>;
  mappings: Record<string, RoleMapping>;
  actionGroups: Record<string, string[]>;
}

/** The fine-grained access control of a domain, read only. Throws as SearchIndices does. */
export interface SecurityMappings {
  /** The names of the security roles that the caller has; undefined where the domain has no fine-grained access control. */
  rolesOfCaller(): Promise<string[] | undefined>;
  /** @throws SEARCH_UNAUTHORIZED where the caller is no administrator of it */
  configuration(): Promise<SecurityConfiguration>;
}
