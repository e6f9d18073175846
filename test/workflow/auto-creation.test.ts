import { describe, expect, it } from 'vitest';
import { autoCreation } from '../../shared/core/auto-creation.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { expectSuccess } from '../support/round-trip.ts';
import { damagedIndices } from '../support/search-application.ts';
import type { World } from '../support/world.ts';

const confirmed = { confirmed: true };
const denied = '-app-empty,-app-orders,-app-products,-products';

/** What is set whenever indices are deleted or restored. */
function watch({ search }: World): string[] {
  const seen: string[] = [];
  const { indices, snapshots } = search;
  const [remove, restore] = [indices.delete, snapshots.restore];
  const note = () => seen.push(search.settingsNow[autoCreation] ?? 'not set');
  indices.delete = (...names) => {
    note();
    return remove(...names);
  };
  snapshots.restore = (...asked) => {
    note();
    return restore(...asked);
  };
  return seen;
}

describe('while indices are away, no write makes another one in their place', () => {
  it.for([
    [undefined, `${denied},+*`],
    ['true', `${denied},+*`],
    ['-logs-*,+*', `${denied},-logs-*,+*`],
    ['false', 'false'],
  ])('where %s was set', async ([before, during]) => {
    const world = await damagedIndices();
    if (before !== undefined) world.search.configureSetting(autoCreation, before);
    const seen = watch(world);

    expectSuccess(await world.restore(confirmed));

    expect(seen).toEqual([during, during]);
    expect(world.search.settingsNow[autoCreation]).toBe(before);
  });

  it('and after a failure they may again', async () => {
    const world = await damagedIndices();
    world.search.configureSetting(autoCreation, '+*');
    world.search.spoilNextRestore('app-orders', 'no space left');

    expect((await world.restore(confirmed)).status).toBe('FAILED');
    expect(world.search.settingsNow).toEqual({ [autoCreation]: '+*' });

    const seen = watch(world);
    expectSuccess(await world.carryOn());
    expect(seen).toEqual([`${denied},+*`, `${denied},+*`]);
    expect(world.search.settingsNow).toEqual({ [autoCreation]: '+*' });
  });

  it('unless the domain does not let that be changed, which is a remark', async () => {
    const world = await damagedIndices();
    const refused = new TandemError('SEARCH_UNAUTHORIZED', 'no permissions for [cluster:admin/settings/update]');
    world.search.faults.fail('settings.write', refused, { times: 20 });

    const run = await world.restore(confirmed, { name: 'forth' });

    expectSuccess(run);
    const verification = await world.buckets.open('tandem-catalog').get('ledgers/app/forth/verification.json');
    expect(JSON.parse(verification?.body ?? '').remarks).toEqual([
      expect.stringContaining('no permissions for [cluster:admin/settings/update]'),
    ]);
  });

  it('and what somebody else sets meanwhile stays', async () => {
    const world = await damagedIndices();
    const { restore } = world.search.snapshots;
    world.search.snapshots.restore = (...asked) => {
      world.search.configureSetting(autoCreation, 'false');
      return restore(...asked);
    };

    expectSuccess(await world.restore(confirmed));

    expect(world.search.settingsNow).toEqual({ [autoCreation]: 'false' });
  });

  it('and where it cannot be put back, the alert tells what it was', async () => {
    const world = await damagedIndices();
    world.search.spoilNextRestore('app-orders', 'no space left');
    const away = new TandemError('SERVICE_UNAVAILABLE', '503');
    world.search.faults.fail('settings.write', away, { skip: 1, times: 20 });

    expect((await world.restore(confirmed)).failure?.Cause).toContain('[RECOVERY_FAILED]');

    expect(world.alerts.published).toHaveLength(1);
    expect(world.lastAlert().done).toContain(
      `setting of the domain changed and not put back: ${autoCreation}, which was not set`,
    );
  });

  it('and an undo of a restore that was killed puts back what was before that one', async () => {
    const world = await damagedIndices();
    world.search.configureSetting(autoCreation, '+*');
    const { states } = await (await damagedIndices()).restore(confirmed);
    const tasks = states.filter((state) => /^(Plan|Start|Check|Record|Restore(Tables|Indices)|Delete)/.test(state));
    await world.restore(confirmed, { name: 'forth', killAfterTasks: tasks.indexOf('RestoreIndices') + 1 });
    expect(world.search.settingsNow[autoCreation]).toBe(`${denied},+*`);
    await world.clock.sleep(900_000);

    expectSuccess(await world.restore({ point: 'forth-safety', takeOver: 'forth', ...confirmed }));

    expect(world.search.settingsNow).toEqual({ [autoCreation]: '+*' });
  });
});
