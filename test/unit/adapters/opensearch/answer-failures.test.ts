import { describe, expect, it } from 'vitest';
import { failureOfAnswer } from '../../../../shared/adapters/opensearch/answer-failures.ts';

function failureOf(status: number, body: unknown) {
  return failureOfAnswer({ status, text: typeof body === 'string' ? body : JSON.stringify(body) }, {});
}

/** As OpenSearch 3.8 and Elasticsearch 7.10 answered, but for the names. */
describe("the search server's own errors", () => {
  const openIndex = 'cannot restore index [a] because an open index with same name already exists in the cluster.';
  const duplicate =
    'index, alias, and data stream names need to be unique, but the following duplicates were found [b (alias of [a/x]) conflicts with index]';
  const tooNew =
    'the snapshot was created with Elasticsearch version [37.29.78] which is higher than the version of this node [7.10.2]';
  const tooOld = 'the snapshot has an unknown or unsupported version and cannot be restored';
  const oldIndex = 'The index [[a/x]] was created with version [2.4.0] but the minimum compatible version is [6.0.0]';

  it.each([
    [
      400,
      'invalid_snapshot_name_exception',
      '[r:s] Invalid snapshot name [s], snapshot with the same name already exists',
      'SNAPSHOT_EXISTS',
    ],
    [
      400,
      'invalid_snapshot_name_exception',
      '[r:s] Invalid snapshot name [s], snapshot with the same name is already in-progress',
      'SNAPSHOT_EXISTS',
    ],
    [400, 'invalid_snapshot_name_exception', '[r:S] Invalid snapshot name [S], must be lowercase', 'PROVIDER_FAILURE'],
    [503, 'concurrent_snapshot_execution_exception', '[r:s] a snapshot is already running', 'NOT_READY'],
    [409, 'concurrent_snapshot_execution_exception', '[r:s] a snapshot is already running', 'NOT_READY'],
    [400, 'snapshot_in_progress_exception', 'Cannot delete indices that are being snapshotted: [[a/x]]', 'NOT_READY'],
    [500, 'illegal_state_exception', 'trying to modify or unregister repository that is currently used', 'NOT_READY'],
    [404, 'snapshot_missing_exception', '[r:s] is missing', 'SNAPSHOT_NOT_FOUND'],
    [500, 'snapshot_restore_exception', '[r:s] snapshot does not exist', 'SNAPSHOT_NOT_FOUND'],
    [404, 'repository_missing_exception', '[r] missing', 'REPOSITORY_NOT_FOUND'],
    [
      500,
      'repository_verification_exception',
      '[r] path [p] is not accessible on master node',
      'REPOSITORY_UNVERIFIED',
    ],
    [500, 'repository_exception', '[r] Could not determine repository generation', 'PROVIDER_FAILURE'],
    [500, 'snapshot_restore_exception', `[r:s/x] ${openIndex}`, 'INDEX_IN_THE_WAY'],
    [500, 'illegal_state_exception', duplicate, 'INDEX_IN_THE_WAY'],
    [400, 'invalid_index_name_exception', 'Invalid index name [a], already exists as alias', 'INDEX_IN_THE_WAY'],
    [
      400,
      'illegal_argument_exception',
      'The provided expression [a] matches an alias, specify the corresponding concrete indices instead.',
      'INDEX_IN_THE_WAY',
    ],
    [500, 'snapshot_restore_exception', `[r:s/x] ${tooNew}`, 'ENGINE_TOO_OLD'],
    [500, 'snapshot_restore_exception', `[r:s/x] ${tooOld}`, 'ENGINE_TOO_OLD'],
    [500, 'illegal_state_exception', oldIndex, 'ENGINE_TOO_OLD'],
    [500, 'snapshot_exception', "[r:s/x] Indices don't have primary shards [a]", 'SNAPSHOT_INCOMPLETE'],
    [403, 'cluster_block_exception', 'index [a] blocked by: [FORBIDDEN/5/index read-only (api)];', 'INDEX_BLOCKED'],
    [503, 'cluster_block_exception', 'blocked by: [SERVICE_UNAVAILABLE/2/no master];', 'SERVICE_UNAVAILABLE'],
    [404, 'index_not_found_exception', 'no such index [a]', 'INDEX_VANISHED'],
    [429, 'circuit_breaking_exception', '[parent] Data too large', 'THROTTLED'],
    [403, 'security_exception', 'no permissions for [indices:admin/delete] and User [name=u]', 'SEARCH_UNAUTHORIZED'],
    [500, 'null_pointer_exception', 'oops', 'PROVIDER_FAILURE'],
    [503, 'cluster_manager_not_discovered_exception', null, 'SERVICE_UNAVAILABLE'],
  ])('HTTP %i %s: %s is %s', (status, type, reason, code) => {
    expect(failureOf(status, { error: { root_cause: [], type, reason }, status })).toMatchObject({
      code,
      why: reason === null ? type : `${type}: ${reason}`,
    });
  });

  it('keep what lies below them, each reason once', () => {
    const denied = { type: 's3_exception', reason: 'Access Denied' };
    const below = { type: 'i_o_exception', reason: 'Unable to upload object [p/x]', caused_by: denied };
    const error = {
      type: 'repository_verification_exception',
      reason: '[r] not accessible',
      caused_by: { ...below, caused_by: { ...below, caused_by: denied } },
    };

    expect(failureOf(500, { error, status: 500 }).why).toBe(
      'repository_verification_exception: [r] not accessible: Unable to upload object [p/x]: Access Denied',
    );
  });

  it.each([
    ['Please reduce your request rate. (Service: S3, Status Code: 503, Request ID: 1)', 'SERVICE_UNAVAILABLE', true],
    ['Unable to execute HTTP request: Connection reset', 'SERVICE_UNAVAILABLE', true],
    ['Read timed out', 'SERVICE_UNAVAILABLE', true],
    ['Access Denied', 'PROVIDER_FAILURE', false],
  ])('of a repository depend on what its store says: %s is %s', (reason, code, passing) => {
    const below = { type: 'i_o_exception', reason: 'x', caused_by: { type: 's3_exception', reason } };
    const error = { type: 'repository_exception', reason: '[r] could not read repository data', caused_by: below };

    expect(failureOf(500, { error, status: 500 })).toMatchObject({ code, passing });
  });

  it.each(['repository_exception', 'repository_verification_exception'])(
    'say what to set where the bucket is in another region: %s',
    (type) => {
      const caused_by = { type: 's3_exception', reason: 'The bucket is in this region: eu-central-1' };

      expect(failureOf(500, { error: { type, reason: '[r] path x', caused_by }, status: 500 })).toMatchObject({
        code: 'REPOSITORY_UNVERIFIED',
        remedy: expect.stringContaining('settings.endpoint'),
      });
    },
  );

  it('tell that a repository is read-only', () => {
    const error = { type: 'repository_exception', reason: '[r] cannot create snapshot in a readonly repository' };

    expect(failureOf(500, { error, status: 500 }).code).toBe('REPOSITORY_CONFLICT');
  });

  it('are tried again where a role may not have taken effect yet', () => {
    const error = { type: 'repository_verification_exception', reason: '[r] not accessible' };

    expect(failureOf(500, { error, status: 500 })).toMatchObject({ passing: true, mayHaveHappened: false });
  });

  it('may be a bare text', () => {
    const error = 'Incorrect HTTP method for uri [/x] and method [PATCH], allowed: [GET]';

    expect(failureOf(405, { error, status: 405 })).toMatchObject({ code: 'PROVIDER_FAILURE', why: error });
  });

  it('mean what the request says they mean', () => {
    const text = JSON.stringify({ error: { type: 'index_not_found_exception', reason: 'no such index [a]' } });
    const refusals = { index_not_found_exception: 'SNAPSHOT_CHANGED' } as const;

    expect(failureOfAnswer({ status: 404, text }, refusals).code).toBe('SNAPSHOT_CHANGED');
  });
});

describe('the errors of the AWS front end', () => {
  const passRole =
    'User: arn:aws:sts::111122223333:assumed-role/backup/f is not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/snapshot';

  it('keep the principal and the action', () => {
    expect(failureOf(403, { Message: passRole })).toMatchObject({ code: 'SEARCH_UNAUTHORIZED', why: passRole });
  });

  it.each([
    [403, { Message: 'Request throttled due to too many requests' }, 'THROTTLED'],
    [429, { message: 'Too Many Requests' }, 'THROTTLED'],
    [401, { Message: "Your request: '/_cluster/reroute' is not allowed." }, 'SEARCH_NOT_OFFERED'],
    [401, { Message: "Your request: '/_cluster/settings' payload is not allowed." }, 'SEARCH_NOT_OFFERED'],
    [403, { message: 'The security token included in the request is expired' }, 'CREDENTIALS_MISSING'],
    [403, { message: 'The security token included in the request is invalid.' }, 'CREDENTIALS_MISSING'],
    [
      403,
      { message: 'Signature expired: 20300101T000000Z is now earlier than 20300102T000000Z' },
      'CREDENTIALS_MISSING',
    ],
    [
      403,
      { message: 'The request signature we calculated does not match the signature you provided.' },
      'SEARCH_UNAUTHORIZED',
    ],
    [504, { message: 'Endpoint request timed out' }, 'SERVICE_UNAVAILABLE'],
    [400, { message: 'Bad Request' }, 'PROVIDER_FAILURE'],
  ])('HTTP %i %o is %s', (status, body, code) => {
    expect(failureOf(status, body).code).toBe(code);
  });

  it.each([
    [401, 'settings.role_arn is needed for snapshot registration.', 'PLAN_FILE_INVALID', /search\.repository\.roleArn/],
    [403, "Credential should be scoped to a valid region, not 'us-east-1'. ", 'SEARCH_UNAUTHORIZED', /AWS_REGION/],
    [403, 'User: anonymous is not authorized to perform: es:ESHttpGet', 'SEARCH_UNAUTHORIZED', /sigv4/],
    [403, 'User: arn:aws:iam::1:role/me is not authorized to perform: es:ESHttpGet', 'SEARCH_UNAUTHORIZED', /in IAM/],
  ])('HTTP %i %s is %s, with a remedy of its own', (status, Message, code, remedy) => {
    expect(failureOf(status, { Message })).toMatchObject({ code, remedy: expect.stringMatching(remedy) });
  });
});

describe('an answer that quotes what should have been signed', () => {
  const token = 'IQoJb3JpZ2luX2VjSECRET';
  const canonical = `GET\n/\n\nhost:search.example.com\nx-amz-security-token:${token}\n\nhost;x-amz-security-token\ne3b0`;
  const message = `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key.\n\nThe Canonical String for this request should have been\n'${canonical}'`;

  it('is told without it: it holds the session token', () => {
    const failure = failureOf(403, { message });

    expect(failure).toMatchObject({
      code: 'SEARCH_UNAUTHORIZED',
      why: 'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key.',
      remedy: expect.stringContaining('secret key'),
    });
    expect(JSON.stringify(failure)).not.toContain(token);
  });

  it('is told without the token wherever that stands', () => {
    expect(JSON.stringify(failureOf(400, `<html>x-amz-security-token:${token} is odd</html>`))).not.toContain(token);
    expect(JSON.stringify(failureOf(400, { message: `"X-Amz-Security-Token": "${token}"` }))).not.toContain(token);
  });
});

describe('answers without an error in them', () => {
  it.each([
    [401, 'Unauthorized', 'SEARCH_UNAUTHORIZED'],
    [429, '', 'THROTTLED'],
    [503, '<html>503 Service Temporarily Unavailable</html>', 'SERVICE_UNAVAILABLE'],
    [500, '<html>500</html>', 'SEARCH_NOT_A_CLUSTER'],
    [401, '<html>login</html>', 'SEARCH_NOT_A_CLUSTER'],
  ])('HTTP %i %s is %s', (status, body, code) => {
    expect(failureOf(status, body).code).toBe(code);
  });
});

/** As OpenSearch 3.4 answered with the security plugin, but for the names. */
describe("the security plugin's own errors", () => {
  const meanings = { NOT_FOUND: 'SECURITY_CHANGED', CONFLICT: 'SECURITY_CHANGED' } as const;

  it.each([
    [404, 'NOT_FOUND', "rolesmapping 'tandem' not found.", 'SECURITY_CHANGED'],
    [409, 'CONFLICT', 'Version conflict', 'SECURITY_CHANGED'],
    [403, 'FORBIDDEN', 'No permission to access REST API: User arn:x does not have any role', 'SEARCH_UNAUTHORIZED'],
    [400, 'BAD_REQUEST', 'Missing field "users"', 'PROVIDER_FAILURE'],
  ])('%i %s: %s', (status, word, message, code) => {
    const text = JSON.stringify({ status: word, message });

    expect(failureOfAnswer({ status, text }, meanings)).toMatchObject({ code, why: message });
  });

  it('are a plain word for a wrong password', () => {
    expect(failureOf(401, 'Unauthorized')).toMatchObject({ code: 'SEARCH_UNAUTHORIZED' });
  });

  it('do not come from a domain that has no such plugin', () => {
    const error = 'no handler found for uri [/_plugins/_security/api/rolesmapping] and method [GET]';

    expect(failureOf(400, { error, status: 400 })).toMatchObject({ code: 'SEARCH_NOT_OFFERED', why: error });
  });
});
