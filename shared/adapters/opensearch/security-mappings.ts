import type * as z from 'zod';
import { hasCode } from '../../errors/tandem-error.ts';
import type { SecurityMappings } from '../../ports/security-mappings.ts';
import { actionGroupsSchema, securityCallerSchema, securityMappingsSchema, securityRolesSchema } from './answers.ts';
import type { SearchHttp } from './search-http.ts';

/** OpenSearch names the plugin so; Open Distro, and with it the service's Elasticsearch, as in the second. */
const dialects = ['_plugins', '_opendistro'] as const;

/** Elasticsearch without the plugin takes the path for that of a document in an index. */
const notThere = { index_not_found_exception: 'SEARCH_NOT_OFFERED' } as const;

/** The security plugin of a domain. Nothing of it is changed. */
export function securityMappings(http: SearchHttp): SecurityMappings {
  const get = <S extends z.ZodType>(dialect: string, path: string[], schema: S) =>
    http.ask({ method: 'GET', path: [dialect, '_security', ...path] }, schema, notThere);

  /** Asks in one dialect after the other; undefined where the domain knows none. */
  async function inItsDialect<Answer>(call: (dialect: string) => Promise<Answer>): Promise<Answer | undefined> {
    for (const dialect of dialects) {
      try {
        return await call(dialect);
      } catch (error) {
        if (!hasCode(error, 'SEARCH_NOT_OFFERED')) throw error;
      }
    }
    return undefined;
  }

  return {
    rolesOfCaller: () =>
      inItsDialect(async (dialect) => (await get(dialect, ['authinfo'], securityCallerSchema)).roles),

    async configuration() {
      const configuration = await inItsDialect(async (dialect) => {
        const [roles, mappings, actionGroups] = await Promise.all([
          get(dialect, ['api', 'roles'], securityRolesSchema),
          get(dialect, ['api', 'rolesmapping'], securityMappingsSchema),
          get(dialect, ['api', 'actiongroups'], actionGroupsSchema),
        ]);
        return { roles, mappings, actionGroups };
      });
      return configuration ?? { roles: {}, mappings: {}, actionGroups: {} };
    },
  };
}
