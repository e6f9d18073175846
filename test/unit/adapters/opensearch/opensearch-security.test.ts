import { describe, expect, it } from 'vitest';
import { openSearchSecurity } from '../../../../shared/adapters/opensearch/opensearch-security.ts';
import { searchHttp } from '../../../../shared/adapters/opensearch/search-http.ts';
import { scriptedSearch, searchOptions } from '../../../support/scripted-search.ts';
import type { Scripted } from '../../../support/scripted-server.ts';
import { serverOfPaths } from '../../../support/server-of-paths.ts';

const target = '/_plugins/_security/authinfo';
const noHandler = { status: 400, json: { error: `no handler found for uri [${target}] and method [GET]` } };
const noDocument = {
  status: 404,
  json: { error: { type: 'index_not_found_exception', reason: 'no such index [_plugins]' }, status: 404 },
};
const notOffered = { status: 401, json: { Message: `Your request: '${target}' is not allowed.` } };

/** What the security plugin answers to whoever asks who he is. */
const authinfo = {
  user: 'User [name=arn:aws:iam::111122223333:role/x, backend_roles=[arn:aws:iam::111122223333:role/x]]',
  user_name: 'arn:aws:iam::111122223333:role/x',
  user_requested_tenant: null,
  backend_roles: ['arn:aws:iam::111122223333:role/x'],
  custom_attribute_names: [],
  roles: ['own_index', 'manage_snapshots'],
  tenants: { 'arn:aws:iam::111122223333:role/x': true },
};

const roles = {
  manage_snapshots: {
    reserved: true,
    hidden: false,
    description: 'Provide the minimum permissions for managing snapshots',
    cluster_permissions: ['manage_snapshots'],
    index_permissions: [
      {
        index_patterns: ['*'],
        fls: [],
        masked_fields: [],
        allowed_actions: ['indices:data/write/index', 'indices:admin/create'],
      },
    ],
    tenant_permissions: [],
    static: true,
  },
};
const mappings = {
  manage_snapshots: {
    hosts: [],
    users: ['admin'],
    reserved: false,
    hidden: false,
    backend_roles: ['arn:aws:iam::111122223333:role/x'],
    and_backend_roles: [],
  },
};
const groups = { manage_snapshots: { allowed_actions: ['cluster:admin/snapshot/*'], type: 'cluster', static: true } };

async function plugin(...script: Scripted[]) {
  const { http, received } = await scriptedSearch(script);
  return { security: openSearchSecurity(http), targets: () => received.map((request) => request.target) };
}

describe('the security plugin', () => {
  it('tells the roles of the caller', async () => {
    const { security, targets } = await plugin({ json: authinfo });

    expect(await security.rolesOfCaller()).toEqual(['own_index', 'manage_snapshots']);
    expect(targets()).toEqual(['/_plugins/_security/authinfo']);
  });

  it.each([
    ['does not know the path', noHandler],
    ['takes the path for that of a document', noDocument],
    ['does not offer it', notOffered],
  ])('is asked in the older dialect where the server %s', async (_, refusal) => {
    const { security, targets } = await plugin(refusal, { json: authinfo });

    expect(await security.rolesOfCaller()).toEqual(['own_index', 'manage_snapshots']);
    expect(targets()).toEqual(['/_plugins/_security/authinfo', '/_opendistro/_security/authinfo']);
  });

  it('is not there where neither dialect is known', async () => {
    const { security } = await plugin(noHandler);

    expect(await security.rolesOfCaller()).toBeUndefined();
  });

  it('tells roles, mappings and action groups in the words of the port', async () => {
    const endpoint = await serverOfPaths({
      '/_plugins/_security/api/roles': { body: roles },
      '/_plugins/_security/api/rolesmapping': { body: mappings },
      '/_plugins/_security/api/actiongroups': { body: groups },
    });

    expect(await openSearchSecurity(searchHttp(searchOptions(endpoint))).configuration()).toEqual({
      roles: {
        manage_snapshots: {
          clusterPermissions: ['manage_snapshots'],
          indexPermissions: [
            { indexPatterns: ['*'], allowedActions: ['indices:data/write/index', 'indices:admin/create'] },
          ],
        },
      },
      mappings: { manage_snapshots: { users: ['admin'], backendRoles: ['arn:aws:iam::111122223333:role/x'] } },
      actionGroups: { manage_snapshots: ['cluster:admin/snapshot/*'] },
    });
  });

  it('says so where the caller is no administrator of it', async () => {
    const message = { status: 'FORBIDDEN', message: 'No permission to access REST API' };
    const { security } = await plugin({ status: 403, json: message });

    await expect(security.configuration()).rejects.toMatchObject({ code: 'SEARCH_UNAUTHORIZED' });
  });
});
