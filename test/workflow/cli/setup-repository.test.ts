import { describe, expect, it } from 'vitest';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { FakeSearch } from '../../support/fakes/search.ts';
import { endpoint, roleOf, withDomain } from '../../support/set-up-trial.ts';

const ownerObject = 'app.tandem-owner.json';

describe('the repository that tandem setup registers', () => {
  it('that cannot be written to is registered no longer', async () => {
    const cli = withDomain();
    cli.world.search.setUnwritable('tandem', 'Access Denied');

    expect(await cli.run('setup', 'app', '--yes', '--json')).toMatchObject({
      code: 1,
      document: { error: { code: 'REPOSITORY_UNVERIFIED', message: expect.stringContaining('is not now') } },
    });
    expect(cli.world.search.everything().repositories.size).toBe(0);
  });

  it.each(['PROVIDER_FAILURE', 'SEARCH_UNAUTHORIZED'] as const)(
    'is registered no longer either after %s',
    async (code) => {
      const cli = withDomain();
      cli.world.search.faults.fail('snapshots.verify', new TandemError(code, 'No.'));

      expect(await cli.run('setup', 'app', '--yes', '--json')).toMatchObject({
        document: { error: { code, message: expect.stringContaining('is not now') } },
      });
      expect(cli.world.search.everything().repositories.size).toBe(0);
    },
  );

  it.each(['before', 'after'] as const)('is not left behind either where its answer is lost, %s', async (when) => {
    const cli = withDomain();
    cli.world.search.faults.fail('snapshots.register', new TandemError('NO_ANSWER', 'Cut.'), { when });

    expect(await cli.run('setup', 'app', '--yes', '--json')).toMatchObject({
      document: { error: { code: 'NO_ANSWER', message: expect.stringContaining('is not now') } },
    });
    expect(cli.world.search.everything().repositories.size).toBe(0);
  });

  it('is verified to the end where the set-up is left meanwhile, and taken back where it does not work', async () => {
    const cli = withDomain();
    const { search } = cli.world;
    const verify = search.snapshots.verify.bind(search.snapshots);
    search.snapshots.verify = async (name) => {
      cli.signals.emit('SIGINT');
      return verify(name);
    };
    search.setUnwritable('tandem', 'Access Denied');

    expect(await cli.run('setup', 'app', '--yes')).toMatchObject({ code: 1 });
    expect(search.everything().repositories.size).toBe(0);

    search.setUnwritable('tandem', undefined);
    expect(await cli.run('setup', 'app', '--yes')).toMatchObject({
      code: 130,
      stderr: expect.stringContaining('as soon as what is begun is at an end'),
    });
    expect(search.everything().repositories.size).toBe(1);
  });

  it('is told where not even that can be taken back', async () => {
    const cli = withDomain();
    cli.world.search.setUnwritable('tandem', 'Access Denied');
    cli.world.search.faults.fail('snapshots.unregister', new TandemError('NOT_READY', 'It is in use.'));

    expect(await cli.run('setup', 'app', '--yes', '--json')).toMatchObject({
      document: { error: { code: 'REPOSITORY_UNVERIFIED', message: expect.stringContaining('It is in use.') } },
    });
  });

  it('that worked before is as it was where the new settings do not', async () => {
    const cli = withDomain();
    await cli.run('setup', 'app', '--yes');
    const before = cli.world.search.everything().repositories.get('tandem')?.definition;
    cli.world.plan({
      search: {
        endpoint,
        repository: {
          name: 'tandem',
          bucket: 'snapshots',
          basePath: 'app',
          settings: { endpoint: 's3.amazonaws.com' },
        },
      },
    });
    cli.world.search.setUnwritable('tandem', 'The bucket is in this region');

    expect(await cli.run('setup', 'app', '--yes', '--json')).toMatchObject({
      document: { error: { code: 'REPOSITORY_UNVERIFIED', message: expect.stringContaining('as it was before') } },
    });
    expect(cli.world.search.everything().repositories.get('tandem')?.definition).toEqual(before);
  });

  it('is registered once more where its keys may have been changed, and keeps them where they do not help', async () => {
    const cli = withDomain();
    const withKey = (secret_key: string) =>
      cli.world.plan({
        search: {
          endpoint,
          repository: {
            name: 'tandem',
            bucket: 'snapshots',
            basePath: 'app',
            settings: { access_key: 'A', secret_key },
          },
        },
      });
    const registered = () => cli.world.search.everything().repositories.get('tandem')?.definition.settings;
    withKey('old');
    await cli.run('setup', 'app', '--yes');
    withKey('new');
    cli.world.search.setUnwritable('tandem', 'The key is not valid any more', { untilRegistered: true });

    expect(await cli.run('setup', 'app', '--yes')).toMatchObject({ code: 0 });
    expect(registered()).toMatchObject({ secret_key: 'new' });

    withKey('wrong');
    cli.world.search.setUnwritable('tandem', 'The key is not valid');
    expect(await cli.run('setup', 'app', '--yes', '--json')).toMatchObject({
      document: {
        error: { code: 'REPOSITORY_UNVERIFIED', message: expect.stringContaining('keeps the new settings') },
      },
    });
    expect(registered()).toMatchObject({ secret_key: 'wrong' });
  });

  it('is not registered by who may not, which is told with who may', async () => {
    const cli = withDomain();
    const refusal = new TandemError('SEARCH_UNAUTHORIZED', 'no permissions for [cluster:admin/repository/put]');
    cli.world.search.faults.fail('snapshots.register', refusal);

    expect(await cli.run('setup', 'app', '--yes', '--json')).toMatchObject({
      code: 2,
      document: { error: { code: 'SEARCH_UNAUTHORIZED', remedy: expect.stringContaining('--role-arn') } },
    });
  });

  it('gets every setting of the plan', async () => {
    const settings = {
      server_side_encryption: true,
      endpoint: 's3.eu-north-1.amazonaws.com',
      max_snapshot_bytes_per_sec: '40mb',
      storage_class: 'standard_ia',
    };
    const cli = withDomain({ repository: { name: 'tandem', bucket: 'snapshots', basePath: 'app', settings } });

    await cli.run('setup', 'app', '--yes');

    expect(cli.world.search.everything().repositories.get('tandem')?.definition.settings).toEqual({
      bucket: 'snapshots',
      base_path: 'app',
      server_side_encryption: 'true',
      endpoint: 's3.eu-north-1.amazonaws.com',
      max_snapshot_bytes_per_sec: '40mb',
      storage_class: 'standard_ia',
    });
  });

  it('of another domain is refused, unless it is only read', async () => {
    const first = withDomain();
    await first.run('setup', 'app', '--yes');
    const owner = await first.world.buckets.open('snapshots').get(ownerObject);
    const second = withDomain();
    second.world.search.configure({ uuid: 'cluster-uuid-2' });
    await second.world.buckets.open('snapshots').create(ownerObject, owner?.body ?? '');

    const refused = await second.run('setup', 'app', '--yes', '--json');

    expect(refused).toMatchObject({ code: 3, document: { error: { code: 'REPOSITORY_SHARED' } } });
    expect(second.world.search.everything().repositories.size).toBe(0);

    second.world.plan({
      search: {
        endpoint,
        repository: { name: 'tandem', bucket: 'snapshots', basePath: 'app', settings: { readonly: true } },
      },
    });
    expect(await second.run('setup', 'app', '--yes')).toMatchObject({ code: 0 });
    expect(await second.run('setup', 'app', '--json')).toMatchObject({ code: 0, document: { changes: [] } });
  });

  it('that two plans of one file write to is refused before anything is looked at', async () => {
    const cli = withDomain();
    const second = cli.world.planFile?.replace(/^ {2}app:/m, '  twin:').replace('search-app-', 'search-twin-') ?? '';
    cli.world.planFile = `${cli.world.planFile}${second.slice(second.indexOf('  twin:'))}`;

    expect(await cli.run('setup', 'app', '--yes', '--json')).toMatchObject({
      code: 3,
      document: { error: { code: 'REPOSITORY_SHARED', message: expect.stringContaining('app and twin') } },
    });
    expect(cli.setUpAccount.connections).toEqual([]);
  });

  it('of another registration of the domain is refused', async () => {
    const cli = withDomain();
    const settings = { bucket: 'snapshots', base_path: 'app' };
    await cli.world.search.snapshots.register('nightly', { type: 's3', settings });

    expect(await cli.run('setup', 'app', '--yes', '--json')).toMatchObject({
      code: 3,
      document: { error: { code: 'REPOSITORY_SHARED', message: expect.stringContaining('"nightly"') } },
    });
  });
});

describe('another domain that tandem setup prepares for restores', () => {
  const other = 'https://search-rehearsal-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com';

  it('gets the repository read-only, and the domain of the plan is left alone', async () => {
    const cli = withDomain();
    const rehearsal = new FakeSearch(cli.world.clock);
    rehearsal.security.spoken = '_plugins/_security';
    cli.world.otherDomains.set(other, rehearsal);
    cli.setUpAccount.domains.policies.set('rehearsal', '');

    const { code, document } = await cli.run('setup', 'app', '--to-endpoint', other, '--yes', '--json');

    expect(code).toBe(0);
    expect(document).toMatchObject({ state: 'SET_UP' });
    const { repositories } = rehearsal.everything();
    expect(repositories.get('tandem')?.definition.settings).toMatchObject({
      ...{ bucket: 'snapshots', base_path: 'app', readonly: 'true' },
    });
    // No backup goes there.
    expect((await rehearsal.security.mapping('tandem'))?.backendRoles).toEqual([roleOf('restore')]);
    expect(document).toMatchObject({ principals: [roleOf('restore')] });
    expect(cli.world.search.everything().repositories.size).toBe(0);
    expect(await cli.world.buckets.open('snapshots').get(ownerObject)).toBeUndefined();
  });

  it('is reached through the deployed function only where the plan names it', async () => {
    const vpc = { subnets: ['subnet-1'], securityGroups: ['sg-1'] };
    const cli = withDomain({ vpc });
    cli.setUpAccount.domains.policies.set('rehearsal', '');

    const refused = await cli.run('setup', 'app', '--to-endpoint', other, '--yes');

    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("is not one of the plan's search.restoreEndpoints");
    expect(cli.world.search.everything().repositories.size).toBe(0);
  });
});
