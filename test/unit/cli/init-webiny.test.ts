import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parsePlanFile } from '../../../shared/core/plan-file.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { Domain } from '../../../shared/ports/domains.ts';
import { CommandLine } from '../../support/command-line.ts';
import { fakeDomains } from '../../support/fakes/domains.ts';
import { webinyDeployment, webinyOutputs, webinyProject, webinyState } from '../../support/webiny-state.ts';
import { World } from '../../support/world.ts';

const newer = '.pulumi/apps/core/.pulumi/stacks/core';
const older = '.pulumi/apps/core/.pulumi/stacks';
const [v5, v6] = [webinyState(webinyOutputs.v5), webinyState(webinyOutputs.v6)];

/** A command line without credentials and without a plan file. */
function withoutAccount(): CommandLine {
  const cli = new CommandLine(new World());
  cli.world.planFile = undefined;
  const missing = async () => {
    throw new TandemError('CREDENTIALS_MISSING', 'No credentials were found.');
  };
  cli.world.dynamo.tables.list = missing;
  cli.account.caller = undefined;
  cli.domains = { list: missing };
  return cli;
}

async function init(project: string, ...options: string[]) {
  const file = join(project, 'tandem.yml');
  const { code, document, stdout } = await withoutAccount().run('init', '--config', file, '--json', ...options);
  return { code, document, stdout, file, plans: async () => parsePlanFile(await readFile(file, 'utf8'), file).plans };
}

describe('tandem init --webiny, without credentials', () => {
  it('writes a plan of what 6.x keeps, and says what stays outside', async () => {
    const project = await webinyProject({ [`${newer}/prod.json`]: v6 });

    const { code, document, plans, file } = await init(project, '--webiny', project, '--email', 'ops@example.org');

    expect(code).toBe(0);
    expect(await plans()).toMatchObject({
      'webiny-prod': {
        tables: {
          include: ['wby-webiny-1a2b3c4', 'wby-webiny-os-6f7a8b9', 'wby-webiny-audit-logs-0c1d2e3'],
          exclude: [],
        },
        search: {
          endpoint: 'https://vpc-wby-webiny-os-2b3c4d5-abcdefghij.eu-central-1.es.amazonaws.com',
          vpc: { subnets: ['subnet-0bbb', 'subnet-0ccc'], securityGroups: ['sg-0ddd'] },
          indices: { include: ['*'], exclude: [] },
          repository: {
            basePath: 'webiny-prod',
            roleArn: 'arn:aws:iam::111122223333:role/tandem-snapshot-eu-central-1',
          },
        },
      },
    });
    expect(document).toMatchObject({
      account: '111122223333',
      region: 'eu-central-1',
      outside: [
        { what: 'the files of the file manager, in bucket', id: 'wby-fm-bucket-5d6e7f8' },
        { what: 'the users, in Cognito user pool', id: 'eu-central-1_AbCdEfGhI' },
      ],
      warnings: [],
      nextSteps: expect.arrayContaining(['export AWS_REGION=eu-central-1', 'npx tandem setup webiny-prod']),
    });
    const text = await readFile(file, 'utf8');
    expect(text).toContain('    #   the users, in Cognito user pool eu-central-1_AbCdEfGhI\n');
    expect(text).toContain('.es.amazonaws.com # OpenSearch 3.3, access by IAM, in a VPC\n');
  });

  it.each([
    ['5.x', v5, { endpoint: 'https://search-wby-webiny-js-9f8e7d6-abcdefghij.eu-central-1.es.amazonaws.com' }],
    ['5.x without search', webinyState(webinyOutputs.v5Tables), undefined],
    ['6.x without search', webinyState(webinyOutputs.v6Tables), undefined],
  ])('reads the older layout too: %s', async (_case, state, search) => {
    const project = await webinyProject({ [`${older}/dev.json`]: state, [`${older}/dev.json.bak`]: '{' });

    const { code, plans } = await init(project, '--webiny', project);

    expect(code).toBe(0);
    expect((await plans())['webiny-dev']?.search).toEqual(search && expect.objectContaining(search));
  });

  it.each([
    ['of Pulumi', 'saved/prod.json', v6],
    ['that was exported', 'export.json', { version: 3, deployment: webinyDeployment(webinyOutputs.v6) }],
    ['that begins with a byte order mark', 'prod.json', `\ufeff${JSON.stringify(v6)}`],
    ['that Windows wrote', 'prod.json', Buffer.from(`\ufeff${JSON.stringify(webinyOutputs.v6)}`, 'utf16le')],
    ['that is compressed', 'prod.json.gz', gzipSync(JSON.stringify(v6))],
    ['of the outputs alone, as Webiny tells them', 'core', webinyOutputs.v6],
  ])('reads a file that is named: one %s', async (_case, name, content) => {
    const project = await webinyProject({ [name]: content });

    const { code, document } = await init(project, '--webiny', join(project, name));

    expect(code).toBe(0);
    expect(document).toMatchObject({
      tables: { names: ['wby-webiny-1a2b3c4', 'wby-webiny-os-6f7a8b9', 'wby-webiny-audit-logs-0c1d2e3'] },
      search: { domain: 'wby-webiny-os-2b3c4d5' },
    });
  });

  it('calls the plan of a file that was copied as the options say', async () => {
    const project = await webinyProject({ 'output.json': webinyOutputs.v6 });

    const named = ['--webiny', join(project, 'output.json'), '--env', 'prod', '--variant', 'blue'];

    expect((await init(project, ...named)).document).toMatchObject({ plan: 'webiny-prod-blue' });
  });

  it('finds the states of a project that are compressed', async () => {
    const project = await webinyProject({
      [`${newer}/prod___blue.json.gz`]: gzipSync(JSON.stringify(v6)),
      [`${newer}/prod___blue.json.gz.bak`]: '',
      [`${newer}/dev.json`]: v5,
    });

    const { code, plans } = await init(project, '--webiny', project, '--env', 'prod', '--variant', 'blue');

    expect(code).toBe(0);
    expect(Object.keys(await plans())).toEqual(['webiny-prod-blue']);
  });

  it('warns of a deployment that goes on, or that was killed', async () => {
    const locks = '.pulumi/apps/core/.pulumi/locks/organization/core';
    const lock = { pid: 1, username: 'me', hostname: 'here', timestamp: '2026-11-20T10:11:12Z' };
    const project = await webinyProject({
      [`${newer}/prod.json`]: v6,
      [`${newer}/dev.json`]: v6,
      [`${locks}/prod/0a1b.json`]: lock,
    });

    const ofProd = await init(project, '--webiny', project, '--env', 'prod', '--email', 'a@example.org');
    expect(ofProd.document).toMatchObject({
      warnings: [expect.stringContaining(join(project, locks, 'prod/0a1b.json'))],
    });
    const ofDev = await init(project, '--webiny', project, '--env', 'dev', '--email', 'a@example.org', '--force');
    expect(ofDev.document).toMatchObject({ warnings: [] });
  });

  it('prefers the newer layout, where a project was moved to it', async () => {
    const project = await webinyProject({ [`${older}/prod.json`]: '{ stale', [`${newer}/prod.json`]: v6 });

    expect(await init(project, '--webiny', project)).toMatchObject({ code: 0 });
  });

  describe('of later 5.x, whose API makes the table of audit logs', () => {
    const core = webinyState({ ...webinyOutputs.v5Tables, logDynamodbTableName: 'wby-webiny-log-8a9b0c1' });
    const table = { type: 'aws:dynamodb/table:Table', outputs: { name: 'wby-webiny-audit-logs-1' } };
    const api = '.pulumi/apps/api/.pulumi/stacks/api';
    const zipped = (state: object) => gzipSync(JSON.stringify(state));

    it.each([
      ['a project', '.', '.pulumi/apps/api/.pulumi/stacks/dev.json', JSON.stringify],
      ['a project whose API is laid out otherwise', '.', `${api}/dev.json.gz`, zipped],
      ['the state file in a project', `${older}/dev.json`, `${api}/dev.json`, JSON.stringify],
    ])('takes it, where %s is named', async (_case, named, file, written) => {
      const state = webinyState(undefined, { resources: [table] });
      const project = await webinyProject({ [`${older}/dev.json`]: core, [file]: written(state) });

      const { document } = await init(project, '--webiny', join(project, named), '--email', 'a@example.org');

      expect(document).toMatchObject({
        tables: { include: ['wby-webiny-1a2b3c4', 'wby-webiny-log-8a9b0c1', 'wby-webiny-audit-logs-1'] },
        warnings: [],
      });
    });

    it('warns that it may be lacking, where a file from elsewhere is named', async () => {
      const project = await webinyProject({ 'dev.json': core });

      const { document } = await init(project, '--webiny', join(project, 'dev.json'), '--email', 'a@example.org');

      expect(document).toMatchObject({ warnings: [expect.stringContaining('name the folder of the project instead')] });
    });
  });

  describe('of a domain that Webiny did not make', () => {
    const core = webinyState(webinyOutputs.v5, { made: [] });
    const api = '.pulumi/apps/api/.pulumi/stacks/api/prod.json';
    const unknown =
      'Webiny did not make the domain wby-webiny-js-9f8e7d6, so that others may use it: see that search.indices names no more than its own.';

    it('takes the indices of the prefix that the functions of the API are told', async () => {
      const environment = { variables: { OPENSEARCH_INDEX_PREFIX: 'wby_' } };
      const resources = [{ type: 'aws:lambda/function:Function', outputs: { environment } }];
      const project = await webinyProject({
        [`${newer}/prod.json`]: core,
        [api]: webinyState(undefined, { resources }),
      });

      const { document, plans } = await init(project, '--webiny', project, '--email', 'a@example.org');

      expect((await plans())['webiny-prod']?.search?.indices.include).toEqual(['wby_*']);
      expect(document).toMatchObject({ warnings: [] });
    });

    it.each([
      ['it is not deployed', {}, [unknown]],
      ['its state tells none', { [api]: webinyState(undefined, { resources: [] }) }, [unknown]],
      [
        'its state is half-written',
        { [api]: '{"version":3,' },
        [expect.stringMatching(/looked for in vain: .*api\/prod.json cannot be used: it is not whole JSON/), unknown],
      ],
    ])('takes all of them and warns where %s', async (_case, files, warnings) => {
      const project = await webinyProject({ [`${newer}/prod.json`]: core, ...files });

      const { document, plans } = await init(project, '--webiny', project, '--email', 'a@example.org');

      expect((await plans())['webiny-prod']?.search?.indices.include).toEqual(['*']);
      expect(document).toMatchObject({ warnings });
    });
  });

  describe('of several environments and variants', () => {
    const all = () =>
      webinyProject({
        [`${newer}/dev.json`]: v5,
        [`${newer}/prod.json`]: webinyState(webinyOutputs.v6Tables),
        [`${newer}/prod___blue.json`]: v6,
        [`${newer}/test___green.json`]: v6,
      });

    it.each([
      [['--env', 'dev'], 'https://search-wby-webiny-js-9f8e7d6-abcdefghij.eu-central-1.es.amazonaws.com'],
      [['--env', 'prod'], undefined],
      [
        ['--env', 'prod', '--variant', 'blue'],
        'https://vpc-wby-webiny-os-2b3c4d5-abcdefghij.eu-central-1.es.amazonaws.com',
      ],
      [['--variant', 'green'], 'https://vpc-wby-webiny-os-2b3c4d5-abcdefghij.eu-central-1.es.amazonaws.com'],
    ])('takes that one: %s', async (options, endpoint) => {
      const project = await all();

      const { code, plans } = await init(project, '--webiny', project, ...options);

      expect(code).toBe(0);
      const [plan] = Object.values(await plans());
      expect(plan?.search?.endpoint).toBe(endpoint);
    });

    const there = '--env dev; --env prod; --env prod --variant blue; --env test --variant green';

    it.each([
      ['none is named', [], 'USAGE', `Which environment of Webiny? There are: ${there}.`],
      ['there is none of that name', ['--env', 'test'], 'WEBINY_STATE_MISSING', `There are: ${there}.`],
      [
        'there is no such variant',
        ['--env', 'dev', '--variant', 'blue'],
        'WEBINY_STATE_MISSING',
        `There are: ${there}.`,
      ],
    ])('names them where %s', async (_case, options, error, message) => {
      const project = await all();

      const { code, document } = await init(project, '--webiny', project, ...options);

      expect(code).toBe(2);
      expect(document).toMatchObject({ error: { code: error, message: expect.stringContaining(message) } });
      expect(await readdir(project)).toEqual(['.pulumi']);
    });
  });

  it.each([
    ['a half-written state', { [`${newer}/prod.json`]: JSON.stringify(v6).slice(0, 900) }, '', 'WEBINY_STATE_UNUSABLE'],
    [
      'a compressed state that is half-written',
      { [`${newer}/prod.json.gz`]: gzipSync(JSON.stringify(v6)).subarray(0, 200) },
      '',
      'WEBINY_STATE_UNUSABLE',
    ],
    ['a project that is not deployed', { 'webiny.project.ts': '' }, '', 'WEBINY_STATE_MISSING'],
    ['a path that there is not', {}, 'nowhere', 'WEBINY_STATE_MISSING'],
    ['a state file that is a folder', { [`${newer}/prod.json/x`]: '' }, '', 'WEBINY_STATE_MISSING'],
  ])('is refused for %s', async (_case, files, path, error) => {
    const project = await webinyProject(files);

    const { code, document } = await init(project, '--webiny', join(project, path));

    expect(code).toBe(2);
    expect(document).toMatchObject({ error: { code: error, message: expect.stringContaining(project) } });
  });

  it.each(['--tables', '--tags', '--domain'])('is wrong usage together with %s', async (option) => {
    const project = await webinyProject({ [`${newer}/prod.json`]: v6 });

    expect(await init(project, '--webiny', project, option, 'x=y')).toMatchObject({
      code: 2,
      document: { error: { code: 'USAGE' } },
    });
  });

  describe('where the domain is in a VPC that the state does not tell', () => {
    const { vpcSecurityGroupIds: _, ...outputs } = webinyOutputs.v6;
    const project = () => webinyProject({ [`${newer}/prod.json`]: webinyState(outputs, { made: [] }) });
    const vpc = { subnets: ['subnet-9'], securityGroups: ['sg-9'] };
    const domain: Domain = {
      name: 'wby-webiny-os-2b3c4d5',
      endpoint: `https://${outputs.opensearchDomainEndpoint}`,
      engine: 'OpenSearch 3.3',
      access: 'iam',
      vpc,
    };

    async function initWith(...domains: Domain[]) {
      const cli = new CommandLine(new World());
      cli.world.planFile = undefined;
      cli.domains = fakeDomains(domains);
      const folder = await project();
      return cli.run('init', '--json', '--webiny', folder, '--config', join(folder, 'tandem.yml'), '--indices', '*');
    }

    it('writes the rest, and says what is lacking and why', async () => {
      const { code, document } = await init(await project(), '--webiny', await project());

      expect(code).toBe(0);
      expect(document).toMatchObject({
        warnings: expect.arrayContaining([
          'The domain is in a VPC that the state does not tell: add search.vpc to the file. AWS was asked, too: No credentials were found.',
        ]),
      });
    });

    it('asks AWS', async () => {
      const { document } = await initWith(domain);

      expect(document).toMatchObject({ search: { vpc } });
      expect(document).not.toMatchObject({ warnings: expect.arrayContaining([expect.stringContaining('VPC')]) });
    });

    it('does not take the network of a domain of that name in another region', async () => {
      const { document } = await initWith({ ...domain, endpoint: 'https://vpc-wby.eu-west-1.es.amazonaws.com' });

      expect(document).not.toMatchObject({ search: { vpc: expect.anything() } });
      expect(document).toMatchObject({ warnings: expect.arrayContaining([expect.stringContaining('VPC')]) });
    });
  });
});
