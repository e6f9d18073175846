import { describe, expect, it } from 'vitest';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { CommandLine } from '../../support/command-line.ts';
import { domainArn, roleOf, withDomain } from '../../support/set-up-trial.ts';

describe('who may reach the domain', () => {
  const needsPolicy = () => {
    const cli = withDomain();
    cli.setUpAccount.identities.add(roleOf('restore'), []);
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
              Action: ['es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpDelete'],
              Resource: `${domainArn}/*`,
            },
          },
        ],
      },
    });
    expect(cli.setUpAccount.domains.policies.get('app')).toBe('');
  });

  it('is mended on demand, with every other statement kept', async () => {
    const cli = needsPolicy();
    const kept = { Sid: 'kept', Effect: 'Deny', Principal: '*', NotAction: 'es:*', Resource: '*' };
    cli.setUpAccount.domains.policies.set('app', JSON.stringify({ Id: 'ours', Statement: kept }));

    const { code, document } = await cli.run('setup', 'app', '--yes', '--apply-policy', '--json');

    expect({ code, document }).toMatchObject({ code: 0, document: { access: { lacks: [] } } });
    const policy = JSON.parse(cli.setUpAccount.domains.policies.get('app') ?? '');
    expect(policy).toMatchObject({ Id: 'ours', Statement: [kept, { Principal: { AWS: [roleOf('restore')] } }] });
    expect(await cli.run('setup', 'app', '--apply-policy', '--json')).toMatchObject({ document: { changes: [] } });
  });

  it('is not taken for mended where somebody else changes the policy at the same time', async () => {
    const cli = needsPolicy();
    cli.setUpAccount.domains.setAccessPolicy = async () => {};

    expect(await cli.run('setup', 'app', '--yes', '--apply-policy', '--json')).toMatchObject({
      code: 5,
      document: { state: 'UNFINISHED', remaining: [{ what: 'access policy' }] },
    });
  });

  it('is told without a statement that would not help where a policy of the role itself forbids it', async () => {
    const cli = withDomain();
    cli.setUpAccount.identities.decide(roleOf('backup'), 'es:ESHttpPut', 'denied');
    cli.setUpAccount.identities.decide(roleOf('backup'), 'iam:PassRole', 'denied');
    const before = cli.setUpAccount.domains.policies.get('app');

    const { stdout } = await cli.run('setup', 'app', '--yes', '--apply-policy');

    expect(stdout).toContain(
      `${roleOf('backup')} may not es:ESHttpPut: a statement of the principal's own policies forbids it. Remove that Deny`,
    );
    expect(stdout).not.toContain('"Effect"');
    expect(cli.setUpAccount.domains.policies.get('app')).toBe(before);
  });

  it('is told, or mended, where the domain lets in not even whoever sets it up', async () => {
    const cli = needsPolicy();
    const refusal = new TandemError('SEARCH_UNAUTHORIZED', 'User: set-up is not authorized to perform: es:ESHttpGet.');
    cli.world.search.security.faults.fail('security.dialect', refusal, { times: 2 });

    expect(await cli.run('setup', 'app', '--yes', '--json')).toMatchObject({
      code: 2,
      document: { error: { code: 'SEARCH_UNAUTHORIZED', remedy: expect.stringContaining('"Effect":"Allow"') } },
    });
    expect(cli.setUpAccount.domains.policies.get('app')).toBe('');
    expect(await cli.run('setup', 'app', '--yes', '--apply-policy', '--json')).toMatchObject({
      code: 2,
      document: { error: { remedy: expect.stringContaining('start the set-up again') } },
    });
    expect(cli.setUpAccount.domains.policies.get('app')).toContain(roleOf('restore'));
    expect(await cli.run('setup', 'app', '--yes', '--apply-policy')).toMatchObject({ code: 0 });
  });

  it('is not guessed where it may not be looked at', async () => {
    const cli = withDomain();
    cli.setUpAccount.domains.faults.fail('domains.describe', new TandemError('ACCESS_DENIED', 'es:DescribeDomain'));

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
    // The ARN of a session leaves out the path of the role, without which the domain lets nobody in.
    const operator = roleOf('aws-reserved/sso.amazonaws.com/operator');
    cli.setUpAccount.identities.roles.set('operator', { arn: operator, trustPolicy: '' });
    cli.setUpAccount.identities.add(operator, ['es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpDelete']);
    cli.setUpAccount.domains.policies.set('app', '');

    const { stdout } = await cli.run('setup', 'app', '--yes');

    expect(stdout).toContain(`role tandem: ${operator}`);
    expect(stdout).toMatch(/operator may not iam:PassRole. Add to the principal's own policies:/);
  });
});

describe('the master user', () => {
  it('is known by the password of a secret, which is told nowhere', async () => {
    const cli = withDomain();
    cli.setUpAccount.secrets['app/master'] = JSON.stringify({ username: 'admin', password: 'the password' });

    const args = ['--master-user', 'admin', '--master-secret', 'app/master', '--yes', '--json'];
    const { code, stdout, stderr } = await cli.run('setup', 'app', ...args);

    expect(code).toBe(0);
    expect(cli.setUpAccount.connections).toContainEqual({
      type: 'password',
      username: 'admin',
      password: 'the password',
    });
    expect(stdout + stderr).not.toContain('the password');
  });

  it('does all but hand the snapshot role on, for which whoever asks signs', async () => {
    const cli = withDomain({ auth: { type: 'basic', username: 'tandem', secret: 'app/search' } });
    cli.setUpAccount.secrets['app/master'] = 'the password';
    const refuse = async () => {
      throw new TandemError('SEARCH_UNAUTHORIZED', 'no permissions');
    };
    const { search } = cli.world;
    const { snapshots } = search;
    cli.setUpAccount.domainFor = ({ type }) => {
      if (type === 'password')
        return { ...search, security: search.security, snapshots: { ...snapshots, register: refuse } };
      return { ...search, security: search.security, snapshots: { ...snapshots, verify: refuse, unregister: refuse } };
    };

    const master = ['--master-user', 'admin', '--master-secret', 'app/master'];
    expect(await cli.run('setup', 'app', '--yes', ...master)).toMatchObject({ code: 0 });
    expect(cli.setUpAccount.connections).toContainEqual({ type: 'sigv4' });
    expect(await cli.run('setup', 'app', ...master, '--json')).toMatchObject({ code: 0, document: { changes: [] } });
  });

  it('is asked for the password at a terminal', async () => {
    const cli = withDomain();
    cli.isTerminal = true;
    const running = cli.run('setup', 'app', '--master-user', 'admin', '--yes');
    // It is not taken for empty.
    cli.keyboard.write('\r');
    cli.keyboard.write('secret word\r');

    const { code, stdout, stderr } = await running;

    expect(code).toBe(0);
    expect(cli.setUpAccount.connections).toContainEqual({
      type: 'password',
      username: 'admin',
      password: 'secret word',
    });
    expect(stdout + stderr).not.toContain('secret word');
  });

  it.each([
    ['without a terminal', ['--master-user', 'admin'], 'USAGE'],
    ['without a name', ['--master-secret', 'app/master'], 'USAGE'],
    ['with a name that HTTP cannot tell', ['--master-user', 'a:b', '--master-secret', 'master'], 'USAGE'],
    ['with a secret that is not there', ['--master-user', 'a', '--master-secret', 'none'], 'SECRET_UNREADABLE'],
  ])('is not guessed: %s', async (_case, args, code) => {
    expect(await withDomain().run('setup', 'app', '--yes', '--json', ...args)).toMatchObject({
      code: 2,
      document: { error: { code } },
    });
  });

  it('is not named as the remedy where the domain says better what is wrong', async () => {
    const cli = withDomain();
    const remedy = 'Set AWS_REGION to the region of the domain.';
    const refusal = new TandemError('SEARCH_UNAUTHORIZED', 'Credential should be scoped to a valid region', { remedy });
    cli.world.search.security.faults.fail('security.dialect', refusal);

    expect(await cli.run('setup', 'app', '--yes', '--json')).toMatchObject({ document: { error: { remedy } } });
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
