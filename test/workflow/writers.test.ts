import { beforeEach, describe, expect, it } from 'vitest';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { CommandLine } from '../support/command-line.ts';
import type { Faults } from '../support/fakes/faults.ts';
import { expectSuccess } from '../support/round-trip.ts';
import { catalog, World } from '../support/world.ts';

const denied = new TandemError('ACCESS_DENIED', 'UpdateEventSourceMapping: not authorized');

/** A damaged application with writers of every kind: a trigger of each table, one that is off, and two functions. */
async function written() {
  const world = new World().plan({ writers: { functions: ['import', 'sync'] } });
  world.functions.set('import', 5).set('sync', undefined).set('bystander', 1);
  world.addTables(3).addIndices();
  world.addTrigger('app-0000', { functionArn: 'arn:paused-by-somebody', state: 'Disabled' });
  expectSuccess(await world.backup());
  const intact = world.application();
  world.dynamo.write('app-0001', 'item', 'damaged');
  world.search.changeIndex('app-products', { documents: 3 });
  return { world, intact };
}

let world: World;
let intact: ReturnType<World['application']>;
let before: ReturnType<World['writersNow']>;

beforeEach(async () => {
  ({ world, intact } = await written());
  before = world.writersNow();
});

/** What is on and what is reserved whenever the run makes a call of this kind. */
function seenAt(operation: 'tables.delete' | 'indices.delete' | 'backups.restore' | 'snapshots.restore') {
  const seen: unknown[] = [];
  const watch = (faults: Faults<string>) => {
    const run = faults.run.bind(faults);
    faults.run = (called, target, act) => {
      if (called === operation) seen.push(world.writersNow());
      return run(called, target, act);
    };
  };
  watch(world.dynamo.faults);
  watch(world.search.faults);
  return seen;
}

const allOff = { on: [], reserved: { import: 0, sync: 0, bystander: 1 } };

describe('the writers of a restore', () => {
  it.for(['tables.delete', 'indices.delete', 'backups.restore', 'snapshots.restore'] as const)(
    'are off at each %s, and as before at its end',
    async (operation) => {
      const seen = seenAt(operation);

      expectSuccess(await world.restore());

      expect(seen).toEqual(Array.from(seen, () => allOff));
      expect(seen).not.toEqual([]);
      expect(world.writersNow()).toEqual(before);
      expect(world.application()).toEqual(intact);
    },
  );

  it('are those of the tables that are not restored, too', async () => {
    const seen = seenAt('indices.delete');

    expectSuccess(await world.restore({ indices: ['app-products'], confirmed: true }));

    expect(seen).toEqual([allOff]);
    expect(world.writersNow()).toEqual(before);
  });

  it('are not paused where nothing that exists is touched', async () => {
    world.dynamo.removeTable('app-0002');
    world.forgetCalls();

    expectSuccess(await world.restore({ tables: ['app-0002'], confirmed: true }));

    expect(world.changes.faults.count('reservedConcurrency.set')).toBe(0);
    expect(world.changes.faults.count('streamConsumers.setEnabled', 'of-app-0000-0')).toBe(0);
    expect(world.writersNow()).toEqual(before);
  });

  it('are in the plan that a dry run shows, and in its hash', async () => {
    const hashOf = async () => {
      const run = await world.restore({ dryRun: true });
      return Object(run.output).planHash;
    };
    const hash = await hashOf();
    world.functions.set('sync', 3);

    expect(await hashOf()).not.toBe(hash);

    const { code, document } = await new CommandLine(world).run('restore', 'app', '--dry-run', '--json');
    expect(code).toBe(0);
    expect(document).toMatchObject({
      plan: {
        writers: {
          mappings: expect.arrayContaining([
            expect.objectContaining({ table: 'app-0000', functionArn: 'arn:paused-by-somebody', enabled: false }),
          ]),
          functions: [
            { name: 'import', reserved: 5 },
            { name: 'sync', reserved: 3 },
          ],
        },
      },
    });
  });

  it('that the plan names and that do not exist refuse it, with all else that is in the way', async () => {
    world.functions.delete('sync');

    const { failure } = await world.restore();

    expect(failure?.Cause).toContain('[WRITER_NOT_FOUND]');
    expect(world.writersNow().on).toEqual(before.on);
  });

  it.for(['twice', 'twice at once'] as const)(
    'are what they were before where each step is delivered %s',
    async (deliver) => {
      expectSuccess(await world.restore({ confirmed: true }, { deliver }));

      expect(world.writersNow()).toEqual(before);
      expect(world.application()).toEqual(intact);
    },
  );
});

describe('the writers of a restore that fails', () => {
  it.for([
    'PauseWriters',
    'RestoreTables',
    'DeleteIndices',
    'RestoreIndices',
    'CheckIndexRecovery',
    'VerifyRestore',
    'ReportOutcome',
  ])('in %s are as they were, and the alert says so', async (task) => {
    const { status } = await world.restore(
      { confirmed: true },
      { breakDown: { task, error: 'Runtime.ExitError', times: 1 } },
    );

    expect(status).toBe('FAILED');
    expect(world.alerts.published).toHaveLength(1);
    expect(world.writersNow()).toEqual(before);
    if (task !== 'PauseWriters') {
      expect(world.lastAlert().done).toContain('the writers that were paused are as they were before');
    }

    expectSuccess(await world.carryOn());
    expect(world.writersNow()).toEqual(before);
    expect(world.application()).toEqual(intact);
  });

  it('half-way through pausing are as they were', async () => {
    world.changes.faults.fail('streamConsumers.setEnabled', denied, { skip: 1 });

    const { failure } = await world.restore();

    expect(failure?.Cause).toContain('[WRITERS_NOT_PAUSED]');
    expect(world.writersNow()).toEqual(before);
    expect(world.lastAlert().done).toContain('the writers that were paused are as they were before');
  });
});

describe('writers that cannot be put back', () => {
  const cannotEnable = () => world.changes.faults.fail('streamConsumers.setEnabled', denied, { skip: 3, times: 3 });

  it('fail the restore with a code of their own, and one alert that tells the command', async () => {
    cannotEnable();

    const { failure } = await world.restore({ confirmed: true }, { name: 'undo' });

    expect(failure?.Cause).toContain('[WRITERS_NOT_RESUMED]');
    expect(world.alerts.published).toHaveLength(1);
    expect(world.alerts.published[0]?.message).toContain('npx tandem restore app --resume-writers=undo');
  });

  it('have an alert of their own beside that of a restore that failed, which is told nevertheless', async () => {
    world.search.spoilNextRestore('app-products', 'no space left');
    cannotEnable();

    const { failure } = await world.restore({ confirmed: true }, { name: 'undo' });

    expect(failure?.Cause).toContain('[RECOVERY_FAILED]');
    expect(world.alerts.published.map(({ subject }) => subject)).toEqual([
      'Tandem: the restore of app failed (ProviderFailureError)',
      'Tandem: writers of app are paused still',
    ]);
    expect(world.alerts.published[1]?.message).toContain('npx tandem restore app --resume-writers=undo');
  });

  it('are put back by the command, once or again', async () => {
    cannotEnable();
    await world.restore({ confirmed: true }, { name: 'undo' });
    const cli = new CommandLine(world);

    const first = await cli.run('restore', 'app', '--resume-writers', 'undo', '--local', '--json');

    expect(first).toMatchObject({ code: 0, document: { plan: 'app', run: 'undo', state: 'RESUMED' } });
    expect(world.writersNow()).toEqual(before);
    const second = await cli.run('restore', 'app', '--resume-writers', 'undo', '--local', '--json');
    expect(second).toMatchObject({ code: 0, document: { state: 'NOTHING_PAUSED' } });
  });

  it('are taken over by the next restore, which puts them back', async () => {
    world.search.spoilNextRestore('app-products', 'no space left');
    cannotEnable();
    await world.restore({ confirmed: true }, { name: 'undo' });

    expectSuccess(await world.undo());

    expect(world.writersNow()).toEqual(before);
    const ledger = await world.buckets.open(catalog).get('ledgers/app/undo/paused-writers.json');
    expect(JSON.parse(ledger?.body ?? '{}')).toHaveProperty('adoptedBy');
  });
});
