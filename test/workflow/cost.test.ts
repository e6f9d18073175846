import { afterEach, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { readDeployment } from '../../docs/cost/deployment.ts';
import { estimate } from '../../docs/cost/estimate.ts';
import { costOptionsSchema } from '../../docs/cost/options.ts';
import { rehearse } from '../../docs/cost/rehearsal.ts';
import { assumptions } from '../../shared/core/cost.ts';
import { restoreMemoryGb, restoreUsage } from '../../shared/core/run-usage.ts';
import type { WorkflowRun } from '../support/workflow.ts';
import { World } from '../support/world.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function looks({ states }: WorkflowRun, ...names: string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, states.filter((state) => state === name).length]));
}

/** Requests to the catalog that change something, and those that do not. */
function requests({ buckets: { faults } }: World) {
  return {
    writes: faults.count('objects.create') + faults.count('objects.replace') + faults.count('objects.list'),
    reads: faults.count('objects.get'),
  };
}

it.each([
  { tables: 1, creatingBackup: 4 },
  { tables: 1_000, creatingBackup: 138 },
])('counts the state transitions of a night with $tables table(s) as the real steps make them', async (one) => {
  const { tables, creatingBackup } = one;
  const world = new World({ dynamo: { creatingBackup }, search: { snapshot: 236 } }).addTables(tables).addIndices();
  const run = await world.backup();
  expect(looks(run, 'CheckTableBackups', 'CheckIndexSnapshot')).toEqual({
    CheckTableBackups: 2,
    CheckIndexSnapshot: 10,
  });

  const { backup } = await estimate(costOptionsSchema.parse({ tables, polls: '2,10' }));
  expect(backup).toMatchObject({ transitions: run.states.length, tasks: run.tasks });
  const { writes, reads } = requests(world);
  expect(backup.writes).toBeGreaterThanOrEqual(writes);
  expect(backup.reads).toBeGreaterThanOrEqual(reads);
});

it.each([1, 120])(
  'counts the state transitions of a restore of %s table(s) as the real steps make them',
  async (tables) => {
    const world = new World().addTables(tables).addIndices();
    await world.backup();
    world.forgetCalls();
    const run = await world.restore();
    const { RestoreTables, CheckIndexRecovery, CheckTableBackups, CheckIndexSnapshot } = looks(
      run,
      'RestoreTables',
      'CheckIndexRecovery',
      'CheckTableBackups',
      'CheckIndexSnapshot',
    );

    const restorePolls = `${RestoreTables},${CheckIndexRecovery}`;
    const polls = `${CheckTableBackups},${CheckIndexSnapshot}`;
    const { restore } = await estimate(costOptionsSchema.parse({ tables, polls, restorePolls }));
    expect(restore).toMatchObject({ transitions: run.states.length, tasks: run.tasks });
    const { writes, reads } = requests(world);
    expect(restore.writes).toBeGreaterThanOrEqual(writes);
    expect(restore.reads).toBeGreaterThanOrEqual(reads);
  },
);

it.each([1, 120])(
  'is reckoned in the plan of a restore of %s table(s) no lower than it is, but for its size',
  async (tables) => {
    const world = new World().addTables(tables).addIndices();
    await world.backup();
    world.forgetCalls();
    const run = await world.restore();

    const usage = restoreUsage(tables, { tables: Math.ceil(tables / 50) * 300, indices: 60 });
    expect(usage.transitions).toBeGreaterThanOrEqual(run.states.length);
    expect(usage.tasks).toBeGreaterThanOrEqual(run.tasks);
    const { writes, reads } = requests(world);
    expect(usage.writes).toBeGreaterThanOrEqual(writes);
    expect(usage.reads).toBeGreaterThanOrEqual(reads);
  },
);

it('enters the very states that the real steps do, in a plan with tables alone too', async () => {
  const world = new World().plan({ search: null }).addTables(3);
  const run = await world.backup();
  const rehearsal = await rehearse('backup', {
    hasTables: true,
    hasSearch: false,
    looks: looks(run, 'CheckTableBackups'),
  });
  expect(rehearsal.states.toSorted()).toEqual(run.states.toSorted());
});

it('reckons with the memory that is deployed', async () => {
  expect((await readDeployment()).memoryGb).toBe(restoreMemoryGb);
});

it('reckons with as many metrics as a night writes', async () => {
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  // Has them written to the global console.
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  const written = vi.spyOn(console, 'log').mockReturnValue();
  await new World().addTables(3).addIndices().backup();
  const metrics = written.mock.calls.flatMap(([text]) => {
    const { step, _aws } = writtenSchema.parse(JSON.parse(String(text)));
    return _aws.CloudWatchMetrics.flatMap(({ Metrics }) => Metrics.map(({ Name }) => `${step} ${Name}`));
  });
  expect(new Set(metrics).size).toBe(assumptions.metrics);
});

const writtenSchema = z.object({
  step: z.string(),
  _aws: z.object({ CloudWatchMetrics: z.array(z.object({ Metrics: z.array(z.object({ Name: z.string() })) })) }),
});
