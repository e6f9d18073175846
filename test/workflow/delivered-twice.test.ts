import { describe, expect, it } from 'vitest';
import { restores } from '../support/restores.ts';
import { expectOneRecoveryPoint, expectRestored, expectSuccess } from '../support/round-trip.ts';
import { World } from '../support/world.ts';

/** Those that touch no table. */
const ofIndices = new Set(['close', 'swap', 'replace-fast']);
/** What gets another name is asked for by itself. */
const restoreRequests = new Map([
  ['replace', 1],
  ['close', 1],
  ['swap', 2],
  ['replace-fast', 1],
]);

describe.for(['twice', 'twice at once'] as const)('every step delivered %s', (deliver) => {
  it('makes one backup of each table, one snapshot and one recovery point', async () => {
    const world = new World().addTables(3).addIndices();

    expectSuccess(await world.backup({}, { deliver }));

    await expectOneRecoveryPoint(world);
    expect(world.dynamo.faults.count('backups.create')).toBe(3);
    expect(world.alerts.published).toEqual([]);
  });

  it.for(restores)(
    'restores each table and index once, by $strategy',
    async ({ strategy, begin, input, ...restore }) => {
      const world = await begin();

      expectSuccess(await world.restore(input, { deliver }));

      await restore.expectRestored(world);
      expect(world.dynamo.faults.count('backups.restore')).toBe(ofIndices.has(strategy) ? 0 : 3);
      const requests = world.search.faults.count('snapshots.restore');
      expect(requests).toBe(restoreRequests.get(strategy) ?? 0);
      expect(world.alerts.published).toEqual([]);
    },
  );
});

it('a failed run whose every step is delivered twice sends one alert', async () => {
  const world = new World().addTables(1).addIndices();
  world.search.setUnwritable('tandem', 'Access Denied');

  const run = await world.backup({}, { deliver: 'twice' });

  expect(run.failure?.Error).toBe('ProviderFailureError');
  expect(world.alerts.published).toHaveLength(1);
});

it('a run that failed in its first step sends one alert too', async () => {
  const world = await new World().damaged();

  const run = await world.restore({ point: 'app-of-yore', confirmed: true }, { deliver: 'twice' });

  expect(run.failure?.Error).toBe('GuardRefusedError');
  expect(world.alerts.published).toHaveLength(1);
});

it('two executions of one run at once make no second backup or snapshot', async () => {
  const world = new World().addTables(3).addIndices();

  const runs = await Promise.all([world.backup({}, { name: 'nightly' }), world.backup({}, { name: 'nightly' })]);

  await expectOneRecoveryPoint(world);
  expect(runs.map((run) => run.status)).toContain('SUCCEEDED');
});

it('two executions of one restore at once are no harm: carried on with, everything is back', async () => {
  const world = await new World().damaged();
  const confirmed = { confirmed: true };

  await Promise.all([world.restore(confirmed, { name: 'undo' }), world.restore(confirmed, { name: 'undo' })]);
  expectSuccess(await world.restore({ run: 'undo', ...confirmed }));

  expectRestored(world);
  const { tables } = world.dynamo.everything();
  expect(tables.every((table) => table.restoredFrom !== undefined)).toBe(true);
});
