import { expect, it } from 'vitest';
import { expectRestored, expectSuccess } from '../support/round-trip.ts';
import { World } from '../support/world.ts';

/** What EventBridge tells of an execution that has ended. */
function told(name: string, input: object, status: 'ABORTED' | 'TIMED_OUT' = 'ABORTED') {
  const detail = { name, status, startDate: 1_795_000_000_000, input: JSON.stringify(input) };
  return { source: 'aws.states', 'detail-type': 'Step Functions Execution Status Change', detail };
}

const asked = { plan: 'app', confirmed: true };

async function stopped(killAfterTasks: number): Promise<{ world: World; before: ReturnType<World['writersNow']> }> {
  const world = await new World().damaged();
  const before = world.writersNow();
  await world.restore(asked, { name: 'undo', killAfterTasks });
  return { world, before };
}

const { tasks } = await (await new World().damaged()).restore();
// A task more, and it has ended by itself.
const each = Array.from({ length: tasks - 1 }, (_, number) => number + 1);

it.for(each)(
  'a restore that is stopped after task %i has its writers back, and one alert that goes on',
  async (count) => {
    const { world, before } = await stopped(count);

    expect(await world.reportStopped(told('undo', asked))).toEqual({ reported: true });

    expect(world.writersNow().on).toHaveLength(before.on.length);
    expect(world.alerts.published).toHaveLength(1);
    expect(world.lastAlert().reasons).toEqual(['Somebody stopped the execution. (ConflictError, EXECUTION_STOPPED)']);
    expectSuccess(await world.carryOn());
    expectRestored(world);
  },
);

it('one that took longer than its state machine allows likewise', async () => {
  const { world } = await stopped(20);

  await world.reportStopped(told('undo', asked, 'TIMED_OUT'));

  expect(world.lastAlert().reasons).toEqual([expect.stringContaining('DEADLINE_EXCEEDED')]);
});

it('is told once, however often EventBridge says it', async () => {
  const { world } = await stopped(20);
  await world.reportStopped(told('undo', asked));

  expect(await world.reportStopped(told('undo', asked))).toEqual({ reported: false });

  expect(world.alerts.published).toHaveLength(1);
});

it('lets another restore of the plan begin', async () => {
  const { world } = await stopped(20);
  await world.reportStopped(told('undo', asked));
  await world.clock.sleep(3_600_000);

  expectSuccess(await world.restore(asked, { name: 'other' }));
});

it.for([
  ['a dry run', 'look', { plan: 'app', dryRun: true }],
  ['one that somebody carries on in another execution', 'undo', asked],
  ['one whose input makes no sense', 'undo', { plan: 7 }],
] as const)('has nothing to do for %s', async ([, name, input]) => {
  const { world } = await stopped(20);
  await world.restore({ run: 'undo', confirmed: true }, { name: 'going-on', killAfterTasks: 8 });
  const before = world.writersNow();

  expect(await world.reportStopped(told(name, input))).toEqual({ reported: false });

  expect(world.writersNow()).toEqual(before);
  expect(world.alerts.published).toEqual([]);
});
