import { describe, expect, it } from 'vitest';
import { longestRestoreSeconds } from '../../shared/core/restore-lock.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { readLock } from '../../shared/steps/restore/restore-lock.ts';
import { CommandLine } from '../support/command-line.ts';
import { expectRestored, expectSuccess } from '../support/round-trip.ts';
import { catalog, World } from '../support/world.ts';

function lockOf(world: World) {
  return readLock(world.buckets.open(catalog), 'app');
}

/** A world in which the restore `first` was killed when it had begun. */
async function killed(): Promise<World> {
  const world = await new World().damaged();
  await world.restore({ confirmed: true }, { name: 'first', killAfterTasks: 3 });
  return world;
}

describe('one restore of a plan at a time', () => {
  it('is at work: another one is refused, who it is and since when', async () => {
    const world = await killed();
    const before = await world.everything();

    const { failure } = await world.restore({ confirmed: true }, { name: 'second' });

    expect(failure).toMatchObject({
      Error: 'GuardRefusedError',
      Cause: expect.stringMatching(/\[RESTORE_IN_PROGRESS\].*Restore first of the same plan is at work since 20/),
    });
    expect(failure?.Cause).toContain('npx tandem restore app --run=first --plan-hash=');
    expect(await world.everything()).toEqual(before);
    expect(await lockOf(world)).toMatchObject({ run: 'first' });
    expect((await lockOf(world))?.releasedAt).toBeUndefined();
  });

  it('never keeps a dry run from looking', async () => {
    const world = await killed();
    await world.clock.sleep(300_000);

    expectSuccess(await world.restore({ dryRun: true }, { name: 'second' }));

    expect(await lockOf(world)).toMatchObject({ run: 'first' });
  });

  it('does not keep another plan from being restored', async () => {
    const world = await killed();
    await world.clock.sleep(300_000);
    await world.backup({ plan: 'other' }, { name: 'of-other' });

    expectSuccess(await world.restore({ plan: 'other', confirmed: true }, { name: 'second' }));
  });

  it('that was killed carries on, and gives the plan free', async () => {
    const world = await killed();

    expectSuccess(await world.restore({ run: 'first', confirmed: true }, { name: 'again' }));

    expectRestored(world);
    expect(await lockOf(world)).toMatchObject({ run: 'first', execution: 'again', releasedAt: expect.any(String) });
    expectSuccess(await world.restore({ confirmed: true }, { name: 'second' }));
  });

  it('that is dead is taken over from, and cannot carry on meanwhile', async () => {
    const world = await killed();
    await world.clock.sleep(300_000);

    const second = { confirmed: true, takeOver: 'first' };
    const { status } = await world.restore(second, { name: 'second', killAfterTasks: 1 });
    const back = await world.restore({ run: 'first', confirmed: true }, { name: 'again' });

    expect(status).toBe('KILLED');
    expect(back.failure?.Cause).toContain('Restore second of the same plan is at work');
    expect(await lockOf(world)).toMatchObject({ run: 'second' });
  });

  it('is taken over from by its own name alone', async () => {
    const world = await killed();

    const { failure } = await world.restore({ confirmed: true, takeOver: 'third' }, { name: 'second' });

    expect(failure?.Cause).toContain('[RESTORE_IN_PROGRESS]');
  });

  it('gives the plan free when it has failed', async () => {
    const world = await new World().damaged();
    world.search.spoilNextRestore('app-orders', 'disk full');

    const { status } = await world.restore({ confirmed: true }, { name: 'first' });

    expect(status).toBe('FAILED');
    expect((await lockOf(world))?.releasedAt).toBeDefined();
    expectSuccess(await world.carryOn());
    expectRestored(world);
  });

  it('gives the plan free where the report of its failure is delivered twice', async () => {
    const world = await new World().damaged();
    world.search.spoilNextRestore('app-orders', 'disk full');
    // The first delivery sends the alert, and then cannot give the plan back.
    const target = 'ledgers/app/restore-in-progress.json';
    world.buckets.faults.fail('objects.replace', new Error('Runtime exited'), { target, when: 'before' });

    await world.restore({ confirmed: true }, { name: 'first' });

    expect((await lockOf(world))?.releasedAt).toBeDefined();
    expect(world.alerts.published).toHaveLength(1);
  });

  it('that was refused has not held it', async () => {
    const world = await new World().damaged();
    world.dynamo.changeTable('app-0001', { globalTable: true });

    await world.restore({ confirmed: true }, { name: 'first' });

    expect(await lockOf(world)).toBeUndefined();
  });

  it("is nobody's once no execution can be at work on it any more", async () => {
    const world = await killed();
    await world.clock.sleep((longestRestoreSeconds + 1) * 1_000);

    const { failure } = await world.restore({ confirmed: true }, { name: 'second' });

    expect(failure?.Cause ?? '').not.toContain('RESTORE_IN_PROGRESS');
  });

  it('takes it where the answer to that was lost', async () => {
    const world = await new World().damaged();
    // The lock is made, but the answer is lost: the second look finds it, and that it is its own.
    const target = 'ledgers/app/restore-in-progress.json';
    const lost = new TandemError('SERVICE_UNAVAILABLE', 'no answer');
    world.buckets.faults.fail('objects.create', lost, { target, when: 'after' });

    expectSuccess(await world.restore({ confirmed: true }, { name: 'first' }));
  });
});

describe('tandem restore --take-over', () => {
  it('begins although the run that it names has not said that it has ended', async () => {
    const cli = new CommandLine(await killed());
    await cli.world.clock.sleep(300_000);

    const refused = await cli.run('restore', 'app', '--yes', '--json');
    const taken = await cli.run('restore', 'app', '--yes', '--json', '--take-over', 'first');

    expect(refused).toMatchObject({ code: 3, document: { error: { code: 'RESTORE_IN_PROGRESS' } } });
    expect(taken).toMatchObject({ code: 0, document: { state: 'COMPLETE' } });
  });
});
