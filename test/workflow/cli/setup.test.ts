import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { changeSchema } from '../../../shared/contracts/setup.ts';
import { tandemPermissions } from '../../../shared/core/security-role.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { CommandLine } from '../../support/command-line.ts';
import { roleOf, withDomain } from '../../support/set-up-trial.ts';
import { World } from '../../support/world.ts';

const vpc = { subnets: ['subnet-1'], securityGroups: ['sg-1'] };

const answerSchema = z.object({ changes: z.array(changeSchema) });

describe('tandem setup', () => {
  it('makes the role, maps those who work with the domain, registers the repository, and then has nothing to do', async () => {
    const cli = withDomain();
    const { security } = cli.world.search;
    security.mappings.set('manage_snapshots', { backendRoles: [roleOf('other')], users: ['somebody'] });

    const first = await cli.run('setup', 'app', '--yes', '--json');
    const { repositories } = cli.world.search.everything();

    expect(first).toMatchObject({ code: 0, document: { state: 'SET_UP', place: 'from here', remaining: [] } });
    expect(answerSchema.parse(first.document).changes.map(({ what, name }) => `${what} ${name}`)).toEqual([
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
    expect(ended.stderr).toContain('repository tandem: registers it at s3://snapshots/app');
    expect(cli.world.search.everything().repositories.size).toBe(0);
  });

  it('shows what it changes before it does, asked or not, unless it is to be quiet', async () => {
    const shown = 'The set-up changes:\n  owner of the repository s3://snapshots/app: ';
    const broken = () => {
      const cli = withDomain();
      cli.world.search.security.faults.fail('security.putRole', new TandemError('PROVIDER_FAILURE', 'No.'));
      return cli;
    };

    expect((await broken().run('setup', 'app', '--yes')).stderr).toContain(shown);
    expect((await broken().run('setup', 'app', '--yes', '--quiet')).stderr).not.toContain(shown);
  });

  it('asks at a terminal', async () => {
    const cli = withDomain();
    cli.isTerminal = true;
    const running = cli.run('setup', 'app');
    cli.keyboard.write('y');

    expect(await running).toMatchObject({ code: 0, stdout: expect.stringContaining('set up') });
  });

  /** Has something happen between the look and the change. */
  const meanwhile = ({ world: { search } }: CommandLine, happens: () => void) => {
    const original = search.security.role.bind(search.security);
    let looks = 0;
    search.security.role = async (role) => {
      looks += 1;
      if (looks === 2) happens();
      return original(role);
    };
  };

  it('does what is left to do where somebody else has done a part since it looked', async () => {
    const cli = withDomain();
    const { mappings } = cli.world.search.security;
    meanwhile(cli, () => mappings.set('tandem', { backendRoles: [roleOf('backup')], users: [] }));

    expect(await cli.run('setup', 'app', '--yes')).toMatchObject({ code: 0 });
    expect(mappings.get('tandem')?.backendRoles).toEqual([roleOf('backup'), roleOf('restore')]);
  });

  it('refuses where it would have to do what was not shown', async () => {
    const cli = withDomain();
    await cli.run('setup', 'app', '--yes');
    const { mappings, roles } = cli.world.search.security;
    mappings.delete('tandem');
    meanwhile(cli, () => roles.set('tandem', { clusterPermissions: [], indexPermissions: [] }));

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

  it('keeps whoever is mapped between its look and its change, where nobody was mapped before', async () => {
    const cli = withDomain();
    const { security } = cli.world.search;
    const original = security.mapping.bind(security);
    security.mapping = async (role) => {
      const found = await original(role);
      if (found === undefined && security.roles.has('tandem')) {
        security.mappings.set(role, { backendRoles: [roleOf('other')], users: ['somebody'] });
      }
      return found;
    };

    expect(await cli.run('setup', 'app', '--yes')).toMatchObject({ code: 0 });
    for (const role of ['tandem', 'manage_snapshots']) {
      expect(security.mappings.get(role)).toEqual({
        backendRoles: [roleOf('other'), roleOf('backup'), roleOf('restore')],
        users: ['somebody'],
      });
    }
  });

  it.each([
    ['narrowed', { narrowed: true }, {}, 'has it hold for all indices as a whole'],
    ['for some indices', { indexPatterns: ['shop-*'] }, {}, 'has it hold for all indices as a whole'],
    [
      'another one',
      {},
      { clusterPermissions: [...tandemPermissions.clusterPermissions.slice(1), 'cluster:*'] },
      'adds cluster:monitor/main, takes cluster:* away',
    ],
  ])('makes the role what it should be where somebody made it %s', async (_case, some, other, told) => {
    const cli = withDomain();
    const indexPermissions = tandemPermissions.indexPermissions.map((one) => ({ ...one, ...some }));
    cli.world.search.security.roles.set('tandem', { ...tandemPermissions, indexPermissions, ...other });

    expect(await cli.run('setup', 'app', '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`makes it what it should be: ${told}`),
    });
    expect(cli.world.search.security.roles.get('tandem')).toEqual(tandemPermissions);
  });

  it('does not end well where somebody undoes it at the same time', async () => {
    const cli = withDomain();
    cli.world.search.security.addToMapping = async () => {};

    const { code, document } = await cli.run('setup', 'app', '--yes', '--json');

    const mapping = { what: 'role mapping' };
    const remaining = [mapping, mapping, mapping, mapping];
    expect({ code, document }).toMatchObject({ code: 5, document: { state: 'UNFINISHED', remaining } });
  });

  it('maps again whom somebody else mapped away at the same time, where nobody was mapped before', async () => {
    const cli = withDomain();
    const { security } = cli.world.search;
    const original = security.addToMapping.bind(security);
    security.addToMapping = async (role, added) => {
      await original(role, added);
      if (security.faults.count('security.addToMapping') > 2) return;
      security.mappings.set(role, { backendRoles: [roleOf('other')], users: [] });
    };

    expect(await cli.run('setup', 'app', '--yes')).toMatchObject({ code: 0 });
    expect(security.mappings.get('tandem')?.backendRoles).toEqual(['other', 'backup', 'restore'].map(roleOf));
  });

  it('touches nothing where a mapping that it would change is reserved', async () => {
    const cli = withDomain();
    cli.world.search.security.reserved.add('manage_snapshots');
    cli.world.search.security.mappings.set('manage_snapshots', { backendRoles: [roleOf('other')], users: [] });

    expect(await cli.run('setup', 'app', '--yes', '--json')).toMatchObject({
      code: 2,
      document: { error: { code: 'SECURITY_RESERVED', message: expect.stringContaining(roleOf('backup')) } },
    });
    expect(cli.world.search.security.roles.has('tandem')).toBe(false);
    expect(cli.world.search.everything().repositories.size).toBe(0);
  });

  it('asks for no deployment where it needs none', async () => {
    const cli = withDomain({ vpc });
    cli.executions.faults.fail('executions.machines', new TandemError('ACCESS_DENIED', 'states:ListStateMachines'));

    const role = roleOf('backup');
    expect(await cli.run('setup', 'app', '--local', '--role-arn', role, '--dry-run', '--json')).toMatchObject({
      code: 0,
      document: { principals: [role] },
    });
  });

  it('has nothing to do with roles where the domain has no fine-grained access control', async () => {
    const cli = withDomain();
    cli.world.search.security.spoken = undefined;

    const ended = await cli.run('setup', 'app', '--yes', '--json');

    expect(ended).toMatchObject({ code: 0, document: { domain: { security: null } } });
    expect(cli.world.search.security.roles.has('tandem')).toBe(false);
  });

  it('maps the user of the plan where requests are not signed, and whoever is named beside him', async () => {
    const cli = withDomain({ auth: { type: 'basic', username: 'tandem', secret: 'app/search' } });
    const { mappings } = cli.world.search.security;

    const { document } = await cli.run('setup', 'app', '--yes', '--json');

    expect(document).toMatchObject({ principals: [], access: { unknown: expect.stringContaining('not signed') } });
    expect(mappings.get('tandem')).toEqual({ backendRoles: [], users: ['tandem'] });

    await cli.run('setup', 'app', '--yes', '--role-arn', roleOf('operator'));
    expect(mappings.get('tandem')).toEqual({ backendRoles: [roleOf('operator')], users: ['tandem'] });
  });

  it('needs a search domain', async () => {
    const cli = new CommandLine(new World().plan({ search: null }));

    expect(await cli.run('setup', '--json')).toMatchObject({ code: 2, document: { error: { code: 'USAGE' } } });
  });
});

describe('a domain in a private network', () => {
  it('is handed the password in the call alone, and told in no error of the function', async () => {
    const cli = withDomain({ vpc });
    cli.setUpAccount.secrets.master = 'the password';
    const refusal = new TandemError('SEARCH_UNAUTHORIZED', 'HTTP 401');
    cli.world.search.security.faults.fail('security.dialect', refusal);

    const { stdout, stderr } = await cli.run('setup', '--yes', '--master-user', 'a', '--master-secret', 'master');

    expect(cli.setUpAccount.called).toEqual([
      expect.objectContaining({ master: { username: 'a', password: 'the password' } }),
    ]);
    expect(stderr).toContain('HTTP 401');
    expect(stdout + stderr).not.toContain('the password');
  });

  it('is set up through the function of the deployment, whose role is mapped too', async () => {
    const cli = withDomain({ vpc });

    const ended = await cli.run('setup', 'app', '--yes', '--json');

    expect(ended).toMatchObject({
      code: 0,
      document: { place: 'through tandem-prod-setUpDomain', state: 'SET_UP', access: { unknown: null, lacks: [] } },
    });
    expect(cli.setUpAccount.connections).toEqual([]);
    expect(cli.world.search.security.mappings.get('tandem')?.backendRoles).toContain(roleOf('set-up'));
  });

  it('is set up from here where that is wanted, or where there is no such function', async () => {
    expect((await withDomain({ vpc }).run('setup', 'app', '--local', '--dry-run', '--json')).document).toMatchObject({
      place: 'from here',
    });
    const without = withDomain({ vpc });
    without.setUpAccount.functions.delete('tandem-prod-setUpDomain');
    expect((await without.run('setup', 'app', '--dry-run', '--json')).document).toMatchObject({ place: 'from here' });
  });

  it('is not set up by another plan than the one that is deployed', async () => {
    const cli = withDomain({ vpc });
    const deployed = cli.world.planFile;
    cli.world.planFile = deployed?.replace('basePath: app', 'basePath: another');
    const asked = cli.run('setup', 'app', '--yes', '--json');
    cli.world.planFile = deployed;

    expect(await asked).toMatchObject({
      code: 3,
      document: { error: { code: 'PLAN_CHANGED', remedy: expect.stringContaining('Deploy Tandem') } },
    });
  });

  it('fails with a clear error where the function is of another version', async () => {
    const cli = withDomain({ vpc });
    cli.setUpAccount.functions.set('tandem-prod-setUpDomain', {
      role: roleOf('set-up'),
      answer: async () => ({ old: true }),
    });

    expect(await cli.run('setup', 'app', '--dry-run', '--json')).toMatchObject({
      document: { error: { code: 'PROVIDER_FAILURE', remedy: expect.stringContaining('Deploy Tandem again') } },
    });
  });
});
