/** The two names under which a domain offers the interface of its fine-grained access control. */
export type SecurityDialect = '_plugins/_security' | '_opendistro/_security';

/** What a security role of a domain allows. Both kinds of permissions may hold `*` and names of action groups. */
export interface SecurityRole {
  clusterPermissions: string[];
  indexPermissions: IndexPermission[];
}

interface IndexPermission {
  indexPatterns: string[];
  allowedActions: string[];
  /** Where somebody has it see some of the documents or of their fields alone, or fields that are masked. */
  narrowed?: boolean;
}

/** Who has a security role. An IAM role is a backend role, by its ARN; an IAM user is a user, by his. */
export interface RoleMapping {
  backendRoles: string[];
  users: string[];
}

/** A mapping as the domain keeps it. */
export interface KeptMapping extends RoleMapping {
  /** True where only the configuration files of the security plugin may change it. */
  isReserved: boolean;
}

/** The whole of it, by the names of the roles and of the action groups. */
export interface SecurityConfiguration {
  roles: Record<string, SecurityRole>;
  mappings: Record<string, RoleMapping>;
  actionGroups: Record<string, string[]>;
}

/**
 * The fine-grained access control of a domain. Throws as SearchIndices does; SEARCH_UNAUTHORIZED also where name and
 * password are wrong. Only its administrators may do more than ask who they are.
 */
export interface Security {
  /** The dialect that the domain speaks, the newer one where it speaks both; undefined where it has no such control. */
  dialect(): Promise<SecurityDialect | undefined>;
  /** The names of the security roles that the caller has; undefined where the domain has no such control. */
  rolesOfCaller(): Promise<string[] | undefined>;
  configuration(): Promise<SecurityConfiguration>;
  /** A security role, or undefined where there is none. */
  role(name: string): Promise<SecurityRole | undefined>;
  /** Makes a security role, or makes it what is given. @throws SECURITY_CHANGED where somebody else changed one at the same time */
  putRole(name: string, role: SecurityRole): Promise<void>;
  /** Who has a security role; undefined where nobody was ever mapped to it. */
  mapping(role: string): Promise<KeptMapping | undefined>;
  /**
   * Adds to the mapping of a role, and keeps whoever is in it by then. It adds twice who is in it already, so look first.
   *
   * @throws SECURITY_CHANGED where somebody else changed the mappings at the same time: look again;
   * SECURITY_ROLE_NOT_FOUND
   */
  addToMapping(role: string, added: RoleMapping): Promise<void>;
}
