import { describe, expect, it } from 'vitest';
import { restoreRunSchema } from '../../shared/contracts/ledger/restore-run.ts';
import { restoreStateSchema } from '../../shared/contracts/steps.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { expectSuccess } from '../support/round-trip.ts';
import { World } from '../support/world.ts';

const fast = { confirmed: true, fast: true };
const rate = 'indices.recovery.max_bytes_per_sec';
const primaries = 'cluster.routing.allocation.node_initial_primaries_recoveries';
const replicas = 'cluster.routing.allocation.node_concurrent_recoveries';
const lifted = { [rate]: '0', [primaries]: '10', [replicas]: '10' };

/** Two nodes, and indices of which one has a replica; backed up, and one of them dropped since. */
async function replicated(): Promise<World> {
  const world = new World({ search: { replicate: 30 } }).plan({ tables: null }).addIndices();
  world.search.configure({ dataNodes: 2 });
  world.search.changeIndex('app-orders', { replicas: 1 });
  expectSuccess(await world.backup());
  world.search.removeIndex('app-empty');
  return world;
}

/** What is set, but for what keeps writes from making indices, and what replicas there are, at every call of these. */
function watch({ search }: World) {
  const seen: { operation: string; settings: object; replicas: number | undefined }[] = [];
  const note = (operation: string) => {
    const { 'action.auto_create_index': _, ...settings } = search.settingsNow;
    const orders = search.everything().indices.find(({ name }) => name === 'app-orders');
    seen.push({ operation, settings, replicas: orders?.replicas });
  };
  const { snapshots, indices } = search;
  const [restore, setReplicas] = [snapshots.restore, indices.setReplicas];
  snapshots.restore = async (...asked) => {
    await restore(...asked);
    note('restore');
  };
  indices.setReplicas = async (...asked) => {
    await setReplicas(...asked);
    note('setReplicas');
  };
  return seen;
}

async function remarksOf(world: World, run: string): Promise<string[]> {
  const verification = await world.buckets.open('tandem-catalog').get(`ledgers/app/${run}/verification.json`);
  return JSON.parse(verification?.body ?? '').remarks;
}

describe('a fast restore', () => {
  it('lifts the throttles of recovery and copies replicas last, and leaves all as it was', async () => {
    const world = await replicated();
    world.search.configureSetting(rate, '20mb');
    const seen = watch(world);

    expectSuccess(await world.restore(fast));

    expect(seen).toEqual([
      { operation: 'restore', settings: lifted, replicas: 0 },
      { operation: 'setReplicas', settings: lifted, replicas: 1 },
    ]);
    expect(world.search.settingsNow).toEqual({ [rate]: '20mb' });
    expect(await world.search.indices.recovery(['app-orders'])).toMatchObject([{ health: 'green' }]);
  });

  it('shows what it lifts in its plan, which the hash covers', async () => {
    const world = await replicated();
    world.search.configureSetting(primaries, '16');
    const hashOf = async (name: string, input: object) =>
      restoreStateSchema.parse((await world.restore({ dryRun: true, ...input }, { name })).output).planHash;

    const [plain, quick] = [await hashOf('plain', {}), await hashOf('quick', { fast: true })];

    const kept = await world.buckets.open('tandem-catalog').get('ledgers/app/quick/restore-run.json');

    expect(quick).not.toEqual(plain);
    expect(restoreRunSchema.parse(JSON.parse(kept?.body ?? '')).restorePlan.fast).toEqual({
      throttles: [
        { name: rate, before: null, during: '0' },
        { name: replicas, before: null, during: '10' },
      ],
      replicas: [{ index: 'app-orders', replicas: 1 }],
    });
  });

  it('puts everything back after a failure too, and lifts it again when it is carried on', async () => {
    const world = await replicated();
    world.search.spoilNextRestore('app-products', 'no space left');

    expect((await world.restore(fast)).status).toBe('FAILED');
    expect(world.search.settingsNow).toEqual({});
    expect((await world.search.indices.describe(['app-orders']))[0]?.replicas).toBe(1);

    const seen = watch(world);
    expectSuccess(await world.carryOn());
    expect(seen.map(({ settings }) => settings)).toContainEqual(lifted);
    expect(world.search.settingsNow).toEqual({});
  });

  it('is as fast as it may be where the domain keeps its throttles to itself, and says so', async () => {
    const world = await replicated();
    for (const target of [rate, primaries, replicas]) {
      const refused = new TandemError(
        'SEARCH_NOT_OFFERED',
        `Your request: '/_cluster/settings' payload is not allowed.`,
      );
      world.search.faults.fail('settings.write', refused, { target, times: 20 });
    }

    expectSuccess(await world.restore(fast, { name: 'forth' }));

    expect(await remarksOf(world, 'forth')).toEqual(
      [rate, primaries, replicas].map((name) => expect.stringContaining(`--fast could not lift ${name}`)),
    );
    expect(world.search.settingsNow).toEqual({});
  });

  it('leaves alone what somebody else sets meanwhile', async () => {
    const world = await replicated();
    const { setReplicas } = world.search.indices;
    world.search.indices.setReplicas = (...asked) => {
      world.search.configureSetting(rate, '80mb');
      return setReplicas(...asked);
    };

    expectSuccess(await world.restore(fast));

    expect(world.search.settingsNow).toEqual({ [rate]: '80mb' });
  });

  it('that was killed is put back by the next restore, which need not be a fast one', async () => {
    const world = await replicated();
    world.search.configureSetting(rate, '20mb');
    const { states } = await (await replicated()).restore(fast);
    const tasks = states.filter((state) =>
      /^(Plan|Find|Start|Check|Record|Pause|Restore(Tables|Indices)|Delete)/.test(state),
    );
    await world.restore(fast, { name: 'forth', killAfterTasks: tasks.indexOf('RestoreIndices') + 1 });
    expect(world.search.settingsNow).toMatchObject(lifted);
    await world.clock.sleep(900_000);

    expectSuccess(await world.restore({ confirmed: true, takeOver: 'forth', indices: ['app-empty'] }));

    expect(world.search.settingsNow).toEqual({ [rate]: '20mb' });
    expect((await world.search.indices.describe(['app-orders']))[0]?.replicas).toBe(1);
  });

  it('tells in the alert which indices lack their replicas where they cannot be given', async () => {
    const world = await replicated();
    const blocked = new TandemError('INDEX_BLOCKED', 'index [app-orders] blocked by: index read-only.');
    world.search.faults.fail('indices.setReplicas', blocked, { times: 20 });

    expect((await world.restore(fast)).status).toBe('FAILED');

    expect(world.lastAlert().done).toContain('restored without replicas, and not given them yet: app-orders (1)');
  });

  it('puts back what it can where one setting cannot be, and tells which that is', async () => {
    const world = await replicated();
    const away = new TandemError('SERVICE_UNAVAILABLE', '503');
    world.search.faults.fail('settings.write', away, { target: rate, skip: 1, times: 20 });

    expect((await world.restore(fast)).status).toBe('FAILED');

    expect(world.search.settingsNow).toEqual({ [rate]: '0' });
    expect(world.lastAlert().done).toContain(
      `setting of the domain changed and not put back: ${rate}, which was not set`,
    );
  });

  it('of tables alone lifts nothing, and says so', async () => {
    const world = new World().addTables(1).plan({ search: null });
    await world.backup();

    const { output } = await world.restore({ dryRun: true, fast: true });

    expect(output).toMatchObject({ outline: { remarks: ['--fast changes nothing where no index is restored'] } });
  });
});
