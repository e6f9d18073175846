import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { CommandLine } from '../../support/command-line.ts';
import { trustIn } from '../../support/fakes/account.ts';
import { healthyDeployment, planFileText } from '../../support/healthy-deployment.ts';
import { catalog, usualSearch } from '../../support/world.ts';

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
  it('what only the policy of the bucket allows the snapshot role', async () => {
    const cli = await healthyDeployment();
    cli.account.identities.decide(snapshotRole, 's3:PutObject', 'silent');
    const statement = { Effect: 'Allow', Principal: { AWS: snapshotRole }, Action: 's3:*Object', Resource: '*' };
    cli.account.changeBucket('snapshots', { policy: JSON.stringify({ Statement: statement }) });

    expect(await finding(cli, 'SNAPSHOT_ROLE_BUCKET')).toMatchObject({ outcome: 'ok' });
  });

  it('what only the policy of the key allows the snapshot role', async () => {
    const cli = await healthyDeployment();
    cli.account.identities.add(snapshotRole, ['s3:ListBucket', 's3:GetObject', 's3:PutObject', 's3:DeleteObject']);
    const statement = { Effect: 'Allow', Principal: { AWS: snapshotRole }, Action: 'kms:*', Resource: '*' };
    const arn = 'arn:aws:kms:eu-west-1:111122223333:key/1';
    cli.account.keys.set('alias/snapshots', {
      arn,
      state: 'Enabled',
      isOfAws: false,
      policy: JSON.stringify({ Statement: [statement] }),
    });
    cli.account.changeBucket('snapshots', { key: 'alias/snapshots' });

    expect(await finding(cli, 'SNAPSHOT_ROLE_KEY')).toMatchObject({ outcome: 'ok' });
  });

  it("the key that is AWS's own for S3, which nobody's policies name", async () => {
    const cli = await healthyDeployment();
    const key = 'arn:aws:kms:eu-west-1:111122223333:key/2';
    cli.account.keys.set(key, { arn: key, state: 'Enabled', isOfAws: true, policy: '' });

    for (const name of [key, 'alias/aws/s3', 'arn:aws:kms:eu-west-1:111122223333:alias/aws/s3']) {
      cli.account.changeBucket('snapshots', { key: name });
      expect(await finding(cli, 'SNAPSHOT_ROLE_KEY')).toMatchObject({ outcome: 'ok' });
    }
  });

  it.for([
    ['the policies of the snapshot role', 's3:PutObject', snapshotRole, 'SNAPSHOT_ROLE_BUCKET'],
    ['who registers the repository', 'iam:PassRole', 'arn:aws:iam::111122223333:role/backup', 'PASS_ROLE'],
  ])(
    'what is known of %s only when a call is made, but checks it where nobody has made one',
    async ([, action, who, code]) => {
      const cli = await healthyDeployment();
      cli.account.identities.decide(who ?? '', action ?? '', 'unclear');
      cli.world.search.setUnwritable('tandem', 'Access Denied');

      expect(await finding(cli, code ?? '')).toMatchObject({ outcome: 'not checked' });
    },
  );

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

  it('the key of a bucket of another region, which is of that region too', async () => {
    const cli = await healthyDeployment();
    const key = 'arn:aws:kms:us-east-1:111122223333:key/3';
    const account = {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: '*',
      Resource: '*',
    };
    cli.account.keys.set(key, {
      arn: key,
      state: 'Enabled',
      isOfAws: false,
      policy: JSON.stringify({ Statement: account }),
    });
    cli.account.changeBucket('snapshots', { region: 'us-east-1', key });

    expect(await finding(cli, 'SNAPSHOT_ROLE_KEY')).toMatchObject({ outcome: 'ok' });
  });

  it('that a plan for restores alone makes no recovery points, and has nothing to start it', async () => {
    const cli = await healthyDeployment();
    const repository = { name: 'tandem', bucket: 'snapshots', basePath: 'app', settings: { readonly: true } };
    cli.world.planFile = planFileText({ schedule: null, search: { repository } });
    cli.world.buckets.tamper(catalog, 'recovery-points/app/backup-1/manifest.json', undefined);

    expect(await finding(cli, 'SCHEDULE')).toMatchObject({ outcome: 'ok' });
    expect(await finding(cli, 'RECOVERY_POINT_AGE')).toMatchObject({ outcome: 'ok' });
  });

  it('a name of a principal for what is said of a signature', async () => {
    const cli = await healthyDeployment();
    const refusal =
      'User: arn:aws:sts::111122223333:assumed-role/credential-rotation/me is not authorized to perform: es:ESHttpGet';
    cli.world.search.faults.fail('indices.engine', new TandemError('SEARCH_UNAUTHORIZED', refusal), { times: 9 });

    expect(await finding(cli, 'REQUESTS_SIGNED')).toMatchObject({ outcome: 'ok' });
    expect(await finding(cli, 'DOMAIN_ACCESS', '--local')).toMatchObject({ outcome: 'failed' });
  });

  it('a restore that has ended, and whose settings of the cluster somebody has set otherwise since', async () => {
    const cli = await healthyDeployment();
    expect((await cli.world.restore({ confirmed: true, fast: true })).status).toBe('SUCCEEDED');
    expect(await finding(cli, 'RESTORE_ENDED')).toMatchObject({ outcome: 'ok' });

    await cli.world.restore({ confirmed: true, fast: true, safetyPoint: false }, { name: 'undo', killAfterTasks: 6 });
    const killed = await finding(cli, 'RESTORE_ENDED');
    expect(killed).toMatchObject({ outcome: 'warning', message: expect.stringContaining('action.auto_create_index') });

    await cli.world.search.settings.write('action.auto_create_index', { level: 'persistent', value: 'false' });
    expect((await finding(cli, 'RESTORE_ENDED'))?.message).not.toContain('action.auto_create_index');
    // Where it may not be looked at, it is taken to be as it was noted down.
    cli.world.search.faults.fail('settings.read', new TandemError('SEARCH_UNAUTHORIZED', 'no permissions'), {
      times: 9,
    });
    expect(await finding(cli, 'RESTORE_ENDED')).toEqual(killed);
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

  it('a topic of another account, which keeps nothing else from being looked at', async () => {
    const cli = await healthyDeployment([]);
    const { repository } = usualSearch;
    cli.world.planFile = planFileText({
      search: { repository: { ...repository, roleArn: undefined } },
      alerts: { topic: 'arn:aws:sns:eu-west-1:999999999999:alerts' },
    });

    expect(await finding(cli, 'ACCOUNT')).toMatchObject({ outcome: 'failed' });
    expect(await finding(cli, 'DEPLOYMENT')).toMatchObject({ outcome: 'failed' });
  });

  it('a deployment that could not be looked for, which may be there', async () => {
    const cli = await healthyDeployment();
    cli.account.region = 'us-east-1';
    cli.world.planFile = planFileText({ search: { endpoint: 'https://search-app-abc.eu-west-1.es.amazonaws.com' } });
    const refusal = new TandemError('ACCESS_DENIED', 'states:ListStateMachines');
    cli.executions.faults.fail('executions.machines', refusal, { times: 9 });

    expect(await finding(cli, 'TABLES_SELECTED')).toMatchObject({ outcome: 'ok' });
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
    cli.account.identities.faults.fail('identities.decisions', refusal, { times: Number.POSITIVE_INFINITY });

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

  it('the recovery of the tables that there was no time for, and says of how many', async () => {
    const cli = await healthyDeployment();
    cli.world.addTables(50);

    expect(await finding(cli, 'TABLE_POINT_IN_TIME_RECOVERY')).toMatchObject({
      outcome: 'not checked',
      message: '40 tables have it; DynamoDB tells it of ten tables a second, and 10 of 50 were not looked at',
    });
    expect(await finding(cli, 'TABLE_DELETION_PROTECTION')).toMatchObject({ outcome: 'ok' });
  });

  it('what the plan selects, but still how many tables there are', async () => {
    const cli = await healthyDeployment();
    cli.account.tableQuota = 2;
    cli.world.planFile = planFileText({ tables: { include: ['shop-*'] } });

    expect(await finding(cli, 'TABLE_QUOTA')).toMatchObject({ outcome: 'failed' });
  });

  it('the schedule that a plan lacks, where nothing of a deployment is looked at', async () => {
    const cli = await healthyDeployment();
    cli.world.planFile = planFileText({ schedule: null });

    expect(await finding(cli, 'SCHEDULE', '--local')).toMatchObject({ outcome: 'not checked' });
  });

  it('the domain and the catalog, where only the functions are let in', async () => {
    const cli = await healthyDeployment();
    const refusal = new TandemError('SEARCH_UNAUTHORIZED', 'User: x is not authorized to perform: es:ESHttpGet');
    cli.world.search.faults.fail('indices.engine', refusal, { times: 9 });
    cli.world.buckets.faults.fail('objects.list', new TandemError('ACCESS_DENIED', 's3:ListBucket'), { times: 9 });

    expect(await finding(cli, 'DOMAIN_ACCESS')).toMatchObject({ outcome: 'not checked' });
    expect(await finding(cli, 'CATALOG')).toMatchObject({ outcome: 'not checked' });
  });

  it('a password that the caller may not read, where the functions may', async () => {
    const cli = await healthyDeployment();
    cli.world.planFile = planFileText({ search: { auth: { type: 'basic', username: 'admin', secret: 'app/admin' } } });
    const refusal = 'AccessDeniedException: User: x is not authorized to perform: secretsmanager:GetSecretValue';
    const always = { times: Number.POSITIVE_INFINITY };
    cli.world.search.faults.fail('indices.engine', new TandemError('SECRET_UNREADABLE', refusal), always);

    expect(await finding(cli, 'REQUESTS_SIGNED')).toMatchObject({ outcome: 'not checked' });
    expect(await finding(cli, 'REQUESTS_SIGNED', '--local')).toMatchObject({ outcome: 'failed' });
  });

  it('whether another domain writes to the repository, where the bucket may not be read', async () => {
    const cli = await healthyDeployment();
    const denied = new TandemError('ACCESS_DENIED', 'No.');
    cli.world.buckets.faults.fail('objects.get', denied, { target: 'app.tandem-owner.json' });

    expect(await finding(cli, 'REPOSITORY_ONE_WRITER')).toMatchObject({ outcome: 'not checked' });
  });

  it('what the policy of the bucket may allow, where it may not be read', async () => {
    const cli = await healthyDeployment();
    cli.account.identities.decide(snapshotRole, 's3:PutObject', 'silent');
    cli.account.faults.fail('buckets.policy', new TandemError('ACCESS_DENIED', 's3:GetBucketPolicy'), { times: 9 });
    cli.world.search.setUnwritable('tandem', 'Access Denied');

    expect(await finding(cli, 'SNAPSHOT_ROLE_BUCKET')).toMatchObject({ outcome: 'not checked' });
  });

  it('a trust policy that it cannot read', async () => {
    const cli = await healthyDeployment();
    cli.account.identities.roles.set('snapshots', { arn: snapshotRole, trustPolicy: '%7B' });

    expect(await finding(cli, 'SNAPSHOT_ROLE_TRUST')).toMatchObject({ outcome: 'not checked' });
  });

  it('the tables of a plan with tags, where the account has so many that it would take long', async () => {
    const cli = await healthyDeployment();
    cli.world.addTables(50);
    cli.world.planFile = planFileText({ tables: { include: [], tags: { application: 'shop' } } });

    expect(await finding(cli, 'TABLES_SELECTED')).toMatchObject({ outcome: 'not checked' });
    expect(cli.world.dynamo.faults.count('tables.tags')).toBe(0);
  });

  it.for([
    ['REGION', { region: 'us-east-1' }],
    ['ACCOUNT', { caller: { id: '999999999999', arn: 'arn:aws:iam::999999999999:user/x', answeredAt: undefined } }],
  ] as const)('everything else, where the plan file is about another place than this: %s', async ([code, place]) => {
    const cli = await healthyDeployment([]);
    cli.world.planFile = planFileText({
      search: { endpoint: 'https://search-app-abc.eu-west-1.es.amazonaws.com' },
    });
    Object.assign(cli.account, place);

    const { document } = await cli.run('doctor', 'app', '--json');

    const failed = answerSchema.parse(document).checks.filter(({ outcome }) => outcome === 'failed');
    expect(failed.map((check) => check.code)).toEqual([code]);
    expect(await finding(cli, 'DEPLOYMENT')).toMatchObject({
      outcome: 'not checked',
      message: 'what the plan file names is of another account or region',
    });
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

describe('the doctor takes for wrong', () => {
  it.for([
    ['NO_ANSWER', 'no answer within 8 seconds'],
    ['PROVIDER_FAILURE', 'HTTP 500'],
  ] as const)('a domain that is reached and does not say what it is: %s', async ([code, why]) => {
    const cli = await healthyDeployment();
    cli.world.search.faults.fail('indices.engine', new TandemError(code, why), { times: 9 });

    expect(await finding(cli, 'ENDPOINT')).toMatchObject({ outcome: 'failed', message: expect.stringContaining(why) });
  });

  it('a bucket whose policy lets everybody in, whatever S3 makes of it, but where policies are ignored', async () => {
    const cli = await healthyDeployment();
    const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::snapshots/*' };
    const policy = JSON.stringify({ Statement: [statement] });

    cli.account.changeBucket('snapshots', { isBlocked: false, ignoresPolicies: false, policy });
    expect(await finding(cli, 'BUCKET_PRIVATE')).toMatchObject({ outcome: 'failed' });
    cli.account.changeBucket('snapshots', { ignoresPolicies: true });
    expect(await finding(cli, 'BUCKET_PRIVATE')).toMatchObject({ outcome: 'warning' });
  });

  it('that nothing is deployed here, where the catalog is in another region', async () => {
    const cli = await healthyDeployment([]);
    cli.account.buckets.set(catalog, { ...cli.account.bucket('snapshots'), region: 'us-east-1' });

    expect(await finding(cli, 'REGION')).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('catalog.bucket'),
      remedy: 'export AWS_REGION=us-east-1',
    });
  });

  it('that nobody signs, whatever the words in which the domain says so', async () => {
    const cli = await healthyDeployment();
    cli.world.planFile = planFileText({ search: { auth: { type: 'none' } } });
    cli.world.search.faults.fail('indices.engine', new TandemError('SEARCH_UNAUTHORIZED', 'Unauthorized'), {
      times: 9,
    });

    expect(await finding(cli, 'REQUESTS_SIGNED')).toMatchObject({ outcome: 'failed' });
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

it.for([
  [{ type: 'none' }, /^\(curl https:.*\)$/],
  [{ type: 'basic', username: 'the admin', secret: 'app/admin' }, /^\(curl --user 'the admin' https:.*\)$/],
  // Where there is no session token, its header must not be signed.
  [{ type: 'sigv4' }, /^\(eval .*; curl --aws-sigv4 aws:amz:eu-west-1:es .* \$\{AWS_SESSION_TOKEN:\+-H\} .*\)$/],
] as const)('the remedies ask the domain with the authorization of the plan: %j', async ([auth, command]) => {
  const cli = await healthyDeployment();
  cli.world.search.breakIndex('app-orders', 'the node is gone');
  cli.world.planFile = planFileText({ search: { auth } });

  expect((await finding(cli, 'CLUSTER_HEALTH'))?.remedy).toMatch(command);
});

it('the remedy of a rule leaves all others, whatever its name', async () => {
  const cli = await healthyDeployment();
  const rule = { id: "the `old` one's", prefix: '', expires: true, archives: false };
  cli.account.changeBucket('snapshots', { lifecycleRules: [rule] });

  const { remedy } = (await finding(cli, 'BUCKET_LIFECYCLE')) ?? {};

  expect(remedy).toContain('Rules[?!contains(`["the \\`old\\` one');
});

it('the remedies are commands that a shell takes as they are', async () => {
  const cli = await healthyDeployment();
  cli.account.identities.roles.set('snapshots', { arn: snapshotRole, trustPolicy: trustIn([]) });

  const remedy = (await finding(cli, 'SNAPSHOT_ROLE_TRUST'))?.remedy;

  expect(remedy).toMatch(/^aws iam update-assume-role-policy --role-name snapshots --policy-document '\{.*\}'$/);
  const policy = z.object({ Version: z.literal('2012-10-17') }).safeParse(JSON.parse(remedy?.split("'")[1] ?? ''));
  expect(policy.success).toBe(true);
});
