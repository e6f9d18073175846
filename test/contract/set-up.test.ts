import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { administrator } from '../../sandbox/parts/security-plugin.ts';
import { clientOf } from '../support/emulators.ts';
import { writePlanFile } from '../support/plan-file-of-test.ts';
import { nameOf } from '../support/search-trial.ts';
import { mapUndisturbed, master, roleOf, type SecuredDomain, startSecuredDomain } from '../support/secured-domain.ts';
import { type Answer, tandem } from '../support/tandem-command.ts';

/** `tandem` with the keys of MiniStack's root, whom the domain takes for a role of that name. */
const caller = 'test';
const bucket = `set-up-${randomUUID()}`;
const secret = `master-${randomUUID()}`;

let domain: SecuredDomain;
let openDistro: SecuredDomain;

beforeAll(async () => {
  [domain, openDistro] = await Promise.all([startSecuredDomain(), startSecuredDomain({ isOpenDistro: true })]);
  const aws = clientOf(inject('miniStack'));
  await new S3Client({ ...aws, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: bucket }));
  const text = JSON.stringify(administrator);
  await new SecretsManagerClient(aws).send(new CreateSecretCommand({ Name: secret, SecretString: text }));
});
afterAll(() => Promise.all([domain.stop(), openDistro.stop()]));

/** A plan of its own: a repository, a place in the bucket and an index. */
async function newPlan(settings: Record<string, unknown> = {}, name = nameOf('plan'), at = domain) {
  const search = {
    endpoint: at.endpoint,
    indices: { include: [`${name}-*`] },
    repository: { name, bucket, basePath: name, roleArn: roleOf('snapshots'), settings },
  };
  const file = await writePlanFile({ version: 1, catalog: { bucket }, plans: { app: { search } } });
  const run = (command: string, ...options: string[]): Promise<Answer> => {
    const keys = { AWS_ACCESS_KEY_ID: caller, AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1' };
    const env = { ...keys, AWS_ENDPOINT_URL: inject('miniStack') };
    return tandem([command, 'app', '--config', file, '--local', ...options], env);
  };
  const asMaster = ['--master-user', administrator.username, '--master-secret', secret];
  return { name, run, setUp: (...options: string[]) => run('setup', '--yes', ...asMaster, ...options) };
}

describe('tandem setup, on a domain with the real security plugin', () => {
  it('lets the roles that it maps back up and restore, and is then done', async () => {
    const { name, run, setUp } = await newPlan();
    const index = `${name}-products`;
    await domain.call('PUT', `/${index}`, { settings: { number_of_replicas: 0 } });
    await domain.call('POST', `/${index}/_doc?refresh`, { title: 'a product' });
    const other = nameOf('role');
    const { security } = domain.with(master);
    const others = { backendRoles: [other], users: ['somebody-else'] };
    await mapUndisturbed(security, 'manage_snapshots', others);

    const first = await setUp('--role-arn', roleOf(caller));

    expect(first).toMatchObject({ exitCode: 0, json: { state: 'SET_UP', remaining: [] } });
    expect((await security.mapping('manage_snapshots'))?.backendRoles).toEqual(
      expect.arrayContaining([other, roleOf(caller)]),
    );
    expect((await security.mapping('manage_snapshots'))?.users).toContain('somebody-else');
    expect(await setUp('--role-arn', roleOf(caller))).toMatchObject({ exitCode: 0, json: { changes: [] } });

    const mapped = { code: 'SECURITY_MAPPING', outcome: 'ok', message: expect.stringContaining('tandem') };
    expect(await run('doctor')).toMatchObject({
      json: { checks: expect.arrayContaining([expect.objectContaining(mapped)]) },
    });

    expect(await run('backup')).toMatchObject({ exitCode: 0, json: { snapshot: { indices: [{ documents: 1 }] } } });
    await domain.call('POST', `/${index}/_doc?refresh`, { title: 'too many' });
    expect(await run('restore', '--yes')).toMatchObject({ exitCode: 0, json: { state: 'COMPLETE', differences: [] } });
    expect(await domain.call('GET', `/${index}/_count`)).toMatchObject({ count: 1 });
  });

  it('speaks the older dialect, and reads a repository without writing to it', async () => {
    const writer = await newPlan();
    await writer.setUp('--role-arn', roleOf(caller));
    const reader = await newPlan({ readonly: true }, writer.name, openDistro);
    await domain.with(master).snapshots.unregister(writer.name);

    const answer = await reader.setUp('--role-arn', roleOf(caller), roleOf(nameOf('role')));

    expect(answer).toMatchObject({
      exitCode: 0,
      json: {
        state: 'SET_UP',
        domain: {
          security: { dialect: '_opendistro/_security' },
          repository: { settings: expect.objectContaining({ readonly: 'true' }) },
        },
      },
    });
  });

  it('adds those of several set-ups at the same time, and loses none', async () => {
    await (await newPlan()).setUp('--role-arn', roleOf(caller));
    const roles = Array.from({ length: 3 }, () => roleOf(nameOf('role')));
    const plans = await Promise.all(roles.map(() => newPlan()));

    const answers = await Promise.all(
      plans.map(({ setUp }, position) => setUp('--role-arn', roleOf(caller), String(roles[position]))),
    );

    expect(answers.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    const mapping = await domain.with(master).security.mapping('tandem');
    expect(mapping?.backendRoles).toEqual(expect.arrayContaining(roles));
  });

  it.each([
    ['with a wrong password', ['--master-user', 'nobody', '--master-secret', secret]],
    ['as a role that may not administer it', []],
  ])('changes nothing %s, and says who can', async (_case, options) => {
    const { name, run } = await newPlan();

    const { exitCode, json } = await run('setup', '--yes', '--role-arn', roleOf(caller), ...options);

    expect({ exitCode, json }).toMatchObject({
      exitCode: 2,
      json: { error: { code: 'SEARCH_UNAUTHORIZED', remedy: expect.stringContaining('--master-user') } },
    });
    expect(await domain.with(master).snapshots.repository(name)).toBeUndefined();
  });

  it('does not leave a repository behind that cannot be used', async () => {
    // A read-only one of a place that is not there: with a folder as its store the server finds nothing to read.
    const { name, setUp } = await newPlan({ readonly: true });

    expect(await setUp('--role-arn', roleOf(caller))).toMatchObject({
      exitCode: 1,
      json: { error: { code: 'REPOSITORY_UNVERIFIED' } },
    });
    expect(await domain.with(master).snapshots.repository(name)).toBeUndefined();
  });
});
