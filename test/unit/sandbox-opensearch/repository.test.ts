import { describe, expect, it } from 'vitest';
import { domainUnderTest, snapshotRole } from '../../support/sandbox-opensearch/domain-under-test.ts';

const settings = {
  bucket: 'snapshots',
  base_path: 'app',
  region: 'eu-west-1',
  role_arn: snapshotRole,
  server_side_encryption: true,
  max_snapshot_bytes_per_sec: '40kb',
};

const register = (path: string, payload: unknown) => ({ method: 'PUT', path, body: JSON.stringify(payload) });

describe('registering a snapshot repository', () => {
  it('reaches the server with the settings of the sandbox in place of those of AWS', async () => {
    const { client, server } = await domainUnderTest();
    const reply = await client(register('/_snapshot/tandem?verify=true', { type: 's3', settings }));
    expect(reply.status).toBe(200);
    const [received] = server.received;
    expect(received?.url).toBe('/_snapshot/tandem?verify=true');
    expect(JSON.parse(received?.body ?? '')).toEqual({
      type: 's3',
      settings: {
        bucket: 'snapshots',
        base_path: 'app',
        max_snapshot_bytes_per_sec: '40kb',
        region: 'eu-west-1',
        endpoint: '127.0.0.1:4566',
        protocol: 'http',
        path_style_access: true,
        access_key: 'own',
        secret_key: 'own',
        server_side_encryption_type: 'bucket_default',
        sandbox_client_settings: JSON.stringify(settings),
      },
    });
  });

  it('is shown as the client had asked for it, never as the sandbox keeps it', async () => {
    const { client } = await domainUnderTest();
    await client(register('/_snapshot/tandem', { type: 's3', settings }));
    for (const path of ['/_snapshot', '/_snapshot/_all', '/_snapshot/tandem']) {
      expect(JSON.parse((await client({ path })).text)).toEqual({
        tandem: { type: 's3', settings: { ...settings, server_side_encryption: 'true' } },
      });
    }
  });

  it('is kept in a folder where the server has no S3 plugin, and still shown as s3', async () => {
    const { client, server } = await domainUnderTest({ store: { type: 'fs', folder: '/repositories' } });
    await client(register('/_snapshot/tandem', { type: 's3', settings }));
    expect(JSON.parse(server.received[0]?.body ?? '')).toMatchObject({
      type: 'fs',
      settings: { location: '/repositories/snapshots/app' },
    });
    expect(JSON.parse((await client({ path: '/_snapshot/tandem' })).text)).toMatchObject({
      tandem: { type: 's3', settings: { bucket: 'snapshots', role_arn: snapshotRole } },
    });
  });

  it.each([
    ['/_snapshot/cs-mine', { type: 's3', settings }, "Your request: '/_snapshot/cs-mine' is not allowed."],
    ['/_snapshot/r', { type: 'fs', settings }, "Your request: '/_snapshot/r' payload is not allowed."],
    ['/_snapshot/r', 'no registration', "Your request: '/_snapshot/r' payload is not allowed."],
    [
      '/_snapshot/r',
      { type: 's3', settings: { bucket: 'b' } },
      'settings.role_arn is needed for snapshot registration.',
    ],
  ])('%s %o is refused', async (path, payload, message) => {
    const { client, server } = await domainUnderTest();
    const reply = await client(register(path, payload));
    expect(reply.status).toBe(401);
    expect(JSON.parse(reply.text)).toEqual({ Message: message });
    expect(server.received).toEqual([]);
  });
});

describe('what else is under _snapshot', () => {
  it('is passed on and shown as it is', async () => {
    const { client } = await domainUnderTest();
    for (const call of [
      { path: '/_snapshot/_status' },
      { path: '/_snapshot/cs-automated/_all' },
      { method: 'PUT', path: '/_snapshot/tandem/run-1', body: '{"indices":"a"}' },
      { method: 'POST', path: '/_snapshot/tandem/_verify' },
    ]) {
      expect(JSON.parse((await client(call)).text)).toEqual({ served: call.path });
    }
  });
});
