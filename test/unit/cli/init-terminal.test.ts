import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { parsePlanFile } from '../../../shared/core/plan-file.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { CommandLine } from '../../support/command-line.ts';
import { fakeDomains } from '../../support/fakes/domains.ts';
import { webinyOutputs, webinyProject, webinyState } from '../../support/webiny-state.ts';
import { World } from '../../support/world.ts';

const down = '\u001b[B';
const erase = '\u0015';
const answer = '\r';
const choose = ' ';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-init-'));
  file = join(folder, 'tandem.yml');
});

/** A terminal in an account with three groups of tables, of which two carry a tag, and two domains. */
function atTerminal(): CommandLine {
  const cli = new CommandLine(new World());
  cli.world.planFile = undefined;
  cli.isTerminal = true;
  const tags = { Backup: 'nightly' };
  for (const name of ['cms-a', 'cms-b', 'shop-a', 'shop-b']) cli.world.dynamo.addTable({ name });
  for (const name of ['users', 'carts']) cli.world.dynamo.addTable({ name, tags });
  const about = { engine: 'OpenSearch 2.11', access: 'iam', vpc: undefined } as const;
  const domain = (name: string) => ({ name, endpoint: `https://search-${name}.eu-west-1.es.amazonaws.com`, ...about });
  cli.domains = fakeDomains([domain('logs'), domain('shop')]);
  return cli;
}

/** Types ahead: a prompt reads what was typed before it was shown. */
function type(cli: CommandLine, ...keys: string[]): void {
  for (const key of keys) cli.keyboard.write(key);
}

async function plans() {
  return parsePlanFile(await readFile(file, 'utf8'), file).plans;
}

describe('tandem init at a terminal', () => {
  it('asks for what the options leave open', async () => {
    const cli = atTerminal();
    // The groups are *, carts, cms-*, shop-*, users.
    type(cli, down, down, choose, down, choose, answer);
    // No tag, or Backup=nightly.
    type(cli, down, answer);
    // logs, shop, none.
    type(cli, down, answer);
    // The plan's name, the schedule, the time zone as they are; ...
    type(cli, erase, 'everything', answer, answer, answer, answer);
    type(cli, 'ops@example.org, b@example.org', answer);
    // The indices; the buckets and the role as they are.
    type(cli, erase, 'shop-* books', answer, answer, answer, answer);

    const { code, stderr } = await cli.run('init', '--config', file);

    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(await plans()).toMatchObject({
      everything: {
        tables: { include: ['cms-*', 'shop-*'], tags: { Backup: 'nightly' } },
        search: {
          endpoint: 'https://search-shop.eu-west-1.es.amazonaws.com',
          indices: { include: ['shop-*', 'books'] },
        },
        schedule: { cron: 'cron(0 2 * * ? *)', timezone: 'Europe/Amsterdam' },
        retention: { keepLast: 3, daily: 7, weekly: 4, monthly: 12 },
        alerts: { email: ['ops@example.org', 'b@example.org'] },
      },
    });
    expect(stderr).toContain('shop-*: 2 tables (shop-a, shop-b)');
    expect(stderr).toContain('OpenSearch 2.11, access by IAM');
  });

  it('asks again where an answer is none', async () => {
    const cli = atTerminal();
    type(cli, erase, 'Mars', answer, erase, 'UTC', answer);
    const rest = ['--tables', '*', '--domain', 'none', '--plan', 'p', '--cron', 'rate(1 day)', '--bucket', 'catalog'];

    const { code, stderr } = await cli.run(
      ...['init', '--config', file, ...rest, '--retention', 'daily=1', '--email', 'a@example.org'],
    );

    expect(code).toBe(0);
    expect(stderr).toContain('must be a time zone such as Europe/Amsterdam');
    expect((await plans()).p?.schedule?.timezone).toBe('UTC');
  });

  it('leaves nothing behind where somebody presses Ctrl-C', async () => {
    const cli = atTerminal();
    type(cli, choose, answer, answer, '\u0003');

    const { code, stderr } = await cli.run('init', '--config', file);

    expect(code).toBe(130);
    expect(stderr).toContain('Nothing was written');
    expect(await readdir(folder)).toEqual([]);
  });

  it('says that nothing was written where somebody presses Ctrl-C while AWS is asked', async () => {
    const cli = atTerminal();
    cli.world.dynamo.tables.list = () => {
      cli.signals.emit('SIGINT');
      return new Promise(() => {});
    };

    const { code, stderr } = await cli.run('init', '--config', file);

    expect(code).toBe(130);
    expect(stderr).toContain('Nothing was written');
    expect(await readdir(folder)).toEqual([]);
  });

  it('writes once what is covered by another glob', async () => {
    const cli = atTerminal();
    type(cli, choose, down, choose, answer, answer);

    const { code } = await cli.run('init', '--config', file, '--domain', 'none', '--plan', 'p', ...answered);

    expect(code).toBe(0);
    expect((await plans()).p?.tables?.include).toEqual(['*']);
  });

  it('offers no tag where tags cannot be read, and says why', async () => {
    const cli = atTerminal();
    cli.world.dynamo.faults.fail('tables.tags', new TandemError('ACCESS_DENIED', 'not authorized to list tags'));
    type(cli, choose, answer);

    const { code, stderr } = await cli.run('init', '--config', file, '--domain', 'none', '--plan', 'p', ...answered);

    expect(code).toBe(0);
    expect(stderr).toContain('Tags cannot be read, so that none is offered: not authorized to list tags');
  });

  it('does not read the tags of so many tables that it takes minutes', async () => {
    const cli = atTerminal();
    for (let number = 0; number < 400; number += 1) cli.world.dynamo.addTable({ name: `many-${number}` });
    type(cli, choose, answer);

    const { code, stderr } = await cli.run('init', '--config', file, '--domain', 'none', '--plan', 'p', ...answered);

    expect(code).toBe(0);
    expect(stderr).toContain('The tags of 406 tables would take long to read: choose by tag with --tags.');
    expect(cli.world.dynamo.faults.calls.filter(({ operation }) => operation === 'tables.tags')).toEqual([]);
  });

  it('asks which Webiny is meant', async () => {
    const cli = atTerminal();
    const state = '.pulumi/apps/core/.pulumi/stacks/core';
    const project = await webinyProject({
      [`${state}/dev.json`]: webinyState(webinyOutputs.v5),
      [`${state}/prod.json`]: webinyState(webinyOutputs.v5Tables),
    });
    type(cli, down, answer);

    const { code } = await cli.run('init', '--config', file, '--webiny', project, '--plan', 'p', ...answered);

    expect(code).toBe(0);
    expect((await plans()).p?.search).toBeUndefined();
  });
});

/** What is asked in any case. */
const answered = [
  ...['--cron', 'rate(1 day)', '--timezone', 'UTC', '--retention', 'daily=1', '--email', 'a@example.org'],
  ...['--bucket', 'catalog', '--snapshot-bucket', 'snapshots'],
];
