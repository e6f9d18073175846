import { describe, expect, it } from 'vitest';
import { tandemPermissions } from '../../../shared/core/security-role.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { setUpDomain } from '../../../shared/steps/setup/set-up-domain.ts';
import { CommandLine } from '../../support/command-line.ts';
import { fakePlanFiles } from '../../support/fakes/plan-files.ts';
import { World } from '../../support/world.ts';

const account = '111122223333';
const roleOf = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const endpoint = 'https://search-app-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com';
const domainArn = `arn:aws:es:eu-west-1:${account}:domain/app`;
const ownerObject = 'app.tandem-owner.json';
const vpc = { subnets: ['subnet-1'], securityGroups: ['sg-1'] };

/** A command line beside a deployment of Tandem, and a domain with fine-grained access control that allows every role. */
function withDomain(search: object = {}): CommandLine {
  const cli = new CommandLine(new World().plan({ search: { endpoint, ...search } }));
  cli.world.search.security.spoken = '_plugins/_security';
  for (const [name, role] of [
    ['planBackup', 'backup'],
    ['planRestore', 'restore'],
    ['setUpDomain', 'set-up'],
  ] as const) {
    cli.account.functions.set(`tandem-prod-${name}`, {
      role: roleOf(role),
      answer: (input) => inTheNetwork(cli, input),
    });
    cli.account.identities.add(roleOf(role), [
      ...['es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpPatch', 'es:ESHttpDelete'],
      'iam:PassRole',
    ]);
  }
  cli.account.identities.add(roleOf('operator'), ['es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpDelete']);
  cli.account.domains.policies.set('app', '');
  return cli;
}

/** What the deployed function does. */
async function inTheNetwork(cli: CommandLine, input: object): Promise<unknown> {
  const ports = { planFiles: fakePlanFiles(cli.world.planFile), connectSearch: () => cli.world.search };
  const step = { millisecondsLeft: () => 0, info: () => {}, metric: () => {} };
  const given = { plan: 'app', principals: [], ...input };
  return JSON.parse(JSON.stringify(await setUpDomain(given, { ...ports, region: async () => 'eu-west-1' }, step)));
}

function documentOf(ended: { document: unknown }) {
  return ended.document as { changes: { what: string; name: string; does: string }[] };
}

describe('tandem setup', () => {
  it('makes the role, maps those who work with the domain, registers the repository, and then has nothing to do', async () => {
    const cli = withDomain();
    const { security } = cli.world.search;
    security.mappings.set('manage_snapshots', { backendRoles: [roleOf('other')], users: ['somebody'] });

    const first = await cli.run('setup', 'app', '--yes', '--json');
    const { repositories } = cli.world.search.everything();

    expect(first).toMatchObject({ code: 0, document: { state: 'SET_UP', place: 'from here', remaining: [] } });
    expect(documentOf(first).changes.map(({ what, name }) => `${what} ${name}`)).toEqual([
      'owner of the repository s3://snapshots/app',
      'security role tandem',
      'role mapping tandem',
      'role mapping tandem',
      'role mapping manage_snapshots',
      'role mapping manage_snapshots',
      'repository tandem',
    ]);
    expect(security.roles.get('tandem')).toEqual(tandemPermissions);
    expect(security.mappings.get('tandem')).toEqual({ backendRoles: [roleOf('backup'), roleOf('restore')], users: [] });
    expect(security.mappings.get('manage_snapshots')).toEqual({
      backendRoles: [roleOf('other'), roleOf('backup'), roleOf('restore')],
      users: ['somebody'],
    });
    expect(repositories.get('tandem')?.definition.settings).toMatchObject({ bucket: 'snapshots', base_path: 'app' });

    cli.world.forgetCalls();
    const second = await cli.run('setup', 'app', '--json');

    expect(second).toMatchObject({ code: 0, document: { state: 'SET_UP', changes: [] } });
    expect(cli.world.search.faults.count('snapshots.register')).toBe(0);
    expect(security.faults.count('security.addToMapping')).toBe(2);
    expect(security.faults.count('security.putRole')).toBe(1);
  });

  it('changes nothing where it is only to show', async () => {
    const cli = withDomain();

    const { code, stdout } = await cli.run('setup', 'app', '--dry-run');

    expect(code).toBe(0);
    expect(stdout).toContain('would change:');
    expect(stdout).toContain('repository tandem: registers it at s3://snapshots/app, and verifies it');
    expect(cli.world.search.everything().repositories.size).toBe(0);
    expect(cli.world.search.security.mappings.size).toBe(0);
  });

  it('changes nothing that is not confirmed, where there is nobody to ask', async () => {
    const cli = withDomain();

    const ended = await cli.run('setup', 'app', '--json');

    expect(ended).toMatchObject({ code: 3, document: { error: { code: 'NOT_CONFIRMED' } } });
    expect(cli.world.search.everything().repositories.size).toBe(0);
  });

  it('asks at a terminal', async () => {
    const cli = withDomain();
    cli.isTerminal = true;
    const running = cli.run('setup', 'app');
    cli.keyboard.write('y');

    expect(await running).toMatchObject({ code: 0, stdout: expect.stringContaining('set up') });
  });

  it('refuses where the domain changes between the look and the change', async () => {
    const cli = withDomain();
    const { security } = cli.world.search;
    const original = security.mapping.bind(security);
    let looks = 0;
    security.mapping = async (role) => {
      looks += 1;
      if (looks === 3) security.mappings.set('tandem', { backendRoles: [roleOf('backup')], users: [] });
      return original(role);
    };

    expect(await cli.run('setup', 'app', '--yes', '--json')).toMatchObject({
      code: 3,
      document: { error: { code: 'PLAN_CHANGED' } },
    });
  });

  it('looks again where somebody else changes the mappings at the same time, and adds nobody twice', async () => {
    const cli = withDomain();
    const { security } = cli.world.search;
    const lost = new TandemError('OUTCOME_UNKNOWN', '504');
    security.faults.fail('security.addToMapping', new TandemError('SECURITY_CHANGED', '409'), { times: 2 });
    security.faults.fail('security.addToMapping', lost, { when: 'after' });

    expect(await cli.run('setup', 'app', '--yes')).toMatchObject({ code: 0 });
    expect(security.mappings.get('tandem')).toEqual({ backendRoles: [roleOf('backup'), roleOf('restore')], users: [] });
  });

  it('has nothing to do with roles where the domain has no fine-grained access control', async () => {
    const cli = withDomain();
    cli.world.search.security.spoken = undefined;

    const ended = await cli.run('setup', 'app', '--yes', '--json');

    expect(ended).toMatchObject({ code: 0, document: { domain: { security: null } } });
    expect(cli.world.search.security.roles.has('tandem')).toBe(false);
  });

  it('maps the user of the plan where requests are not signed', async () => {
    const cli = withDomain({ auth: { type: 'basic', username: 'tandem', secret: 'app/search' } });

    const { document } = await cli.run('setup', 'app', '--yes', '--json');

    expect(document).toMatchObject({ principals: [], access: { unknown: expect.stringContaining('not signed') } });
    expect(cli.world.search.security.mappings.get('tandem')).toEqual({ backendRoles: [], users: ['tandem'] });
  });

  it('needs a search domain', async () => {
    const cli = new CommandLine(new World().plan({ search: null }));

    expect(await cli.run('setup', '--json')).toMatchObject({ code: 2, document: { error: { code: 'USAGE' } } });
  });
});

describe('the repository', () => {
  it('that cannot be written to is registered no longer', async () => {
    const cli = withDomain();
    cli.world.search.setUnwritable('tandem', 'Access Denied');

    expect(await cli.run('setup', 'app', '--yes', '--json')).toMatchObject({
      code: 1,
      document: { error: { code: 'REPOSITORY_UNVERIFIED', message: expect.stringContaining('is not now') } },
    });
    expect(cli.world.search.everything().repositories.size).toBe(0);
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
  });

  it('that two plans of one file write to is refused before anything is looked at', async () => {
    const cli = withDomain();
    const second = cli.world.planFile?.replace(/^ {2}app:/m, '  twin:').replace('search-app-', 'search-twin-') ?? '';
    cli.world.planFile = `${cli.world.planFile}${second.slice(second.indexOf('  twin:'))}`;

    expect(await cli.run('setup', 'app', '--yes', '--json')).toMatchObject({
      code: 3,
      document: { error: { code: 'REPOSITORY_SHARED', message: expect.stringContaining('app and twin') } },
    });
    expect(cli.account.connections).toEqual([]);
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

describe('who may reach the domain', () => {
  const needsPolicy = () => {
    const cli = withDomain();
    cli.account.identities.add(roleOf('restore'), []);
    return cli;
  };

  it('is told with the statement that is missing', async () => {
    const cli = needsPolicy();

    const { document } = await cli.run('setup', 'app', '--yes', '--json');

    expect(document).toMatchObject({
      access: {
        unknown: null,
        lacks: [
          {
            principal: roleOf('restore'),
            policyOf: 'domain',
            statement: {
              Effect: 'Allow',
              Principal: { AWS: [roleOf('restore')] },
              Action: ['es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpDelete'],
              Resource: `${domainArn}/*`,
            },
          },
        ],
      },
    });
    expect(cli.account.domains.policies.get('app')).toBe('');
  });

  it('is mended on demand, with every other statement kept', async () => {
    const cli = needsPolicy();
    const kept = { Sid: 'kept', Effect: 'Deny', Principal: '*', NotAction: 'es:*', Resource: '*' };
    cli.account.domains.policies.set('app', JSON.stringify({ Id: 'ours', Statement: kept }));

    const { code, document } = await cli.run('setup', 'app', '--yes', '--apply-policy', '--json');

    expect({ code, document }).toMatchObject({ code: 0, document: { access: { lacks: [] } } });
    const policy = JSON.parse(cli.account.domains.policies.get('app') ?? '');
    expect(policy).toMatchObject({ Id: 'ours', Statement: [kept, { Principal: { AWS: [roleOf('restore')] } }] });
    expect(await cli.run('setup', 'app', '--apply-policy', '--json')).toMatchObject({ document: { changes: [] } });
  });

  it('is not guessed where it may not be looked at', async () => {
    const cli = withDomain();
    cli.account.domains.faults.fail('domains.describe', new TandemError('ACCESS_DENIED', 'es:DescribeDomain'));

    expect(await cli.run('setup', 'app', '--dry-run', '--json')).toMatchObject({
      code: 0,
      document: { access: { unknown: 'es:DescribeDomain' } },
    });
  });

  it('is refused where a role does not exist', async () => {
    const cli = withDomain();

    expect(await cli.run('setup', 'app', '--role-arn', roleOf('typo'), '--json')).toMatchObject({
      code: 2,
      document: { error: { code: 'PRINCIPAL_UNKNOWN' } },
    });
  });

  it('is whoever asks, where nothing is deployed, with the right to pass the snapshot role on', async () => {
    const cli = new CommandLine(withDomain().world, []);
    cli.account.identities.add(roleOf('operator'), [
      'es:ESHttpGet',
      'es:ESHttpPost',
      'es:ESHttpPut',
      'es:ESHttpDelete',
    ]);
    cli.account.domains.policies.set('app', '');

    const { stdout } = await cli.run('setup', 'app', '--yes');

    expect(stdout).toContain(`role tandem: ${roleOf('operator')}`);
    expect(stdout).toMatch(/operator may not iam:PassRole. Add to his own policies:/);
  });
});

describe('the master user', () => {
  it('is known by the password of a secret, which is told nowhere', async () => {
    const cli = withDomain();
    cli.account.secrets['app/master'] = JSON.stringify({ username: 'admin', password: 'the password' });

    const args = ['--master-user', 'admin', '--master-secret', 'app/master', '--yes', '--json'];
    const { code, stdout, stderr } = await cli.run('setup', 'app', ...args);

    expect(code).toBe(0);
    expect(cli.account.connections).toContainEqual({ type: 'password', username: 'admin', password: 'the password' });
    expect(stdout + stderr).not.toContain('the password');
  });

  it('is asked for the password at a terminal', async () => {
    const cli = withDomain();
    cli.isTerminal = true;
    const running = cli.run('setup', 'app', '--master-user', 'admin', '--yes');
    cli.keyboard.write('secret word\r');

    const { code, stdout, stderr } = await running;

    expect(code).toBe(0);
    expect(cli.account.connections).toContainEqual({ type: 'password', username: 'admin', password: 'secret word' });
    expect(stdout + stderr).not.toContain('secret word');
  });

  it.each([
    ['without a terminal', ['--master-user', 'admin'], 'USAGE'],
    ['without a name', ['--master-secret', 'app/master'], 'USAGE'],
    ['with a secret that is not there', ['--master-user', 'a', '--master-secret', 'none'], 'SECRET_UNREADABLE'],
  ])('is not guessed: %s', async (_case, args, code) => {
    expect(await withDomain().run('setup', 'app', '--yes', '--json', ...args)).toMatchObject({
      code: 2,
      document: { error: { code } },
    });
  });

  it('is what the remedy names where the caller may not administer the domain', async () => {
    const cli = withDomain();
    cli.world.search.security.faults.fail('security.dialect', new TandemError('SEARCH_UNAUTHORIZED', 'HTTP 401'));

    expect(await cli.run('setup', 'app', '--yes', '--json')).toMatchObject({
      code: 2,
      document: { error: { code: 'SEARCH_UNAUTHORIZED', remedy: expect.stringContaining('--master-user') } },
    });
  });
});

describe('a domain in a private network', () => {
  it('is handed the password in the call alone, and told in no error of the function', async () => {
    const cli = withDomain({ vpc });
    cli.account.secrets.master = 'the password';
    const refusal = new TandemError('SEARCH_UNAUTHORIZED', 'HTTP 401');
    cli.world.search.security.faults.fail('security.dialect', refusal);

    const { stdout, stderr } = await cli.run('setup', '--yes', '--master-user', 'a', '--master-secret', 'master');

    expect(cli.account.called).toEqual([
      expect.objectContaining({ master: { username: 'a', password: 'the password' } }),
    ]);
    expect(stderr).toContain('HTTP 401');
    expect(stdout + stderr).not.toContain('the password');
  });

  it('is set up through the function of the deployment, whose role is mapped too', async () => {
    const cli = withDomain({ vpc });

    const ended = await cli.run('setup', 'app', '--yes', '--json');

    expect(ended).toMatchObject({ code: 0, document: { place: 'through tandem-prod-setUpDomain', state: 'SET_UP' } });
    expect(cli.account.connections).toEqual([]);
    expect(cli.world.search.security.mappings.get('tandem')?.backendRoles).toContain(roleOf('set-up'));
  });

  it('is set up from here where that is wanted, or where there is no such function', async () => {
    expect((await withDomain({ vpc }).run('setup', 'app', '--local', '--dry-run', '--json')).document).toMatchObject({
      place: 'from here',
    });
    const without = withDomain({ vpc });
    without.account.functions.delete('tandem-prod-setUpDomain');
    expect((await without.run('setup', 'app', '--dry-run', '--json')).document).toMatchObject({ place: 'from here' });
  });

  it('fails with a clear error where the function is of another version', async () => {
    const cli = withDomain({ vpc });
    cli.account.functions.set('tandem-prod-setUpDomain', {
      role: roleOf('set-up'),
      answer: async () => ({ old: true }),
    });

    expect(await cli.run('setup', 'app', '--dry-run', '--json')).toMatchObject({
      document: { error: { code: 'PROVIDER_FAILURE', remedy: expect.stringContaining('Deploy Tandem again') } },
    });
  });
});
