import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { expectSuccess } from '../support/round-trip.ts';
import { catalog, World } from '../support/world.ts';

const denied = new TandemError('ACCESS_DENIED', 'CreateBackup of table app-0000: not authorized');

describe('the alert', () => {
  it('goes to the topic of the plan, else to that of the deployment', async () => {
    const world = new World().addTables(1);

    await world.backup({ run: 'unknown' });
    await world.backup({ plan: 'other', run: 'unknown' });

    expect(world.alerts.published.map(({ topic, subject }) => [topic, subject])).toEqual([
      ['arn:aws:sns:eu-west-1:111122223333:alerts', 'Tandem: the backup of app failed (InvalidRequestError)'],
      ['arn:aws:sns:eu-west-1:111122223333:default', 'Tandem: the backup of other failed (InvalidRequestError)'],
    ]);
  });

  it('is sent once, however often it is refused before', async () => {
    const world = new World().addTables(1).plan({ search: null });
    world.dynamo.faults.fail('backups.create', denied);
    world.alerts.faults.fail('alerts.publish', new TandemError('THROTTLED', 'Rate exceeded'), { times: 5 });

    const run = await world.backup();

    expect(run.failure?.Error).toBe('ProviderFailureError');
    expect(world.alerts.faults.count('alerts.publish')).toBe(6);
    expect(world.alerts.published).toHaveLength(1);
  });

  it('that cannot be sent at all does not hide what went wrong', async () => {
    const world = new World().addTables(1).plan({ search: null });
    world.dynamo.faults.fail('backups.create', denied);
    const gone = new TandemError('PROVIDER_FAILURE', 'Topic does not exist');
    world.alerts.faults.fail('alerts.publish', gone, { times: Number.POSITIVE_INFINITY });

    const run = await world.backup();

    expect(run.failure).toMatchObject({
      Error: 'ProviderFailureError',
      Cause: expect.stringContaining(denied.message),
    });
  });

  it('of each failed execution of a run is its own', async () => {
    const world = new World().addTables(1).plan({ search: null });
    world.dynamo.faults.fail('backups.create', denied, { times: 2 });

    await world.backup();
    await world.carryOn();
    expect(world.alerts.published).toHaveLength(2);

    expectSuccess(await world.carryOn());
    expect(world.alerts.published).toHaveLength(2);
  });

  it('goes out without a plan file, and tells where one is missing', async () => {
    const world = new World().addTables(1);
    world.planFile = undefined;

    const run = await world.backup();

    expect(run.failure?.Error).toBe('InvalidRequestError');
    expect(world.alerts.published).toMatchObject([{ topic: 'arn:aws:sns:eu-west-1:111122223333:default' }]);
    expect(world.lastAlert()).toMatchObject({
      steps: ['PlanBackup'],
      done: ['nothing was started', expect.anything()],
      input: { plan: 'app' },
    });
  });

  it.for(['before the run', 'during the run'])('goes out without a catalog: the bucket is missing %s', async (when) => {
    const world = new World().addTables(1).addIndices();
    if (when === 'before the run') world.buckets.remove(catalog);
    const running = world.backup();
    await world.clock.sleep(10_000);
    world.buckets.remove(catalog);

    const run = await running;

    expect(run.failure).toMatchObject({
      Error: 'InvalidRequestError',
      Cause: expect.stringContaining('CATALOG_MISSING'),
    });
    expect(world.alerts.published).toHaveLength(1);
    expect(world.lastAlert().reasons[0]).toContain(catalog);
  });

  describe.for(['backup', 'restore'] as const)('of a %s with an input that makes no sense', (workflow) => {
    it.for<[input: unknown, says: string]>([
      [{}, 'The input is not understood: plan: is missing.'],
      [{ plan: 5 }, 'The input is not understood: plan: expected string, received number.'],
      [{ plan: 'app', tabels: [] }, 'The input is not understood: tabels: is no field of it.'],
      [{ plan: 'nope' }, 'There is no plan named "nope"; the plan file holds: app, other.'],
      [['app'], 'The input is not understood: expected object, received array.'],
      ['app', 'The input is not understood: expected object, received string.'],
    ])('goes out once, and says so in a sentence as the execution does: %j', async ([input, says]) => {
      const world = new World();

      const { failure } = await world[workflow]({}, { input, failuresAsJson: true });

      const step = workflow === 'backup' ? 'PlanBackup' : 'PlanRestore';
      expect(failure?.Error).toBe('InvalidRequestError');
      expect(failure?.Cause.split('\n')).toEqual([
        expect.stringMatching(/^\[(USAGE|PLAN_UNKNOWN)\] /),
        expect.stringMatching(/^What to do: /),
      ]);
      expect(failure?.Cause).toContain(`] ${step}: ${says}\n`);
      expect(world.alerts.published).toMatchObject([
        { message: expect.stringContaining(`Step: ${step}\nWhy: ${says} (`) },
      ]);
      expect(world.alerts.published[0]?.message).toContain(`Start the ${workflow} again with an input that is right`);
    });
  });

  it('names every mistake of an input, as events/README.md shows', async () => {
    const { failure } = await new World().restore({ tables: 'shop-*', dryrun: true });

    expect(await readFile('events/README.md', 'utf8')).toContain(`\n${failure?.Cause}\n`);
  });

  it('tells what cannot be named beside the run of a restore that is carried on', async () => {
    const world = new World();

    const { failure } = await world.restore({ run: 'undo', point: 'latest', tables: ['app-1'], dryRun: true });

    expect(failure?.Cause).toContain(
      'not understood: tables: was settled by the run, so that it cannot be named; dryRun: was settled by the run',
    );
  });

  it('is not kept back by whatever an input holds', async () => {
    const world = new World();

    await world.restore({ plan: 'app', planHash: 5, tables: 'app-*', sides: 'both' });

    expect(world.alerts.published[0]?.message).toContain(
      'tables: expected array, received string; planHash: expected string, received number; sides: is no field of it.',
    );
  });

  it('does not deny a recovery point that was recorded', async () => {
    const world = new World().addTables(1).addIndices();
    const target = 'recovery-points/app/backup-1/manifest.json';
    world.buckets.faults.fail('objects.create', new Error('Runtime exited'), { target, when: 'after' });

    const run = await world.backup();

    expect(run.status).toBe('FAILED');
    expect(world.lastAlert().done).toContain('the recovery point was recorded and can be restored');
    expectSuccess(await world.carryOn());
    expect(await world.recoveryPoints()).toHaveLength(1);
  });
});
