import { hasCode, TandemError } from '../../errors/tandem-error.ts';
import type { Security, SecurityDialect, SecurityRole } from '../../ports/security.ts';
import type { SearchHttp } from './search-http.ts';
import type { Refusals } from './search-refusals.ts';
import {
  actionGroupsSchema,
  securityCallerSchema,
  securityDoneSchema,
  securityMappingsSchema,
  securityRolesSchema,
} from './security-answers.ts';

/** OpenSearch names the plugin so; Open Distro, and with it the service's Elasticsearch, as in the second. */
const dialects: SecurityDialect[] = ['_plugins/_security', '_opendistro/_security'];

/** Elasticsearch without the plugin takes the path for that of a document in an index. */
const notThere = { index_not_found_exception: 'SEARCH_NOT_OFFERED' } as const;

/** The security plugin's own words for what is not there, and for a change that came between. */
const refusals = { NOT_FOUND: 'SECURITY_ROLE_NOT_FOUND', CONFLICT: 'SECURITY_CHANGED' } as const;

/** And for a list in which there is nobody: it keeps no such list (seen with 3.4: `Missing field`). */
const nothingThere = { ...refusals, BAD_REQUEST: 'SECURITY_ROLE_NOT_FOUND' } as const;

/** The security plugin of a domain, through its REST interface. */
export function openSearchSecurity(http: SearchHttp): Security {
  let introduced: ReturnType<typeof introduce> | undefined;

  /** Found out once: a domain does not lose or change the interface while it is looked at or set up. */
  function caller() {
    introduced ??= introduce(http);
    return introduced;
  }

  async function api(...path: string[]): Promise<string[]> {
    const dialect = (await caller())?.dialect ?? '_plugins/_security';
    return [...dialect.split('/'), 'api', ...path];
  }

  async function patch(path: string[], operations: object[], refused: Refusals = refusals): Promise<boolean> {
    const request = { method: 'PATCH', path: await api('rolesmapping', ...path), body: operations } as const;
    return (await orUndefined(http.askOnce(request, securityDoneSchema, refused))) !== undefined;
  }

  /**
   * Appending loses nothing of what others do at the same time. Only where there is nothing to append to, the list is made,
   * and where there is no mapping, that: the plugin takes no condition (JSON Patch's `test`), so that somebody who is
   * added between two requests of these is lost then.
   */
  async function add(role: string, list: 'backend_roles' | 'users', values: string[]): Promise<void> {
    if (values.length === 0) return;
    const appended = values.map((value) => ({ op: 'add', path: `/${list}/-`, value }));
    if (await patch([role], appended, nothingThere)) return;
    if (await patch([role], [{ op: 'add', path: `/${list}`, value: values }])) return;
    if (await patch([], [{ op: 'add', path: `/${pointer(role)}`, value: { [list]: values } }])) return;
    throw new TandemError('SECURITY_ROLE_NOT_FOUND', `The domain has no security role ${role} that can be mapped.`);
  }

  return {
    dialect: async () => (await caller())?.dialect,

    rolesOfCaller: async () => (await caller())?.roles,

    async configuration() {
      const [roles, mappings, actionGroups] = await Promise.all([
        http.ask({ method: 'GET', path: await api('roles') }, securityRolesSchema),
        http.ask({ method: 'GET', path: await api('rolesmapping') }, securityMappingsSchema),
        http.ask({ method: 'GET', path: await api('actiongroups') }, actionGroupsSchema),
      ]);
      return { roles, mappings, actionGroups };
    },

    async role(name) {
      const path = await api('roles', name);
      const found = await orUndefined(http.ask({ method: 'GET', path }, securityRolesSchema, refusals));
      return found?.[name];
    },

    async putRole(name, role) {
      const request = { method: 'PUT', path: await api('roles', name), body: bodyOf(role) } as const;
      await http.ask(request, securityDoneSchema, refusals);
    },

    async mapping(role) {
      const path = await api('rolesmapping', role);
      const found = await orUndefined(http.ask({ method: 'GET', path }, securityMappingsSchema, refusals));
      return found?.[role];
    },

    async addToMapping(role, { backendRoles, users }) {
      await add(role, 'backend_roles', backendRoles);
      await add(role, 'users', users);
    },
  };
}

/** Asks who the caller is, which everybody may, in one dialect after the other; undefined where the domain knows none. */
async function introduce(http: SearchHttp): Promise<{ dialect: SecurityDialect; roles: string[] } | undefined> {
  for (const dialect of dialects) {
    try {
      const path = [...dialect.split('/'), 'authinfo'];
      const { roles } = await http.ask({ method: 'GET', path }, securityCallerSchema, notThere);
      return { dialect, roles };
    } catch (error) {
      if (!hasCode(error, 'SEARCH_NOT_OFFERED')) throw error;
    }
  }
  return undefined;
}

function bodyOf({ clusterPermissions, indexPermissions }: SecurityRole) {
  return {
    cluster_permissions: clusterPermissions,
    index_permissions: indexPermissions.map(({ indexPatterns, allowedActions }) => ({
      index_patterns: indexPatterns,
      allowed_actions: allowedActions,
    })),
  };
}

/** A part of a JSON pointer (RFC 6901). */
function pointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (hasCode(error, 'SECURITY_ROLE_NOT_FOUND')) return undefined;
    throw error;
  }
}
