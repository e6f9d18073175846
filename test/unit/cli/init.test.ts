import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { parsePlanFile } from '../../../shared/core/plan-file.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { Domain } from '../../../shared/ports/domains.ts';
import { CommandLine } from '../../support/command-line.ts';
import { fakeDomains } from '../../support/fakes/domains.ts';
import { World } from '../../support/world.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-init-'));
  file = join(folder, 'tandem.yml');
});

const shop: Domain = {
  name: 'shop',
  endpoint: 'https://vpc-shop-abc.eu-west-1.es.amazonaws.com',
  engine: 'OpenSearch 2.11',
  access: 'fine-grained',
  vpc: { subnets: ['subnet-1', 'subnet-2'], securityGroups: ['sg-1'] },
};
const logs: Domain = { ...shop, name: 'logs', endpoint: 'https://search-logs-abc.es.amazonaws.com', vpc: undefined };

/** The command line in an account with these tables and domains, without a plan file. */
function accountWith(tables: string[], domains: Domain[] = []): CommandLine {
  const cli = new CommandLine(new World());
  cli.world.planFile = undefined;
  for (const name of tables) cli.world.dynamo.addTable({ name });
  cli.domains = fakeDomains(domains);
  return cli;
}

const shopTables = ['shop-orders', 'shop-products'];

async function written() {
  const { where: _where, ...planFile } = parsePlanFile(await readFile(file, 'utf8'), file);
  return planFile;
}

describe('tandem init without a terminal', () => {
  it('writes what is usual for the only group of tables and the only domain that there are', async () => {
    const cli = accountWith(shopTables, [shop]);

    const { code, document } = await cli.run('init', '--config', file, '--json');

    expect(code).toBe(0);
    const plan = {
      tables: { include: ['shop-*'], exclude: [] },
      search: {
        endpoint: shop.endpoint,
        auth: { type: 'sigv4' },
        vpc: shop.vpc,
        indices: { include: ['*'], exclude: [] },
        repository: {
          name: 'tandem',
          bucket: 'tandem-snapshots-111122223333-eu-west-1',
          basePath: 'shop',
          roleArn: 'arn:aws:iam::111122223333:role/tandem-snapshot-eu-west-1',
          settings: {},
          existing: [],
        },
        restoreEndpoints: [],
      },
      schedule: { cron: 'cron(0 2 * * ? *)', timezone: 'Europe/Amsterdam' },
      retention: { keepLast: 3, daily: 7, weekly: 4, monthly: 12 },
    };
    const byItself = {
      strategies: { tables: 'replace', indices: 'replace', writeUnits: 1_000 },
      writers: { functions: [] },
      deadline: 4 * 3_600,
      alerts: { email: [] },
    };
    expect(await written()).toEqual({
      version: 1,
      catalog: { bucket: 'tandem-catalog-111122223333-eu-west-1' },
      plans: { shop: { ...plan, ...byItself } },
    });
    expect(document).toEqual({
      file,
      account: '111122223333',
      region: 'eu-west-1',
      catalogBucket: 'tandem-catalog-111122223333-eu-west-1',
      plan: 'shop',
      ...plan,
      tables: { ...plan.tables, names: shopTables },
      search: { domain: 'shop', ...plan.search },
      email: [],
      outside: [],
      warnings: ['Nobody hears of a run that failed: add an address to alerts.email.'],
      nextSteps: expect.any(Array),
    });
  });

  it('takes every answer from an option', async () => {
    const cli = accountWith(['shop-orders', 'users'], [shop, logs]);
    cli.world.dynamo.addTable({ name: 'cms', tags: { Backup: 'a=b' } });

    const { code } = await cli.run(
      ...['init', '--config', file, '--json', '--plan', 'all', '--tables', 'shop-*', 'users', '--tags', 'Backup=a=b'],
      ...['--domain', 'logs', '--indices', 'app-*', 'x', '--cron', 'rate(1 day)', '--timezone', 'UTC'],
      ...['--retention', 'keepLast=5,monthly=0', '--email', 'a@example.org', 'b@example.org', '--bucket', 'catalog'],
      ...['--snapshot-bucket', 'snapshots', '--snapshot-role', 'arn:aws:iam::111122223333:role/own'],
      ...['--existing', 'bucket', 'role'],
    );

    expect(code).toBe(0);
    expect(await written()).toMatchObject({
      catalog: { bucket: 'catalog' },
      plans: {
        all: {
          tables: { include: ['shop-*', 'users'], tags: { Backup: 'a=b' } },
          search: {
            endpoint: logs.endpoint,
            indices: { include: ['app-*', 'x'] },
            repository: {
              bucket: 'snapshots',
              basePath: 'all',
              roleArn: 'arn:aws:iam::111122223333:role/own',
              existing: ['bucket', 'role'],
            },
          },
          schedule: { cron: 'rate(1 day)', timezone: 'UTC' },
          retention: { keepLast: 5, daily: 7, weekly: 4, monthly: 0 },
          alerts: { email: ['a@example.org', 'b@example.org'] },
        },
      },
    });
  });

  it('tells a person what it found, and how to go on', async () => {
    const cli = accountWith(shopTables, [shop]);

    const { stdout } = await cli.run('init', '--config', file, '--email', 'ops@example.org');

    expect(stdout.split('\n')).toEqual([
      `${file} is written: plan shop of account 111122223333 in eu-west-1.`,
      '  2 tables: shop-orders, shop-products',
      '  search domain shop (OpenSearch 2.11, fine-grained access control, in a VPC)',
      '  cron(0 2 * * ? *) in Europe/Amsterdam',
      'What to do next:',
      `  mv -i ${file} ${process.cwd()}`,
      '  npm run deploy -- --stage prod --region eu-west-1',
      '  npx tandem setup shop',
      '  npx tandem doctor shop',
      '  npx tandem backup shop',
      '',
    ]);
    expect(await readFile(file, 'utf8')).toContain(
      `${shop.endpoint} # OpenSearch 2.11, fine-grained access control, in a VPC`,
    );
  });

  it.each([
    ['no domain', ['--domain', 'none'], ['shop-*'], undefined],
    ['no tables', ['--tables', 'none'], undefined, shop.endpoint],
  ])('makes a plan with %s where that is said', async (_case, options, include, endpoint) => {
    const cli = accountWith(shopTables, [shop]);

    expect(await cli.run('init', '--config', file, '--plan', 'one', ...options)).toMatchObject({ code: 0 });
    const { one } = (await written()).plans;
    expect(one?.tables?.include).toEqual(include);
    expect(one?.search?.endpoint).toBe(endpoint);
  });

  it('asks for no more than it needs: neither for tables nor for domains where there are to be none', async () => {
    const cli = accountWith(shopTables, [shop]);

    expect(await cli.run('init', '--config', file, '--tables', 'none')).toMatchObject({ code: 0 });
    expect(cli.world.dynamo.faults.count('tables.list')).toBe(0);

    cli.domains = { list: () => Promise.reject(new TandemError('ACCESS_DENIED', 'not authorized to list them')) };
    expect(await cli.run('init', '--config', file, '--force', '--json')).toMatchObject({
      code: 2,
      document: { error: { code: 'ACCESS_DENIED', remedy: expect.stringContaining('--domain none') } },
    });
    expect(await cli.run('init', '--config', file, '--force', '--domain', 'none')).toMatchObject({ code: 0 });
  });

  it.each([
    [
      'several groups of tables',
      ['shop-a', 'shop-b', 'users'],
      [],
      [],
      'Which tables? There are *, shop-*, users.',
      '--tables or --tags',
    ],
    [
      'several domains',
      ['users'],
      [shop, logs],
      [],
      'Which search domain? There are logs (OpenSearch 2.11, fine-grained access control); shop (OpenSearch 2.11, fine-grained access control, in a VPC); none.',
      '--domain',
    ],
    [
      'a domain that there is not',
      ['users'],
      [shop],
      ['--domain', 'x'],
      'There is no domain named x. There are: shop.',
      '--domain',
    ],
    [
      'a domain without an address',
      ['users'],
      [{ ...shop, endpoint: undefined }],
      [],
      'The domain shop has no address',
      '--domain',
    ],
    ['nothing at all', [], [], [], 'There is nothing to back up', 'AWS_REGION'],
    ['a wrong name', ['users'], [], ['--plan', 'a b'], '--plan "a b": a plan has a name', '--help'],
    ['a wrong time zone', ['users'], [], ['--timezone', 'Mars'], '--timezone "Mars": must be a time zone', '--help'],
    [
      'a time zone in small letters',
      ['users'],
      [],
      ['--timezone', 'Europe/amsterdam'],
      'must be a time zone',
      '--help',
    ],
    ['a table without a name', ['users'], [], ['--tables', ''], 'tables[0]: ', ''],
    [
      'a wrong schedule',
      ['users'],
      [],
      ['--cron', '0 2 * * *'],
      '--cron "0 2 * * *": must be an EventBridge',
      '--help',
    ],
    ['a wrong address', ['users'], [], ['--email', 'ops'], '--email "ops": must be e-mail addresses', '--help'],
    ...['A_B', 'two..dots', '192.168.1.1'].map((name): [string, string[], [], string[], string, string] => [
      `the bucket ${name}`,
      ['users'],
      [],
      ['--bucket', name],
      `--bucket "${name}": must be the name of a bucket`,
      '--help',
    ]),
    ['a wrong count', ['users'], [], ['--retention', 'daily=x'], '--retention "daily=x": daily: ', '--help'],
    ['an unknown count', ['users'], [], ['--retention', 'yearly=1'], 'Unrecognized key: "yearly"', '--help'],
    [
      'a wrong role',
      [],
      [shop],
      ['--snapshot-role', 'me'],
      '--snapshot-role "me": must be the ARN of a role',
      '--help',
    ],
    ['no index', [], [shop], ['--indices', ''], '--indices "": names no index', '--help'],
    ['a wrong tag', ['users'], [], ['--tags', 'Backup'], '--tags "Backup": must be a tag', ''],
    ['an environment of nothing', ['users'], [], ['--env', 'prod'], 'An environment or a variant of what?', '--webiny'],
  ])('is refused with what to say instead: %s', async (_case, tables, domains, options, message, remedy) => {
    const { code, document } = await accountWith(tables, domains).run('init', '--config', file, '--json', ...options);

    expect(code).toBe(2);
    expect(document).toMatchObject({
      error: { code: 'USAGE', message: expect.stringContaining(message), remedy: expect.stringContaining(remedy) },
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['a glob', ['--tables', 'shop-*', 'gone-*'], '--tables: "gone-*" matches no table.'],
    ['tags', ['--tags', 'Backup=never'], '--tags: no table carries the tags {"Backup":"never"}.'],
  ])('is refused where %s matches nothing', async (_case, options, message) => {
    const { code, document } = await accountWith(shopTables).run('init', '--config', file, '--json', ...options);

    expect(code).toBe(2);
    expect(document).toMatchObject({ error: { code: 'TABLES_MATCH_NOTHING', message } });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('tandem init says how to go on', () => {
  const deploy = 'npm run deploy -- --stage prod --region eu-west-1';

  async function nextSteps(path: string, projectFolder: string) {
    const cli = accountWith(shopTables);
    cli.projectFolder = projectFolder;
    await mkdir(join(folder, 'plans'));
    const { document } = await cli.run('init', '--json', '--config', join(folder, path));
    return document;
  }

  it('in the folder that it is deployed from', async () => {
    expect(await nextSteps('tandem.yml', folder)).toMatchObject({
      nextSteps: [`cd ${folder}`, deploy, 'npx tandem doctor shop', 'npx tandem backup shop'],
    });
  });

  it('with a plan file of another name, as a deployment takes it', async () => {
    expect(await nextSteps("plans/app's.yml", folder)).toMatchObject({
      nextSteps: [
        `cd ${folder}`,
        `TANDEM_CONFIG='plans/app'\\''s.yml' ${deploy}`,
        `npx tandem doctor shop --config 'plans/app'\\''s.yml'`,
        `npx tandem backup shop --config 'plans/app'\\''s.yml'`,
      ],
    });
  });

  it('with a plan file from elsewhere, which a deployment does not take', async () => {
    expect(await nextSteps('plans/app.yml', process.cwd())).toMatchObject({
      nextSteps: [
        `mv -i ${join(folder, 'plans/app.yml')} ${process.cwd()}`,
        `TANDEM_CONFIG=app.yml ${deploy}`,
        'npx tandem doctor shop --config app.yml',
        'npx tandem backup shop --config app.yml',
      ],
    });
  });
});

describe('the file that tandem init writes', () => {
  it('does not take the place of another one', async () => {
    await writeFile(file, 'precious');

    const { code, document } = await accountWith(shopTables).run('init', '--config', file, '--json');

    expect(code).toBe(2);
    expect(document).toMatchObject({ error: { code: 'PLAN_FILE_EXISTS', message: `${file} exists already.` } });
    expect(await readFile(file, 'utf8')).toBe('precious');
  });

  it('does not take the place of one that somebody made meanwhile', async () => {
    const cli = accountWith(shopTables);
    const { list } = cli.world.dynamo.tables;
    cli.world.dynamo.tables.list = async () => {
      await writeFile(file, 'precious');
      return list();
    };

    expect(await cli.run('init', '--config', file, '--json')).toMatchObject({
      code: 2,
      document: { error: { code: 'PLAN_FILE_EXISTS' } },
    });
    expect(await readFile(file, 'utf8')).toBe('precious');
    expect(await readdir(folder)).toEqual(['tandem.yml']);
  });

  it('takes its place where that is said', async () => {
    await writeFile(file, 'old');

    expect(await accountWith(shopTables).run('init', '--config', file, '--force')).toMatchObject({ code: 0 });
    expect(Object.keys((await written()).plans)).toEqual(['shop']);
    expect(await readdir(folder)).toEqual(['tandem.yml']);
  });

  it.each([
    ['a folder', '.'],
    ['in no folder', 'nowhere/tandem.yml'],
    ['in a file', 'file/tandem.yml'],
  ])('cannot be %s', async (_case, path) => {
    await writeFile(join(folder, 'file'), '');

    const { code, document } = await accountWith(shopTables).run(
      'init',
      '--force',
      '--json',
      '--config',
      join(folder, path),
    );

    expect(code).toBe(2);
    expect(document).toMatchObject({ error: { code: 'PLAN_FILE_UNWRITABLE' } });
  });

  it('is where the environment says', async () => {
    const cli = accountWith(shopTables);
    cli.env = { TANDEM_CONFIG: file };

    expect(await cli.run('init')).toMatchObject({ code: 0 });
    expect(await readdir(folder)).toEqual(['tandem.yml']);
  });
});
