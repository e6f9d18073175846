import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import packageFile from '../../../package.json' with { type: 'json' };
import { whatIsKept } from '../../../resources/kept-buckets.ts';
import { planResources } from '../../../resources/plan-resources.ts';
import { bucketActions, keyActions, objectActions } from '../../../shared/core/diagnosis/snapshot-role-needs.ts';
import { parsePlanFile } from '../../../shared/core/plan-file.ts';
import { CommandLine } from '../../support/command-line.ts';
import { fakeDomains } from '../../support/fakes/domains.ts';
import { temporaryFolder } from '../../support/sandbox-processes/temporary-sandbox.ts';
import { type ShownCommand, shownCommands } from '../../support/shown-commands.ts';
import { World } from '../../support/world.ts';

const account = '111122223333';
const endpoint = 'https://search-shop-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com';
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const backupRole = role('tandem-prod-BackupRole-E5D4F2D4E896B');
const topic = `arn:aws:sns:eu-west-1:${account}:tandem-prod`;

/** The account of docs/deploy.md before anything is set up. */
function shop(): CommandLine {
  const world = new World();
  world.planFile = undefined;
  const items = { one: 'item', another: 'item' };
  world.dynamo.addTable({ name: 'shop-orders', pointInTimeRecovery: { days: 35 } }, items);
  world.dynamo.addTable({ name: 'shop-products', deletionProtection: true }, items);
  world.dynamo.addTable({ name: 'shop-sessions' }, items);
  for (const name of ['.shop-settings', 'shop-customers', 'shop-orders-2026', 'shop-products-v3']) {
    world.search.addIndex(name, { documents: 400, primaries: 2 });
  }
  world.buckets.add(`tandem-catalog-${account}-eu-west-1`, `tandem-snapshots-${account}-eu-west-1`);
  const cli = new CommandLine(world);
  const about = { engine: 'OpenSearch 2.19', access: 'iam', vpc: undefined } as const;
  cli.domains = fakeDomains([{ name: 'shop', endpoint, ...about }]);
  setUp(cli);
  deploy(cli);
  return cli;
}

function setUp({ setUpAccount }: CommandLine): void {
  const answer = () => Promise.reject(new Error('The domain is in no VPC.'));
  for (const name of ['planBackup', 'planRestore']) {
    setUpAccount.functions.set(`tandem-prod-${name}`, { role: role(name), answer });
    setUpAccount.identities.add(role(name), [
      ...['es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpDelete'],
      'iam:PassRole',
    ]);
  }
  setUpAccount.domains.policies.set('shop', '');
}

function deploy({ account: deployed, world }: CommandLine): void {
  const healthy = deployed.bucket('snapshots');
  deployed.buckets.set(`tandem-snapshots-${account}-eu-west-1`, healthy);
  const name = 'tandem-snapshot-eu-west-1';
  deployed.identities.roles.set(name, {
    trustPolicy: '',
    ...deployed.identities.roles.get('snapshots'),
    arn: role(name),
  });
  deployed.identities.add(backupRole, ['iam:PassRole']);
  deployed.identities.add(role(name), [...bucketActions, ...objectActions, ...keyActions]);
  deployed.functions.set('tandem-prod-ensureRepository', backupRole);
  deployed.schedules.set('tandem-prod-shop', { isEnabled: true, expression: 'cron(0 2 * * ? *)', timezone: 'UTC' });
  deployed.topics.set(topic, [{ protocol: 'email', endpoint: 'ops@example.org', isConfirmed: true }]);
  deployed.alarms = ['failed', 'throttled'].map((alarm) => ({
    name: `tandem-prod-${alarm}`,
    areActionsEnabled: true,
    actions: [topic],
  }));
  deployed.caller = { id: account, arn: `arn:aws:iam::${account}:user/operator`, answeredAt: world.clock.now() };
}

const progress = /^ {2}\d+ of \d+ tables(, \d+ of \d+ shards)? \([\w ]+\)\n/gm;

/** What is said, without what is different each time: moments, numbers, sizes, hashes. */
function unvaried(text: string): string {
  return (
    text
      .replaceAll(progress, '')
      // The test keeps its plan file outside of the project.
      .replaceAll(/^ *mv -i .*\n/gm, '')
      .replaceAll(/\/\S+\/tandem\.yml/g, 'tandem.yml')
      .replaceAll(/ --config[= ]\S+|TANDEM_CONFIG=\S+ /g, '')
      .replaceAll(/\d{8}-\d{6}/g, 'MOMENT')
      .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'TIME')
      .replaceAll(/[0-9a-f]{64}/g, 'HASH')
      .replaceAll(/\b\d[\d.,]*( (B|kB|MB)\b|(ms|s)\b)?/g, 'N')
      .replaceAll(/[─ ]{2,}/g, ' ')
      .trim()
  );
}

describe('docs/deploy.md shows what a command says', () => {
  let cli: CommandLine;
  let shown: ShownCommand[];
  beforeAll(async () => {
    cli = shop();
    shown = await shownCommands('docs/deploy.md');
  });

  function shownAs(line: string): ShownCommand {
    const found = shown.find((command) => command.line === line);
    if (found === undefined) throw new Error(`docs/deploy.md shows no ${line}.`);
    return found;
  }

  const execute = (line: string) => cli.run(...shownAs(line).words.slice(2));
  const expectShown = (line: string, { code, stdout, stderr }: Awaited<ReturnType<CommandLine['run']>>) => {
    expect(code).toBe(0);
    expect(unvaried(`${stderr}${stdout}`)).toBe(unvaried(shownAs(line).output));
  };

  // Each finds what the one before has left.
  it('npx tandem init', async () => {
    const line = "npx tandem init --tables 'shop-*' --domain shop --email ops@example.org";
    const config = join(await temporaryFolder(), 'tandem.yml');

    expectShown(line, await cli.run(...shownAs(line).words.slice(2), '--config', config, '--timezone', 'UTC'));
    cli.world.planFile = await readFile(config, 'utf8');
  });

  it.for([
    'npx tandem setup shop --dry-run',
    'npx tandem setup shop --yes',
    'npx tandem doctor shop',
    'npx tandem backup shop',
    'npx tandem list',
    'npx tandem restore shop --point latest --dry-run',
  ])('%s', async (line) => {
    expectShown(line, await execute(line));
  });

  it('npx tandem watch, of what --detach has left in AWS', async () => {
    const hold = Promise.withResolvers<void>();
    cli.held = hold.promise;
    await cli.world.clock.sleep(60_000);
    const detached = 'npx tandem backup shop --detach';
    expectShown(detached, await execute(detached));

    const watching = execute('npx tandem watch');
    await expect.poll(() => cli.executions.faults.count('executions.running')).toBe(2);
    hold.resolve();
    expectShown('npx tandem watch', await watching);
  });

  it('npm run ..., the scripts as they are', () => {
    const scripts = shown.filter(({ words }) => words[1] === 'run');
    expect(scripts.map(({ words }) => words[2])).toEqual(['package', 'deploy', 'remove']);
    for (const { line, output } of scripts) {
      const { script = '', args = '' } = /^npm run (?<script>\w+)(?: --(?<args> .*))?$/.exec(line)?.groups ?? {};
      const command = z.record(z.string(), z.string()).parse(packageFile.scripts)[script];
      expect(output.split('\n').slice(0, 2)).toEqual([
        `> ${packageFile.name}@${packageFile.version} ${script}`,
        `> ${command}${args}`,
      ]);
    }
  });

  it('npm run deploy, each function', async () => {
    const { output } = shownAs('npm run deploy -- --stage prod --region eu-west-1');
    const { functions } = z
      .object({ functions: z.record(z.string(), z.unknown()) })
      .parse(parse(await readFile('serverless.yml', 'utf8'), { merge: true }));
    const listed = [...output.matchAll(/^ {2}(\w+): tandem-prod-(\w+) \(\d+ kB\)$/gm)].map(([, id, name]) => [
      id,
      name,
    ]);
    expect(listed).toEqual(Object.keys(functions).map((name) => [name, name]));
  });

  const deployedPlan = () => planResources(parsePlanFile(cli.world.planFile ?? '', 'tandem.yml'));

  it('npm run remove, what it keeps', () => {
    const { output } = shownAs('npm run remove -- --stage prod --region eu-west-1');
    expect(output).toContain(whatIsKept(deployedPlan()));
  });

  it('as many alarms as there are', async () => {
    const alarms = Object.values(deployedPlan().resources.Resources).filter(
      ({ Type }) => Type === 'AWS::CloudWatch::Alarm',
    );
    const told = [
      ...(await readFile('docs/deploy.md', 'utf8')).matchAll(/(\d+) (?:alarms tell somebody|for one plan)/g),
    ];

    expect(told.map(([, count]) => Number(count))).toEqual([alarms.length, alarms.length]);
  });
});

it.for(['README.md', 'docs/deploy.md', 'docs/runbook.md', 'docs/sources.md'])(
  '%s shows no command and no option that there is not',
  async (page) => {
    const commands = (await shownCommands(page)).filter(({ words: [, name] }) => name === 'tandem');
    expect(commands.length).toBeGreaterThan(5);
    for (const { line, words } of commands) {
      const { document } = await new CommandLine(new World()).run(
        ...words.slice(2),
        '--config',
        'nowhere.yml',
        '--json',
      );
      expect({ line, document }).not.toMatchObject({
        document: { error: { code: 'USAGE', message: expect.stringMatching(/option|command|argument/) } },
      });
    }
  },
);

it.for(['README.md', 'CONTRIBUTING.md', 'docs/deploy.md', 'docs/security.md', 'docs/cost.md'])(
  '%s shows no script that there is not',
  async (page) => {
    const shown = [...(await readFile(page, 'utf8')).matchAll(/npm run (?<script>[a-z:-]+)/g)];
    expect(shown.length).toBeGreaterThan(0);
    for (const { groups } of shown) expect(packageFile.scripts).toHaveProperty([groups?.script ?? '']);
  },
);
