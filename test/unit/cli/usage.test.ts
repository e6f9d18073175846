import { describe, expect, it } from 'vitest';
import { CommandLine } from '../../support/command-line.ts';
import { World } from '../../support/world.ts';

/** A command line with this plan file, or with none. */
function withPlanFile(text: string | undefined): CommandLine {
  const cli = new CommandLine(new World());
  cli.world.planFile = text;
  return cli;
}

describe('the help of tandem', () => {
  it('names the commands there are, with examples, and the exit codes', async () => {
    const { code, stdout, stderr } = await withPlanFile(undefined).run('--help');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect([...stdout.matchAll(/^ {2}(\w+) \[options\]/gm)].map((match) => match[1])).toEqual([
      'init',
      'backup',
      'restore',
      'doctor',
      'list',
      'show',
      'watch',
      'report',
      'setup',
    ]);
    expect(stdout).toContain('Examples:\n  npx tandem backup app\n');
    expect(stdout).toContain('5  the restored state differs');
    expect(stdout).toContain('130  left by Ctrl-C');
  });

  it.each(['backup', 'restore', 'doctor', 'list', 'show', 'setup'])(
    'has examples for %s, and the options of all',
    async (command) => {
      const { code, stdout } = await withPlanFile(undefined).run(command, '--help');

      expect(code).toBe(0);
      expect(stdout).toContain(`Examples:\n  npx tandem ${command}`);
      for (const option of ['--config', '--local', '--json', '--quiet']) expect(stdout).toContain(option);
    },
  );
});

describe('wrong usage', () => {
  it.each([
    ['an unknown command', ['wreck'], "unknown command 'wreck'"],
    ['an unknown option', ['backup', '--wreck'], "unknown option '--wreck'"],
    ['a word too many', ['list', 'app', 'more'], 'too many arguments'],
    ['no command', [], 'No command was given'],
  ])('exits with 2 and says what is wrong: %s', async (_case, args, message) => {
    const { code, stdout, stderr } = await withPlanFile(undefined).run(...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`error [USAGE]: ${message}`);
    expect(stderr).toContain('What to do: See `npx tandem --help`.');
  });

  it('answers with one JSON document too', async () => {
    const { code, document } = await withPlanFile(undefined).run('backup', '--json', '--wreck');

    expect(code).toBe(2);
    expect(document).toEqual({
      error: {
        name: 'InvalidRequestError',
        code: 'USAGE',
        message: "unknown option '--wreck'",
        remedy: 'See `npx tandem --help`.',
      },
    });
  });
});

describe('the plan file', () => {
  const header = 'version: 1\ncatalog: { bucket: tandem-catalog }\n';

  it.each([
    ['missing', undefined, 'PLAN_FILE_MISSING', 'nowhere.yml'],
    ['not YAML', 'plans: [', 'PLAN_FILE_INVALID', ':1: not YAML'],
    [
      'with an unknown key',
      `${header}plans:\n  app:\n    tabels: {}\n`,
      'PLAN_FILE_INVALID',
      ':5: plans.app.tabels: unknown key',
    ],
    [
      'with a wrong type',
      `${header}plans:\n  app:\n    tables: { include: 7 }\n`,
      'PLAN_FILE_INVALID',
      ':5: plans.app.tables.include',
    ],
  ])('is refused where it is %s', async (_case, text, code, message) => {
    const cli = withPlanFile(text);

    const ended = await cli.run('backup', ...(text === undefined ? ['--config', 'nowhere.yml'] : []), '--json');

    expect(ended.code).toBe(2);
    expect(ended.document).toMatchObject({ error: { code, message: expect.stringContaining(message) } });
    expect(cli.executions.started).toEqual([]);
  });

  it('has the plan that is named', async () => {
    const { code, document } = await new CommandLine(new World()).run('backup', 'shop', '--json');

    expect(code).toBe(2);
    expect(document).toMatchObject({
      error: { code: 'PLAN_UNKNOWN', message: 'There is no plan named "shop"; the plan file holds: app, other.' },
    });
  });

  it('is asked which plan is meant where none is named and it holds several', async () => {
    const { code, stderr } = await new CommandLine(new World()).run('backup');

    expect(code).toBe(2);
    expect(stderr).toContain('app, other');
  });

  it('need not be asked where it holds one', async () => {
    const cli = new CommandLine(new World().addTables(1));
    cli.world.planFile = `${header}plans:\n  app:\n    tables: { include: ["app-*"] }\n`;

    expect(await cli.run('backup', '--json')).toMatchObject({ code: 0, document: { plan: 'app' } });
  });
});
