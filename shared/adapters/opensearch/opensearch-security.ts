import { hasCode } from '../../errors/tandem-error.ts';
import type { RoleMapping, Security, SecurityDialect, SecurityRole } from '../../ports/security.ts';
import {
  actionGroupsSchema,
  securityCallerSchema,
  securityDoneSchema,
  securityMappingsSchema,
  securityRolesSchema,
} from './answers.ts';
import type { SearchHttp } from './search-http.ts';

/** OpenSearch names the plugin so; Open Distro, and with it the service's Elasticsearch, as in the second. */
const dialects: SecurityDialect[] = ['_plugins/_security', '_opendistro/_security'];

/** Elasticsearch without the plugin takes the path for that of a document in an index. */
const notThere = { index_not_found_exception: 'SEARCH_NOT_OFFERED' } as const;

/** The security plugin's own words for what is not there, and for a change that came between. */
const notFound = { NOT_FOUND: 'SECURITY_CHANGED' } as const;
const changedMeanwhile = { NOT_FOUND: 'SECURITY_CHANGED', CONFLICT: 'SECURITY_CHANGED' } as const;

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
      const found = await orUndefined(http.ask({ method: 'GET', path }, securityRolesSchema, notFound));
      return found?.[name];
    },

    async putRole(name, role) {
      const request = { method: 'PUT', path: await api('roles', name), body: bodyOf(role) } as const;
      await http.ask(request, securityDoneSchema, changedMeanwhile);
    },

    async mapping(role) {
      const path = await api('rolesmapping', role);
      const found = await orUndefined(http.ask({ method: 'GET', path }, securityMappingsSchema, notFound));
      return found?.[role];
    },

    async addToMapping(role, present, added) {
      const path = present === undefined ? await api('rolesmapping') : await api('rolesmapping', role);
      const body = present === undefined ? creation(role, added) : additions(present, added);
      await http.askOnce({ method: 'PATCH', path, body }, securityDoneSchema, changedMeanwhile);
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

/** A mapping that is not there cannot be changed (404), only added to the collection of them. */
function creation(role: string, { backendRoles, users }: RoleMapping) {
  return [{ op: 'add', path: `/${pointer(role)}`, value: { backend_roles: backendRoles, users } }];
}

/** `/-` appends. To a list that is empty nothing can be appended: the plugin keeps no such list (seen with 3.4: 400). */
function additions(present: RoleMapping, added: RoleMapping) {
  const to = (list: string, there: string[], values: string[]) => {
    if (values.length === 0) return [];
    if (there.length === 0) return [{ op: 'add', path: `/${list}`, value: values }];
    return values.map((value) => ({ op: 'add', path: `/${list}/-`, value }));
  };
  return [...to('backend_roles', present.backendRoles, added.backendRoles), ...to('users', present.users, added.users)];
}

/** A part of a JSON pointer (RFC 6901). */
function pointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (hasCode(error, 'SECURITY_CHANGED')) return undefined;
    throw error;
  }
}
