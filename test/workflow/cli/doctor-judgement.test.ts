import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { CommandLine } from '../../support/command-line.ts';
import { healthyDeployment, planFileText } from '../../support/healthy-deployment.ts';

const answerSchema = z.object({
  checks: z.array(
    z.object({ code: z.string(), outcome: z.string(), message: z.string(), remedy: z.string().nullable() }),
  ),
});

async function finding(cli: CommandLine, code: string, ...options: string[]) {
  const { document } = await cli.run('doctor', 'app', '--json', ...options);
  return answerSchema.parse(document).checks.find((check) => check.code === code);
}

const snapshotRole = 'arn:aws:iam::111122223333:role/snapshots';

describe('the doctor does not take for wrong', () => {
  it('what the policy simulator denies, where the domain has just written to its repository', async () => {
    const cli = await healthyDeployment();
    cli.account.denials.add(`${snapshotRole} s3:PutObject`);

    expect(await finding(cli, 'SNAPSHOT_ROLE_BUCKET')).toMatchObject({ outcome: 'ok' });
  });

  it('a rule of the bucket for other keys than those of the repository', async () => {
    const cli = await healthyDeployment();
    const lifecycleRules = ['application/', 'logs/', 'ap'].map((prefix) => ({
      id: prefix,
      prefix,
      expires: prefix !== 'ap',
      archives: false,
    }));
    cli.account.changeBucket('snapshots', { lifecycleRules });

    expect(await finding(cli, 'BUCKET_LIFECYCLE')).toMatchObject({ outcome: 'ok' });
  });

  it('a bucket of another region that the plan reaches by an endpoint', async () => {
    const cli = await healthyDeployment();
    cli.account.changeBucket('snapshots', { region: 'us-east-1' });
    const repository = { name: 'tandem', bucket: 'snapshots', basePath: 'app', roleArn: snapshotRole };
    cli.world.planFile = planFileText({
      search: { repository: { ...repository, settings: { endpoint: 's3.amazonaws.com' } } },
    });

    expect(await finding(cli, 'BUCKET_REGION')).toMatchObject({ outcome: 'ok' });
  });

  it('the recovery points of a domain that was replaced', async () => {
    const cli = await healthyDeployment();
    await cli.world.clock.sleep(60_000);
    cli.world.planFile = planFileText({ search: { endpoint: 'https://new.example.com' } });

    expect(await finding(cli, 'REPOSITORY_ONE_WRITER')).toMatchObject({ outcome: 'ok' });
    await cli.world.backup();
    expect(await finding(cli, 'REPOSITORY_ONE_WRITER')).toMatchObject({ outcome: 'ok' });
  });

  it('a second registration of the place that is read-only', async () => {
    const cli = await healthyDeployment();
    const settings = { bucket: 'snapshots', base_path: 'app', readonly: 'true' };
    await cli.world.search.snapshots.register('second', { type: 's3', settings });

    expect(await finding(cli, 'REPOSITORY_ONE_WRITER')).toMatchObject({ outcome: 'ok' });
  });

  it('another domain that only reads what this one writes', async () => {
    const cli = await healthyDeployment();
    const repository = { name: 'tandem', bucket: 'snapshots', basePath: 'app', settings: { readonly: true } };
    const reader = { search: { endpoint: 'https://other.example.com', repository } };
    cli.world.planFile = planFileText({ plans: { reader } });

    expect(await finding(cli, 'REPOSITORY_ONE_WRITER')).toMatchObject({ outcome: 'ok' });
    const { document } = await cli.run('doctor', 'reader', '--json');
    expect(answerSchema.parse(document).checks).toContainEqual(
      expect.objectContaining({ code: 'REPOSITORY_ONE_WRITER', outcome: 'ok' }),
    );
  });

  it('a read-only repository in a plan for restores alone, which has no schedule', async () => {
    const cli = await healthyDeployment();
    const repository = { name: 'tandem', bucket: 'snapshots', basePath: 'app', settings: { readonly: true } };
    cli.world.planFile = planFileText({ schedule: null, search: { repository } });

    expect(await finding(cli, 'REPOSITORY_WRITABLE')).toMatchObject({ outcome: 'ok' });
  });

  it('a recovery point that is a little late', async () => {
    const cli = await healthyDeployment();
    await cli.world.clock.sleep(28 * 3_600_000);

    expect(await finding(cli, 'RECOVERY_POINT_AGE')).toMatchObject({ outcome: 'ok' });
  });

  it('a recovery point that is no older than a weekend on which nothing is scheduled', async () => {
    const cli = await healthyDeployment();
    cli.world.planFile = planFileText({ schedule: { cron: 'cron(0 9-17 ? * MON-FRI *)' } });
    await cli.world.clock.sleep(24 * 3_600_000);

    expect(await finding(cli, 'RECOVERY_POINT_AGE')).toMatchObject({ outcome: 'ok' });
  });

  it('that the root of the account runs the workflows', async () => {
    const cli = await healthyDeployment();
    cli.account.caller = { id: '111122223333', arn: 'arn:aws:iam::111122223333:root', answeredAt: undefined };

    expect(await finding(cli, 'PASS_ROLE', '--local')).toMatchObject({ outcome: 'ok' });
  });
});

describe('the doctor says why it did not check', () => {
  it('a domain in a VPC that the functions are in, and this machine is not', async () => {
    const cli = await healthyDeployment();
    cli.world.planFile = planFileText({ search: { vpc: { subnets: ['subnet-1'], securityGroups: ['sg-1'] } } });
    cli.account.contact = { reached: false, failure: 'timeout', isPrivate: true, isNear: false, why: '' };

    expect(await finding(cli, 'ENDPOINT')).toMatchObject({
      outcome: 'not checked',
      message: expect.stringContaining('VPC'),
    });
    expect(await finding(cli, 'CLUSTER_HEALTH')).toMatchObject({ outcome: 'not checked' });
  });

  it('what only the domain tells, where it is not reached; what the plan file tells is checked', async () => {
    const cli = await healthyDeployment();
    cli.account.contact = { reached: false, failure: 'refused', isPrivate: false, isNear: false, why: '' };
    const repository = { name: 'tandem', bucket: 'snapshots', basePath: 'app' };
    const other = { search: { endpoint: 'https://other.example.com', repository } };
    cli.world.planFile = planFileText({ plans: { other } });

    expect(await finding(cli, 'REPOSITORY_REGISTERED')).toMatchObject({ outcome: 'not checked' });
    expect(await finding(cli, 'REPOSITORY_ONE_WRITER')).toMatchObject({ outcome: 'failed' });
  });

  it('what the caller may not ask, as permissions in the policy simulator', async () => {
    const cli = await healthyDeployment();
    const refusal = new TandemError('ACCESS_DENIED', 'not authorized to perform: iam:SimulatePrincipalPolicy');
    cli.account.faults.fail('roles.denied', refusal, { times: Number.POSITIVE_INFINITY });

    expect(await finding(cli, 'PASS_ROLE')).toMatchObject({
      outcome: 'not checked',
      message: expect.stringContaining('iam:SimulatePrincipalPolicy'),
    });
  });

  it('what an endpoint does not offer, and makes the other checks', async () => {
    const cli = await healthyDeployment();
    cli.account.faults.fail('account.identity', new TandemError('SERVICE_NOT_OFFERED', 'STS answered HTTP 501'));

    const { document, code } = await cli.run('doctor', 'app', '--json');

    expect(answerSchema.parse(document).checks.filter(({ outcome }) => outcome !== 'ok')).toEqual([
      expect.objectContaining({ code: 'CREDENTIALS', outcome: 'not checked' }),
      expect.objectContaining({ code: 'ACCOUNT', outcome: 'not checked' }),
      expect.objectContaining({ code: 'CLOCK', outcome: 'not checked' }),
    ]);
    expect(code).toBe(0);
  });

  it('the tables of a plan with tags, where the account has so many that it would take long', async () => {
    const cli = await healthyDeployment();
    cli.world.addTables(50);
    cli.world.planFile = planFileText({ tables: { include: [], tags: { application: 'shop' } } });

    expect(await finding(cli, 'TABLES_SELECTED')).toMatchObject({ outcome: 'not checked' });
    expect(cli.world.dynamo.faults.count('tables.tags')).toBe(0);
  });

  it('everything else, where there are no credentials', async () => {
    const cli = await healthyDeployment();
    cli.account.caller = undefined;

    const { document, code } = await cli.run('doctor', 'app', '--json');

    const [credentials, ...others] = answerSchema.parse(document).checks;
    expect(credentials).toMatchObject({ code: 'CREDENTIALS', outcome: 'failed' });
    expect(new Set(others.map(({ outcome }) => outcome))).toEqual(new Set(['not checked']));
    expect(code).toBe(3);
  });
});

describe('the doctor in a domain with fine-grained access control', () => {
  const securityRole = {
    clusterPermissions: ['*'],
    indexPermissions: [{ indexPatterns: ['*'], allowedActions: ['*'] }],
  };

  it('asks for the roles of the functions, and takes the ARN of an assumed role for that of the role', async () => {
    const cli = await healthyDeployment();
    const mapping = { users: [], backendRoles: ['arn:aws:iam::111122223333:role/path/operators'] };
    const configuration = { roles: { tandem: securityRole }, mappings: { tandem: mapping }, actionGroups: {} };
    cli.world.search.security.control(['tandem'], configuration);
    const arn = 'arn:aws:sts::111122223333:assumed-role/operators/me';
    cli.account.caller = { id: '111122223333', arn, answeredAt: undefined };

    expect(await finding(cli, 'SECURITY_MAPPING')).toMatchObject({ outcome: 'failed' });
    expect(await finding(cli, 'SECURITY_MAPPING', '--local')).toMatchObject({ outcome: 'ok' });
    expect(await finding(cli, 'SECURITY_PERMISSIONS', '--local')).toMatchObject({ outcome: 'ok' });
  });

  it('names the permission that the domain has just refused to who runs the workflows', async () => {
    const cli = await healthyDeployment();
    cli.world.search.security.control([], { roles: {}, mappings: {}, actionGroups: {} });
    const refusal =
      'security_exception: no permissions for [cluster:monitor/health] and User [name=x, backend_roles=[]]';
    cli.world.search.faults.fail('cluster.health', new TandemError('SEARCH_UNAUTHORIZED', refusal), { times: 2 });

    expect(await finding(cli, 'SECURITY_PERMISSIONS', '--local')).toMatchObject({
      outcome: 'failed',
      message: 'The caller lacks permissions of the domain: cluster:monitor/health.',
    });
  });

  it('does not check what only an administrator may read', async () => {
    const cli = await healthyDeployment();
    const { security } = cli.world.search;
    security.control(['tandem'], { roles: {}, mappings: {}, actionGroups: {} });
    security.faults.fail('security.configuration', new TandemError('SEARCH_UNAUTHORIZED', 'no admin'), { times: 9 });

    expect(await finding(cli, 'SECURITY_PERMISSIONS')).toMatchObject({ outcome: 'not checked', message: 'no admin' });
  });
});

describe('what the doctor cannot begin with', () => {
  it('is a deployment in several stages, of which none is named', async () => {
    const cli = await healthyDeployment(['tandem-prod-backup', 'tandem-test-backup']);

    expect((await cli.run('doctor', 'app')).code).toBe(2);
    expect(await finding(cli, 'DEPLOYMENT', '--stage', 'prod')).toMatchObject({ outcome: 'ok' });
  });

  it('is a plan file that is wrong, told with its line, such as a repository name that begins with cs-', async () => {
    const cli = await healthyDeployment();
    cli.world.planFile = planFileText().replace('name: tandem', 'name: cs-tandem');

    const { code, stderr } = await cli.run('doctor', 'app');

    expect(code).toBe(2);
    expect(stderr).toMatch(/tandem\.yml:\d+: plans\.app\.search\.repository\.name: may not start with cs-/);
  });
});

it('the remedies are commands that a shell takes as they are', async () => {
  const cli = await healthyDeployment();
  cli.account.roles.set('snapshots', { arn: snapshotRole, trustedServices: [] });

  const remedy = (await finding(cli, 'SNAPSHOT_ROLE_TRUST'))?.remedy;

  expect(remedy).toMatch(/^aws iam update-assume-role-policy --role-name snapshots --policy-document '\{.*\}'$/);
  const policy = z.object({ Version: z.literal('2012-10-17') }).safeParse(JSON.parse(remedy?.split("'")[1] ?? ''));
  expect(policy.success).toBe(true);
});
