import { describe, expect, it } from 'vitest';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { CommandLine } from '../../support/command-line.ts';
import { catalog, World } from '../../support/world.ts';

/** The run that `tandem backup app` starts in AWS: the same whenever it is given in that minute. */
const inAws = 'app-20300102-030400-0e598c';

describe('tandem backup', () => {
  it('answers with the recovery point, as one JSON document', async () => {
    const cli = new CommandLine();

    const { code, document } = await cli.run('backup', 'app', '--local', '--json');

    expect(code).toBe(0);
    const [manifest] = await cli.world.recoveryPoints();
    expect(document).toEqual({
      recoveryPoint: 'app-20300102-030405-r1',
      plan: 'app',
      state: 'COMPLETE',
      startedAt: manifest?.startedAt,
      completedAt: manifest?.completedAt,
      skewSeconds: manifest?.skewSeconds,
      tables: manifest?.tables.map(({ name, items, bytes, backupArn }) => ({ name, items, bytes, backupArn })),
      snapshot: {
        repository: 'tandem',
        name: manifest?.search?.snapshot.name,
        uuid: manifest?.search?.snapshot.uuid,
        indices: [
          { name: 'app-empty', documents: 0, bytes: 208 },
          { name: 'app-orders', documents: 80, bytes: 8_208 },
          { name: 'app-products', documents: 120, bytes: 12_208 },
        ],
      },
    });
  });

  it('has no snapshot where the plan has tables alone', async () => {
    const { code, document } = await new CommandLine().run('backup', 'other', '--local', '--json');

    expect(code).toBe(0);
    expect(document).toMatchObject({ plan: 'other', state: 'COMPLETE', snapshot: null });
  });

  it('tells a person what was backed up, and how far it is meanwhile', async () => {
    const { code, stdout, stderr } = await new CommandLine().run('backup', 'app', '--local');

    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'Recovery point app-20300102-030405-r1 is complete, after 30s.',
      '  2 tables, about 2 items, 28 B',
      '  3 indices, 200 documents, 20.6 kB',
      '  skew 30s between tables and indices',
      '',
    ]);
    const lines = stderr.trimEnd().split('\n');
    expect(lines[0]).toBe('Backing up plan app on this machine. Run: app-20300102-030405-r1');
    expect(lines.at(-1)).toBe('  2 of 2 tables, 6 of 6 shards (30s)');
    expect(new Set(lines).size).toBe(lines.length);
  });

  it('says nothing meanwhile with --quiet', async () => {
    const { code, stderr } = await new CommandLine().run('backup', 'app', '--local', '--quiet');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('starts the deployed state machine, with a name that is the run, and follows it to its end', async () => {
    const cli = new CommandLine();

    const { code, document } = await cli.run('backup', 'app', '--json');

    expect(code).toBe(0);
    expect(document).toMatchObject({ recoveryPoint: inAws, state: 'COMPLETE' });
    expect(cli.executions.started).toMatchObject([{ name: inAws, status: 'SUCCEEDED', input: '{"plan":"app"}' }]);
  });

  it('is one backup where it is started twice by mistake', async () => {
    const cli = new CommandLine();
    const hold = Promise.withResolvers<void>();
    cli.held = hold.promise;

    const both = Promise.all([cli.run('backup', 'app', '--json'), cli.run('backup', 'app', '--json')]);
    await expect.poll(() => cli.executions.faults.count('executions.start')).toBe(2);
    hold.resolve();
    const [first, second] = await both;

    expect(first).toMatchObject({ code: 0, document: { recoveryPoint: inAws } });
    expect(second).toMatchObject({ code: 0, document: { recoveryPoint: inAws } });
    expect(cli.executions.started).toHaveLength(1);
  });

  it('is one backup where it is started twice by mistake, on both sides of the end of a minute', async () => {
    const cli = new CommandLine();
    cli.held = Promise.withResolvers<void>().promise;
    await cli.world.clock.sleep(54_500);

    const first = await cli.run('backup', 'app', '--detach', '--json');
    await cli.world.clock.sleep(1_000);
    const second = await cli.run('backup', 'app', '--detach', '--json');

    for (const { code, document } of [first, second])
      expect({ code, document }).toMatchObject({ code: 0, document: { run: inAws } });
    expect(cli.executions.started).toHaveLength(1);
  });

  it('is another backup once the first has ended', async () => {
    const cli = new CommandLine();
    await cli.run('backup', 'app', '--json');

    expect(await cli.run('backup', 'app', '--json')).toMatchObject({
      code: 0,
      document: { recoveryPoint: expect.stringMatching(/^app-20300102-0304\d\d-r2$/) },
    });
  });

  it('is left to itself with --detach', async () => {
    const cli = new CommandLine();
    const hold = Promise.withResolvers<void>();
    cli.held = hold.promise;

    const { code, document } = await cli.run('backup', 'app', '--detach', '--json');

    expect({ code, document }).toEqual({
      code: 0,
      document: { run: inAws, plan: 'app', state: 'RUNNING', watch: expect.stringContaining(`tandem watch ${inAws}`) },
    });
    hold.resolve();
    expect(await cli.run('watch', inAws, '--json')).toMatchObject({ code: 0, document: { recoveryPoint: inAws } });
  });

  it('goes on following where Step Functions does not answer for a moment', async () => {
    const cli = new CommandLine();
    const away = new TandemError('SERVICE_UNAVAILABLE', 'away');
    cli.executions.faults.fail('executions.find', away, { target: inAws, times: 2 });

    expect(await cli.run('backup', 'app', '--json')).toMatchObject({ code: 0, document: { state: 'COMPLETE' } });
  });

  it('says that the run goes on where it cannot be followed any more', async () => {
    const cli = new CommandLine();
    const expired = new TandemError('CREDENTIALS_MISSING', 'They are expired.');
    cli.executions.faults.fail('executions.find', expired, { target: inAws });

    const { code, document, stderr } = await cli.run('backup', 'app', '--json');

    expect(code).toBe(2);
    expect(document).toMatchObject({
      carryOn: expect.stringContaining(`npx tandem watch ${inAws}`),
      error: { code: 'CREDENTIALS_MISSING' },
    });
    expect(stderr).toContain('It goes on in AWS');
  });
});

describe('a backup that fails', () => {
  it.each([
    ['--local', 'app-20300102-030405-r1'],
    ['--quiet', inAws],
  ])('names the step, the reason and the command that carries on with it (%s)', async (where, run) => {
    const cli = new CommandLine();
    cli.world.search.setUnwritable('tandem', 'disk full');

    const failed = await cli.run('backup', 'app', '--json', where);

    expect(failed.code).toBe(4);
    expect(failed.document).toMatchObject({
      plan: 'app',
      run,
      carryOn: expect.stringContaining(`npx tandem backup app --run=${run} `),
      error: { name: 'ProviderFailureError', code: 'REPOSITORY_UNVERIFIED', step: 'EnsureRepository' },
    });
    expect(failed.stderr).toMatch(/^error in EnsureRepository \[REPOSITORY_UNVERIFIED\]: .*disk full/m);
    expect(await cli.world.recoveryPoints()).toEqual([]);

    cli.world.search.setUnwritable('tandem', undefined);
    const again = await cli.run('backup', 'app', '--json', where, '--run', run);

    expect(again.code).toBe(0);
    expect(again.document).toMatchObject({ recoveryPoint: run, state: 'COMPLETE' });
  });

  it('has nothing to carry on with where only a new run can do better', async () => {
    const cli = new CommandLine();
    cli.world.search.spoilNextSnapshot('PARTIAL', ['shard 0 of app-orders: disk full']);

    const { code, document, stderr } = await cli.run('backup', 'app', '--json');

    expect(code).toBe(4);
    expect(document).toMatchObject({ carryOn: null, error: { code: 'SNAPSHOT_INCOMPLETE' } });
    expect(stderr).toContain('then start again');
  });

  it('is wrong usage, and nothing to carry on with, where the plan is wrong', async () => {
    const { code, document } = await new CommandLine(new World().addIndices()).run('backup', 'app', '--json');

    expect(code).toBe(2);
    expect(document).toMatchObject({ carryOn: null, error: { code: 'TABLES_MATCH_NOTHING', step: 'PlanBackup' } });
  });

  it.each([
    ['TIMED_OUT', 6, 'DEADLINE_EXCEEDED'],
    ['ABORTED', 4, 'EXECUTION_STOPPED'],
  ] as const)('tells an execution that ended as %s', async (status, code, errorCode) => {
    const cli = new CommandLine();
    const running = cli.run('backup', 'app', '--json');
    await cli.started;
    await cli.world.clock.sleep(3_000);
    cli.executions.end(inAws, { status });

    expect(await running).toMatchObject({ code, document: { error: { code: errorCode } } });
  });
});

describe('a backup whose execution ends in a way that is not of Tandem', () => {
  it.each(['States.Timeout', 'Sandbox.Timedout', 'Lambda.Unknown'])('has failed: %s', async (name) => {
    const cli = new CommandLine();
    cli.held = Promise.withResolvers<void>().promise;
    const running = cli.run('backup', 'app', '--json');
    await cli.started;
    cli.executions.end(inAws, { status: 'FAILED', failure: { Error: name, Cause: '' } });

    expect(await running).toMatchObject({ code: 4, document: { error: { name } } });
  });
});

describe('a backup that cannot be started', () => {
  it.each(['CREDENTIALS_MISSING', 'REGION_MISSING'] as const)(
    'says so before anything is started: %s',
    async (missing) => {
      const cli = new CommandLine();
      cli.world.buckets.faults.fail('objects.get', new TandemError(missing, 'There are none.'));

      const { code, document } = await cli.run('backup', 'app', '--json');

      expect(code).toBe(2);
      expect(document).toMatchObject({ error: { code: missing, message: 'There are none.' } });
      expect(cli.executions.started).toEqual([]);
    },
  );

  it('says that the catalog bucket is missing', async () => {
    const cli = new CommandLine();
    cli.world.planFile = cli.world.planFile?.replace(catalog, 'another-bucket');

    expect(await cli.run('backup', 'app', '--local', '--json')).toMatchObject({
      code: 2,
      document: { error: { code: 'CATALOG_MISSING' } },
    });
  });

  it.each([
    [[], [], 'NOT_DEPLOYED'],
    [['tandem-prod-restore'], [], 'NOT_DEPLOYED'],
    [['tandem-prod-backup'], ['--stage', 'test'], 'NOT_DEPLOYED'],
    [['tandem-prod-backup', 'tandem-test-backup'], [], 'STAGE_UNCLEAR'],
  ])('says what is deployed: %j %j', async (machines, stage, code) => {
    const cli = new CommandLine(new World(), machines);

    expect(await cli.run('backup', 'app', '--json', ...stage)).toMatchObject({
      code: 2,
      document: { error: { code } },
    });
    expect(cli.executions.started).toEqual([]);
  });

  it('takes the stage that is named', async () => {
    const cli = new CommandLine(new World().addTables(1).addIndices(), ['tandem-prod-backup', 'tandem-test-backup']);

    const { code, stderr } = await cli.run('backup', 'app', '--stage', 'test');

    expect(code).toBe(0);
    expect(stderr).toContain('in AWS (tandem-test-backup)');
  });

  it('knows no run of that name', async () => {
    const cli = new CommandLine();

    expect(await cli.run('backup', 'app', '--json', '--run', 'app-nothing')).toMatchObject({
      code: 2,
      document: { error: { code: 'RUN_UNKNOWN' } },
    });
    expect(cli.executions.started).toEqual([]);
  });
});

describe('a backup that the schedule has started', () => {
  it('is followed by the id of its run, which is not the name of its execution', async () => {
    const cli = new CommandLine();
    const hold = Promise.withResolvers<void>();
    cli.held = hold.promise;
    const machine = (await cli.executions.machines()).find(({ name }) => name === 'tandem-prod-backup')?.arn ?? '';
    const input = { plan: 'app', scheduledTime: '2030-01-02T02:00:00Z' };
    await cli.executions.start(machine, 'e7a1c7d2', JSON.stringify(input));

    const following = cli.run('backup', 'app', '--json', '--run', 'app-20300102-020000');
    await expect.poll(() => cli.executions.faults.count('executions.running')).toBe(1);
    hold.resolve();

    expect(await following).toMatchObject({ code: 0, document: { recoveryPoint: 'app-20300102-020000' } });
    expect(cli.executions.started).toHaveLength(1);
  });
});

describe('a backup that is left before its end', () => {
  it('goes on in AWS, and is followed again instead of being started a second time', async () => {
    const cli = new CommandLine();
    const hold = Promise.withResolvers<void>();
    cli.held = hold.promise;
    const first = cli.run('backup', 'app', '--json');
    await cli.started;
    cli.signals.emit('SIGINT');

    const left = await first;
    expect(left.code).toBe(130);
    expect(left.document).toMatchObject({
      run: inAws,
      carryOn: expect.stringContaining(`npx tandem watch ${inAws}`),
      error: { name: 'Interruption' },
    });
    expect(left.stderr).toContain('It goes on in AWS');

    const again = cli.run('watch', inAws, '--json');
    await expect.poll(() => cli.executions.faults.count('executions.running')).toBe(2);
    hold.resolve();

    expect(await again).toMatchObject({ code: 0, document: { recoveryPoint: inAws } });
    expect(cli.executions.started).toHaveLength(1);
  });

  it('goes on in AWS, and says so also where nobody can read how far it is', async () => {
    const cli = new CommandLine();
    cli.held = Promise.withResolvers<void>().promise;
    const leaving = cli.run('backup', 'app', '--json');
    await cli.started;
    cli.world.buckets.faults.fail('objects.get', new TandemError('SERVICE_UNAVAILABLE', 'away'), { times: 9 });
    cli.signals.emit('SIGINT');

    const { code, document, stderr } = await leaving;
    expect({ code, document }).toMatchObject({ code: 130, document: { run: inAws } });
    expect(stderr).toContain('It goes on in AWS');
  });

  it('is not started at all where it is left before', async () => {
    const cli = new CommandLine();
    const silent = Promise.withResolvers<never>().promise;
    cli.executions.machines = () => silent;

    const leaving = cli.run('backup', 'app', '--json');
    await expect.poll(() => cli.signals.listenerCount('SIGINT')).toBe(1);
    cli.signals.emit('SIGINT');

    expect(await leaving).toMatchObject({ code: 130, document: { error: { name: 'Interruption' } } });
    expect(cli.executions.started).toEqual([]);
    expect(cli.signals.listenerCount('SIGINT')).toBe(0);
  });

  it('is stopped on this machine, half-done, and can be carried on with', async () => {
    const cli = new CommandLine();
    const { openLocal } = cli;
    // The real one stops the state machine; this one goes on unseen, as what was asked of AWS does.
    cli.openLocal = async (workflow, options) => {
      const opened = await openLocal(workflow, options);
      const start: typeof opened.start = async (names, input) => {
        const execution = await opened.start(names, input);
        const ended: typeof execution.ended = (signal) => {
          const stopped = Promise.withResolvers<never>();
          signal.addEventListener('abort', () => stopped.reject(signal.reason));
          return Promise.race([execution.ended(signal), stopped.promise]);
        };
        return { ...execution, ended };
      };
      return { ...opened, start };
    };
    const first = cli.run('backup', 'app', '--local', '--json');
    await cli.started;
    await cli.world.clock.sleep(12_000);
    cli.signals.emit('SIGTERM');

    const left = await first;

    expect(left.code).toBe(130);
    expect(left.document).toMatchObject({ carryOn: expect.stringContaining('--run=app-20300102-030405-r1 --local') });
    expect(left.stderr).toMatch(/So far: 0 of 2 tables, [1-3] of 6 shards\.\nIt is stopped here\./);
  });

  it('hears of a signal only while a run goes on', async () => {
    const cli = new CommandLine();

    await cli.run('backup', 'app');

    expect(cli.signals.eventNames()).toEqual([]);
  });
});
