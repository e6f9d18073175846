/** A security role of a domain: what it allows. Names of permissions may be patterns, or name action groups. */
export interface SecurityRole {
  clusterPermissions: string[];
  /** Each holds for the indices that one of its patterns matches. */
  indexPermissions: { patterns: string[]; actions: string[] }[];
}

/** Whom a security role is mapped to. Each entry may be a pattern. */
export interface SecurityMapping {
  users: string[];
  /** Roles of IAM are among them. */
  backendRoles: string[];
}

/** The whole of a domain's fine-grained access control, by the names of the roles and of the action groups. */
export interface SecurityConfiguration {
  roles: Record<string, SecurityRole>;
  mappings: Record<string, SecurityMapping>;
  actionGroups: Record<string, string[]>;
}

/** The fine-grained access control of a domain, read only. Throws as SearchIndices does. */
export interface SecurityMappings {
  /** The names of the security roles that the caller has; undefined where the domain has no fine-grained access control. */
  rolesOfCaller(): Promise<string[] | undefined>;
  /** @throws SEARCH_UNAUTHORIZED where the caller is no administrator of it */
  configuration(): Promise<SecurityConfiguration>;
}
