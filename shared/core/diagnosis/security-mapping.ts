import type { SecurityConfiguration } from '../../ports/security.ts';
import { isRole, isUser } from '../role-mapping.ts';
import { requiredPermissions } from '../security-role.ts';
import { securityChecks } from './checks/security.ts';
import { type Finding, finderOf, judged, notChecked, ok } from './finding.ts';
import { givenRoles, missingPermissions, securityRolesOf } from './granted-permissions.ts';
import { type Observed, seen, seenOf } from './observed.ts';

const found = finderOf(securityChecks);

/** What was seen of a domain's fine-grained access control. */
export interface SecurityFacts {
  plan: string;
  /** The names and patterns of the indices of the plan. */
  indices: string[];
  /** The security roles of the caller; undefined where the domain has no fine-grained access control. */
  rolesOfCaller: Observed<string[] | undefined>;
  configuration: Observed<SecurityConfiguration>;
  /** Who runs which workflow, to IAM. */
  principals: Observed<{ workflow: 'backup' | 'restore'; arn: string }[]>;
  /** True where the caller of the doctor is the one who runs the workflows. */
  isCaller: boolean;
  /** What the domain said to what it refused the caller just now. */
  refusals: string[];
}

const workflows = ['backup', 'restore'] as const;

const codes = ['SECURITY_MAPPING', 'SECURITY_PERMISSIONS', 'SECURITY_MAPPING_KIND'] as const;

/** Whether the domain lets those who run the workflows do all that the workflows do. */
export function judgeSecurity(facts: SecurityFacts): Finding[] {
  const { rolesOfCaller } = facts;
  if ('unseen' in rolesOfCaller) return codes.map((code) => notChecked(code, rolesOfCaller.unseen.message));
  if (rolesOfCaller.seen === undefined) {
    return codes.map((code) => ok(code, 'the domain has no fine-grained access control'));
  }
  return [judgeMapping(facts, rolesOfCaller.seen), judgePermissions(facts, rolesOfCaller.seen), judgeKinds(facts)];
}

/** The caller always hears which roles he has; those of others only an administrator does. */
function judgeMapping(facts: SecurityFacts, rolesOfCaller: string[]): Finding {
  const { principals, configuration, isCaller, plan } = facts;
  if (isCaller) {
    const own = givenRoles(rolesOfCaller);
    if (own.length === 0) return found('SECURITY_MAPPING', 'missing', { principals: ['the caller'], plan });
    return ok('SECURITY_MAPPING', `the caller has ${own.join(', ')}`);
  }
  return judged('SECURITY_MAPPING', principals, (all) =>
    judged('SECURITY_MAPPING', configuration, (known) => {
      const mapped = all.map((principal) => ({ ...principal, roles: rolesFor(principal.arn, known) }));
      const unmapped = mapped.filter(({ roles }) => roles.length === 0).map(({ arn }) => arn);
      if (unmapped.length > 0) return found('SECURITY_MAPPING', 'missing', { principals: distinct(unmapped), plan });
      return ok('SECURITY_MAPPING', mapped.map(({ workflow, roles }) => `${workflow}: ${roles.join(', ')}`).join('; '));
    }),
  );
}

function rolesFor(arn: string, configuration: SecurityConfiguration): string[] {
  return givenRoles(securityRolesOf(arn, configuration));
}

/** What the caller was just refused proves more than the configuration says, where it is he who runs the workflows. */
function judgePermissions(facts: SecurityFacts, rolesOfCaller: string[]): Finding {
  const { principals, configuration, isCaller, plan, indices } = facts;
  const heard = isCaller ? distinct(facts.refusals.flatMap(permissionsIn)) : [];
  if (heard.length > 0) {
    return found('SECURITY_PERMISSIONS', 'lacking', { principal: 'The caller', permissions: heard, plan });
  }
  const callers = workflows.map((workflow) => ({ workflow, arn: 'The caller' }));
  return judged('SECURITY_PERMISSIONS', isCaller ? seen(callers) : principals, (all) =>
    judged('SECURITY_PERMISSIONS', configuration, (known) => {
      for (const { workflow, arn: principal } of all) {
        const roles = isCaller ? rolesOfCaller : securityRolesOf(principal, known);
        const permissions = missingPermissions(roles, indices, known, requiredPermissions[workflow]);
        if (permissions.length > 0) return found('SECURITY_PERMISSIONS', 'lacking', { principal, permissions, plan });
      }
      return ok('SECURITY_PERMISSIONS', 'nothing is lacking');
    }),
  );
}

/** `no permissions for [indices:admin/delete, ...] and User [...]` */
function permissionsIn(refusal: string): string[] {
  return /no permissions for \[(?<names>[^\]]+)\]/.exec(refusal)?.groups?.names?.split(/,\s*/) ?? [];
}

/**
 * What is mapped to a kind that it is not of is not mapped at all, unless it is to its own kind as well. Mappings that are no
 * business of Tandem's are left alone.
 */
function judgeKinds({ configuration, principals, plan }: SecurityFacts): Finding {
  const own = (seenOf(principals) ?? []).map(({ arn }) => arn);
  return judged('SECURITY_MAPPING_KIND', configuration, ({ mappings }) => {
    for (const [securityRole, { users, backendRoles }] of Object.entries(mappings)) {
      const concerns = (arn: string) => securityRole === 'manage_snapshots' || own.includes(arn);
      const role = users.filter(isRole).find((arn) => concerns(arn) && !backendRoles.includes(arn));
      if (role !== undefined)
        return found('SECURITY_MAPPING_KIND', 'roleAmongUsers', { securityRole, arn: role, plan });
      const user = backendRoles.filter(isUser).find((arn) => concerns(arn) && !users.includes(arn));
      if (user !== undefined)
        return found('SECURITY_MAPPING_KIND', 'userAmongRoles', { securityRole, arn: user, plan });
    }
    return ok('SECURITY_MAPPING_KIND', `as it should be in ${Object.keys(mappings).length} mappings`);
  });
}

function distinct(names: string[]): string[] {
  return [...new Set(names)];
}
