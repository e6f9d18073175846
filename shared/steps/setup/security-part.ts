import type { Change, DomainState } from '../../contracts/setup.ts';
import { isNobody, missingFrom, type Principal } from '../../core/role-mapping.ts';
import { isSameRole, roleChange, snapshotsRole, tandemPermissions, tandemRole } from '../../core/security-role.ts';
import { errorCatalogue } from '../../errors/catalogue.ts';
import { hasCode, TandemError } from '../../errors/tandem-error.ts';
import type { KeptMapping, RoleMapping, Security } from '../../ports/security.ts';
import type { Part } from './part.ts';

const nobody: KeptMapping = { backendRoles: [], users: [], isReserved: false };

/** How often somebody else may come between before the set-up gives up. */
const attempts = 20;

/**
 * Finds out what a domain's fine-grained access control lacks: Tandem's security role, and that those who work with the
 * domain have it and `manage_snapshots`.
 *
 * @throws TandemError SEARCH_UNAUTHORIZED where the caller may not administer it, SECURITY_RESERVED
 */
export async function lookAtSecurity(
  security: Security,
  principals: Principal[],
): Promise<Part<DomainState['security']>> {
  try {
    return await look(security, principals);
  } catch (error) {
    throw asAdministratorNeeded(error);
  }
}

async function look(security: Security, principals: Principal[]): Promise<Part<DomainState['security']>> {
  const dialect = await security.dialect();
  if (dialect === undefined) return { state: null, changes: [], carryOut: async () => {} };
  const role = await security.role(tandemRole);
  const mappings: Record<string, RoleMapping> = {};
  const changes: Change[] = [];
  if (role === undefined || !isSameRole(role, tandemPermissions)) {
    const does =
      role === undefined
        ? 'makes it, with what backups and restores need'
        : `makes it what it should be: ${roleChange(role, tandemPermissions)}`;
    changes.push({ what: 'security role', name: tandemRole, does });
  }
  for (const name of [tandemRole, snapshotsRole]) {
    const { isReserved, ...mapping } = (await security.mapping(name)) ?? nobody;
    const missing = missingFrom(mapping, principals);
    if (isReserved) refuseToMap(name, missing);
    mappings[name] = mapping;
    changes.push(...mappingChanges(name, missing));
  }
  return {
    state: { dialect, mappings },
    changes,
    async carryOut() {
      if (changes.some(({ what }) => what === 'security role')) {
        await untilUndisturbed(() => security.putRole(tandemRole, tandemPermissions));
      }
      for (const name of [tandemRole, snapshotsRole]) {
        await untilUndisturbed(() => addMissing(security, name, principals));
      }
    },
  };
}

/** @throws TandemError SECURITY_RESERVED where somebody would have to be added */
function refuseToMap(name: string, missing: RoleMapping): void {
  if (isNobody(missing)) return;
  const who = [...missing.backendRoles, ...missing.users].join(', ');
  throw new TandemError('SECURITY_RESERVED', `Who has the role ${name} is reserved, so that ${who} cannot be added.`);
}

function mappingChanges(name: string, { backendRoles, users }: RoleMapping): Change[] {
  return [
    ...backendRoles.map((role) => ({ what: 'role mapping' as const, name, does: `adds the backend role ${role}` })),
    ...users.map((user) => ({ what: 'role mapping' as const, name, does: `adds the user ${user}` })),
  ];
}

/** Looks each time it is tried, so that one who was added meanwhile, by whomever, is not added twice. */
async function addMissing(security: Security, role: string, principals: Principal[]): Promise<void> {
  const missing = missingFrom((await security.mapping(role)) ?? nobody, principals);
  if (!isNobody(missing)) await security.addToMapping(role, missing);
}

/** Tries again where somebody else changed the security of the domain at the same time, or an answer was lost. */
async function untilUndisturbed(change: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await change();
    } catch (error) {
      if (!hasCode(error, 'SECURITY_CHANGED', 'OUTCOME_UNKNOWN') || attempt === attempts) throw error;
    }
  }
}

/** Says who can administer the domain, where nothing more is known of why the caller cannot. */
function asAdministratorNeeded(error: unknown): unknown {
  const { remedy } = errorCatalogue.SEARCH_UNAUTHORIZED;
  if (!hasCode(error, 'SEARCH_UNAUTHORIZED') || error.remedy !== remedy) return error;
  return new TandemError('SEARCH_UNAUTHORIZED', error.message, {
    cause: error,
    remedy:
      "Be the domain's master user: with the credentials of its IAM role, or with --master-user and --master-secret, whose password has to be right.",
  });
}
