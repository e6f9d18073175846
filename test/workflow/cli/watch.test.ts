import { describe, expect, it } from 'vitest';
import { CommandLine } from '../../support/command-line.ts';
import { catalog, World } from '../../support/world.ts';

/** Starts a backup in AWS that goes on until it is let. */
async function going(cli: CommandLine, ...plan: string[]): Promise<{ run: string; letEnd: () => void }> {
  const hold = Promise.withResolvers<void>();
  cli.held = hold.promise;
  const { document } = await cli.run('backup', ...plan, '--detach', '--json');
  cli.executions.faults.calls.length = 0;
  return { run: String(Object(document).run), letEnd: hold.resolve };
}

/** Has the schedule start a backup in AWS, under a name that tells nothing. */
async function scheduled(cli: CommandLine): Promise<{ run: string; execution: string }> {
  const machines = await cli.executions.machines();
  const { arn } = machines.find(({ name }) => name === 'tandem-prod-backup') ?? { arn: '' };
  const execution = 'e7a1c7d2-0b4c';
  await cli.executions.start(arn, execution, '{"plan":"app","scheduledTime":"2030-01-02T02:00:00Z"}');
  return { run: 'app-20300102-020000', execution };
}

describe('tandem watch', () => {
  it('follows the one run that goes on, without being told which', async () => {
    const cli = new CommandLine();
    const { run, letEnd } = await going(cli, 'app');

    const watching = cli.run('watch', '--json');
    await expect.poll(() => cli.executions.faults.count('executions.find')).toBeGreaterThan(0);
    letEnd();

    const { code, document, stderr } = await watching;
    expect(code).toBe(0);
    expect(document).toMatchObject({ recoveryPoint: run, state: 'COMPLETE' });
    expect(stderr).toContain(`Following the backup of plan app in AWS (tandem-prod-backup). Run: ${run}\n`);
  });

  it('asks which, where several go on', async () => {
    const cli = new CommandLine();
    const app = await going(cli, 'app');
    const other = await going(cli, 'other');

    const { code, document } = await cli.run('watch', '--json');

    expect(code).toBe(2);
    expect(document).toMatchObject({ error: { message: `Several runs go on: ${other.run}, ${app.run}.` } });
  });

  it('says that nothing goes on', async () => {
    expect(await new CommandLine().run('watch', '--json')).toMatchObject({
      code: 2,
      document: { error: { code: 'NOTHING_RUNS' } },
    });
  });

  it('can be left as well, and the run goes on', async () => {
    const cli = new CommandLine();
    const { run } = await going(cli, 'app');

    const watching = cli.run('watch', run, '--json');
    await expect.poll(() => cli.executions.faults.count('executions.find')).toBeGreaterThan(0);
    cli.signals.emit('SIGINT');

    expect(await watching).toMatchObject({
      code: 130,
      document: { run, carryOn: expect.stringContaining(`watch ${run}`) },
    });
  });
});

describe('tandem watch of a run that goes on', () => {
  it.for(['run', 'execution'] as const)('finds one of the schedule by the name of its %s', async (by) => {
    const cli = new CommandLine();
    const hold = Promise.withResolvers<void>();
    cli.held = hold.promise;
    const names = await scheduled(cli);

    const watching = cli.run('watch', names[by], '--json');
    await expect.poll(() => cli.executions.faults.count('executions.find')).toBeGreaterThan(0);
    hold.resolve();

    const { code, document, stderr } = await watching;
    expect({ code, document }).toMatchObject({ code: 0, document: { recoveryPoint: names.run } });
    expect(stderr).toContain(`Following the backup of plan app in AWS (tandem-prod-backup). Run: ${names.run}\n`);
  });

  it('follows one that was started a moment ago, and that Step Functions does not list yet', async () => {
    const cli = new CommandLine();
    const { run } = await going(cli, 'app');
    cli.executions.running = async () => [];

    const watching = cli.run('watch', run, '--json');
    await expect.poll(() => cli.executions.faults.count('executions.find')).toBeGreaterThan(0);
    cli.signals.emit('SIGINT');

    const { code, stderr } = await watching;
    expect(code).toBe(130);
    expect(stderr).toContain(`Following the backup of plan app in AWS (tandem-prod-backup). Run: ${run}\n`);
    expect(stderr).toContain('It goes on in AWS');
  });
});

describe('tandem watch of a run that has ended', () => {
  it('answers what the backup answered', async () => {
    const cli = new CommandLine();
    const { document } = await cli.run('backup', 'app', '--json');

    expect(await cli.run('watch', String(Object(document).recoveryPoint), '--json')).toMatchObject({
      code: 0,
      document,
    });
  });

  it('answers what the restore answered', async () => {
    const cli = new CommandLine(await new World().damaged());
    const { document } = await cli.run('restore', 'app', '--yes', '--json');
    const run = cli.executions.started.at(-1)?.name ?? '';

    expect(document).toMatchObject({ state: 'COMPLETE' });
    expect(await cli.run('watch', run, '--json')).toMatchObject({ code: 0, document });
  });

  it('answers the plan of a dry run', async () => {
    const cli = new CommandLine(await new World().damaged());
    const { document } = await cli.run('restore', 'app', '--dry-run', '--json');
    const run = cli.executions.started.at(-1)?.name ?? '';

    expect(document).toMatchObject({ state: 'PLANNED' });
    expect(await cli.run('watch', run, '--json')).toMatchObject({ code: 0, document });
  });

  it('tells why it failed, and how to go on', async () => {
    const cli = new CommandLine();
    cli.world.search.setUnwritable('tandem', 'disk full');
    const { document } = await cli.run('backup', 'app', '--json');
    const { run, carryOn, error } = Object(document);

    expect(await cli.run('watch', run, '--json')).toMatchObject({
      code: 4,
      document: { run, carryOn: expect.stringContaining(`backup app --run=${run}`), error },
    });
    expect(carryOn).toContain(`--run=${run}`);
  });

  it('tells why the last execution failed, where the run was carried on with', async () => {
    const cli = new CommandLine();
    cli.world.search.setUnwritable('tandem', 'disk full');
    const { document } = await cli.run('backup', 'app', '--json');
    const { run } = Object(document);
    cli.world.search.setUnwritable('tandem', 'no permission');
    await cli.run('backup', 'app', '--json', '--run', run);

    const { code, stderr } = await cli.run('watch', run);
    expect(code).toBe(4);
    expect(stderr).toContain('no permission');
  });

  it('tells why it failed before it had begun', async () => {
    const cli = new CommandLine(new World().addIndices());
    await cli.run('backup', 'app', '--json');
    const run = cli.executions.started.at(-1)?.name ?? '';

    expect(await cli.run('watch', run, '--json')).toMatchObject({
      code: 2,
      document: { run, error: { code: 'TABLES_MATCH_NOTHING' } },
    });
  });

  it.each([
    ['TIMED_OUT', 6, 'DEADLINE_EXCEEDED'],
    ['ABORTED', 4, 'EXECUTION_STOPPED'],
  ] as const)('tells that one of the schedule was %s, which sends no alert', async (status, code, errorCode) => {
    const cli = new CommandLine();
    const { run, execution } = await scheduled(cli);
    await expect.poll(() => cli.executions.started[0]?.status).toBe('SUCCEEDED');
    // As though it had come to its end before it recorded anything.
    cli.world.buckets.tamper(catalog, `recovery-points/app/${run}/manifest.json`, undefined);
    cli.executions.end(execution, { status });

    expect(await cli.run('watch', run, '--json')).toMatchObject({
      code,
      document: { run, carryOn: expect.stringContaining(`--run=${run}`), error: { code: errorCode } },
    });
  });

  it('answers the recovery point of one whose ledger and execution are forgotten', async () => {
    const cli = new CommandLine();
    const { document } = await cli.run('backup', 'app', '--json');
    const { recoveryPoint } = Object(document);
    const store = cli.world.buckets.open(catalog);
    for (const key of await store.list('ledgers/')) cli.world.buckets.tamper(catalog, key, undefined);
    cli.executions.find = async () => undefined;

    expect(await cli.run('watch', recoveryPoint, '--json')).toMatchObject({ code: 0, document });
  });

  it('says so where one has begun of which Step Functions knows nothing', async () => {
    const cli = new CommandLine();
    cli.world.search.setUnwritable('tandem', 'disk full');
    await cli.run('backup', 'app', '--local');

    const { code, document } = await cli.run('watch', 'app-20300102-030405-r1', '--json');

    expect(code).toBe(2);
    expect(document).toMatchObject({ error: { code: 'RUN_UNKNOWN', remedy: expect.stringContaining('--local') } });
  });

  it('knows no run that nobody started', async () => {
    expect(await new CommandLine().run('watch', 'app-20200101-020000', '--json')).toMatchObject({
      code: 2,
      document: { error: { code: 'RUN_UNKNOWN' } },
    });
  });
});
