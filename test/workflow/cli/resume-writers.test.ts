import { describe, expect, it } from 'vitest';
import { CommandLine } from '../../support/command-line.ts';
import { World } from '../../support/world.ts';

/** A command line on a world in which the restore `undo` was killed with its writers paused. */
async function killed(): Promise<{ cli: CommandLine; before: ReturnType<World['writersNow']> }> {
  const world = await new World().damaged();
  const before = world.writersNow();
  await world.restore({ confirmed: true, safetyPoint: false }, { name: 'undo', killAfterTasks: 4 });
  expect(world.writersNow()).not.toEqual(before);
  return { cli: new CommandLine(world), before };
}

describe('tandem restore --resume-writers', () => {
  it('has the function of the deployment put them back, and says what it did', async () => {
    const { cli, before } = await killed();
    cli.setUpAccount.functions.set('tandem-prod-resumeLeftWriters', {
      role: 'arn:aws:iam::111122223333:role/restore',
      answer: (input) => cli.world.resumeLeft(input),
    });

    const { code, stdout } = await cli.run('restore', 'app', '--resume-writers', 'undo');

    expect(code).toBe(0);
    expect(stdout).toContain('The writers of plan app are as they were before restore undo:');
    expect(stdout).toMatch(/ {2}the trigger of \S+:index-app-0000:live on table app-0000: on/);
    expect(cli.world.writersNow()).toEqual(before);
  });

  it('says that there is nothing to put back', async () => {
    const world = await new World().damaged();
    await world.restore({ confirmed: true }, { name: 'undo' });

    const answer = await new CommandLine(world).run('restore', 'app', '--resume-writers', 'undo', '--local');

    expect(answer).toMatchObject({ code: 0, stdout: 'Restore undo has left no writers paused.\n' });
  });

  it('fails with the command that tries it again where Lambda refuses', async () => {
    const { cli } = await killed();
    cli.world.changes.faults.fail('streamConsumers.setEnabled', new Error('not authorized'), { times: 9 });

    const { code, document } = await cli.run('restore', 'app', '--resume-writers', 'undo', '--local', '--json');

    expect({ code, document }).toMatchObject({
      code: 4,
      document: {
        run: 'undo',
        carryOn: expect.stringContaining('npx tandem restore app --resume-writers=undo --local'),
        error: { code: 'WRITERS_NOT_RESUMED', message: expect.stringContaining('not authorized') },
      },
    });
  });

  it('knows no run that never was', async () => {
    const { cli } = await killed();

    const { code, document } = await cli.run('restore', 'app', '--resume-writers', 'nonsense', '--local', '--json');

    expect({ code, document }).toMatchObject({ code: 2, document: { error: { code: 'RUN_UNKNOWN' } } });
  });

  it('leaves a restore alone that is at work still', async () => {
    const cli = new CommandLine(await new World().damaged());
    const hold = Promise.withResolvers<void>();
    const { restore } = cli.world;
    cli.world.restore = async (input, execution) => {
      const run = await restore.call(cli.world, input, { ...execution, killAfterTasks: 4 });
      await hold.promise;
      return run;
    };
    const running = cli.run('restore', 'app', '--yes', '--no-safety-point', '--json');
    await expect.poll(() => cli.executions.started.length).toBe(1);
    const [{ name = '' } = {}] = cli.executions.started;
    await expect.poll(() => cli.world.writersNow().on).toHaveLength(1);

    const { code, document } = await cli.run('restore', 'app', '--resume-writers', name, '--json');

    expect({ code, document }).toMatchObject({ code: 2, document: { error: { code: 'RUN_GOES_ON' } } });
    hold.resolve();
    await running;
  });
});

describe('a restore on this machine that is left', () => {
  /** Leaves a restore with its writers paused, whose step that is at work ends when it is let. */
  async function leaving(stepEnds: Promise<void>) {
    const cli = new CommandLine(await new World().damaged());
    const before = cli.world.writersNow();
    const paused = Promise.withResolvers<void>();
    cli.openLocal = async () => ({
      place: 'on this machine',
      outlivesUs: false,
      start: async (_, input) => {
        await cli.world.restore({ ...input, safetyPoint: false }, { name: 'undo', killAfterTasks: 4 });
        return {
          ...{ name: 'undo', plan: 'app', run: 'undo', dryRun: false, isRunning: true },
          stopped: () => stepEnds,
          ended: (signal) => {
            paused.resolve();
            const { promise, reject } = Promise.withResolvers<never>();
            signal.addEventListener('abort', () => reject(signal.reason));
            return promise;
          },
        };
      },
      running: async () => [],
      find: async () => undefined,
    });
    const left = cli.run('restore', 'app', '--yes', '--local');
    await paused.promise;
    cli.signals.emit('SIGINT');
    return { cli, before, left };
  }

  it('has its writers back', async () => {
    const { cli, before, left } = await leaving(Promise.resolve());

    const { code, stderr } = await left;

    expect(code).toBe(130);
    expect(stderr).toContain('The writers are as they were before the restore.');
    expect(stderr).toMatch(/The command:.* npx tandem restore app --run=undo/);
    expect(cli.world.writersNow()).toEqual(before);
  });

  it('is left at once by another Ctrl-C, which says the command, and not by one that arrives twice', async () => {
    const { cli, left } = await leaving(Promise.withResolvers<void>().promise);
    cli.signals.emit('SIGINT');
    const again = setInterval(() => cli.signals.emit('SIGINT'), 20);

    const { code, stderr } = await left;

    clearInterval(again);
    expect(code).toBe(130);
    expect(stderr).toContain('Another Ctrl-C leaves at once.');
    expect(stderr).toMatch(/To put them back: npx tandem restore app --resume-writers=undo --local/);
  });
});
