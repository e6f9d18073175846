import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { RoleMapping, Security, SecurityDialect, SecurityRole } from '../../../shared/ports/security.ts';
import { Faults } from './faults.ts';

/** The fine-grained access control of a domain in memory. */
export class FakeSecurity implements Security {
  readonly faults = new Faults<`security.${keyof Security}`>();
  /** Undefined for a domain without. */
  spoken: SecurityDialect | undefined;
  readonly roles = new Map<string, SecurityRole>();
  readonly mappings = new Map<string, RoleMapping>();

  constructor(spoken?: SecurityDialect) {
    this.spoken = spoken;
    this.roles.set('manage_snapshots', { clusterPermissions: ['manage_snapshots'], indexPermissions: [] });
  }

  async dialect() {
    return this.faults.run('security.dialect', '', () => this.spoken);
  }

  async role(name: string) {
    return this.faults.run('security.role', name, () => structuredClone(this.roles.get(name)));
  }

  async putRole(name: string, role: SecurityRole) {
    return this.faults.run('security.putRole', name, () => void this.roles.set(name, structuredClone(role)));
  }

  async mapping(role: string) {
    return this.faults.run('security.mapping', role, () => structuredClone(this.mappings.get(role)));
  }

  async addToMapping(role: string, present: RoleMapping | undefined, added: RoleMapping) {
    return this.faults.run('security.addToMapping', role, () => {
      const known = present === undefined ? this.roles.has(role) : this.mappings.has(role);
      if (!known) throw new TandemError('SECURITY_CHANGED', `rolesmapping '${role}' not found.`);
      const there = present === undefined ? undefined : this.mappings.get(role);
      this.mappings.set(role, {
        backendRoles: [...(there?.backendRoles ?? []), ...added.backendRoles],
        users: [...(there?.users ?? []), ...added.users],
      });
    });
  }
}
