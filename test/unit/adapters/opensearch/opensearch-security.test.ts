import { describe, expect, it } from 'vitest';
import { openSearchSecurity } from '../../../../shared/adapters/opensearch/opensearch-security.ts';
import { scriptedSearch } from '../../../support/scripted-search.ts';
import type { Scripted } from '../../../support/scripted-server.ts';

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
});
