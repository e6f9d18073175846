import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type {
  RoleMapping,
  Security,
  SecurityConfiguration,
  SecurityDialect,
  SecurityRole,
} from '../../../shared/ports/security.ts';
import { Faults } from './faults.ts';

/** The fine-grained access control of a domain in memory. */
export class FakeSecurity implements Security {
  readonly faults = new Faults<`security.${keyof Security}`>();
  /** Undefined for a domain without. */
  spoken: SecurityDialect | undefined;
  readonly roles = new Map<string, SecurityRole>([
    ['manage_snapshots', { clusterPermissions: ['manage_snapshots'], indexPermissions: [] }],
  ]);
  readonly mappings = new Map<string, RoleMapping>();
  /** The roles whose mapping is reserved. */
  readonly reserved = new Set<string>();
  readonly #actionGroups = new Map<string, string[]>();
  #rolesOfCaller: string[] = [];

  /** Has a domain with that configuration, in which the caller has those roles. */
  control(rolesOfCaller: string[], { roles, mappings, actionGroups }: SecurityConfiguration): void {
    this.spoken = '_plugins/_security';
    this.#rolesOfCaller = rolesOfCaller;
    for (const [name, role] of Object.entries(roles)) this.roles.set(name, role);
    for (const [name, mapping] of Object.entries(mappings)) this.mappings.set(name, mapping);
    for (const [name, actions] of Object.entries(actionGroups)) this.#actionGroups.set(name, actions);
  }

  async dialect() {
    return this.faults.run('security.dialect', '', () => this.spoken);
  }

  async rolesOfCaller() {
    return this.faults.run('security.rolesOfCaller', '', () => this.spoken && [...this.#rolesOfCaller]);
  }

  async configuration() {
    return this.faults.run('security.configuration', '', () =>
      structuredClone({
        roles: Object.fromEntries(this.roles),
        mappings: Object.fromEntries(this.mappings),
        actionGroups: Object.fromEntries(this.#actionGroups),
      }),
    );
  }

  async role(name: string) {
    return this.faults.run('security.role', name, () => structuredClone(this.roles.get(name)));
  }

  async putRole(name: string, role: SecurityRole) {
    return this.faults.run('security.putRole', name, () => void this.roles.set(name, structuredClone(role)));
  }

  async mapping(role: string) {
    return this.faults.run('security.mapping', role, () => {
      const mapping = this.mappings.get(role);
      return mapping && { ...structuredClone(mapping), isReserved: this.reserved.has(role) };
    });
  }

  async addToMapping(role: string, added: RoleMapping) {
    return this.faults.run('security.addToMapping', role, () => {
      if (!this.roles.has(role)) throw new TandemError('SECURITY_ROLE_NOT_FOUND', `role '${role}' not found.`);
      const there = this.mappings.get(role);
      this.mappings.set(role, {
        backendRoles: [...(there?.backendRoles ?? []), ...added.backendRoles],
        users: [...(there?.users ?? []), ...added.users],
      });
    });
  }
}
