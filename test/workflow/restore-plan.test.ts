import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { expectRestored, expectSuccess } from '../support/round-trip.ts';
import type { WorkflowRun } from '../support/workflow.ts';
import { catalog, World } from '../support/world.ts';

const outputSchema = z.object({ planHash: z.string(), run: z.string(), outline: z.unknown() });

async function dryRun(world: World, input: Record<string, unknown> = {}) {
  const run = await world.restore({ dryRun: true, ...input });
  expectSuccess(run);
  return outputSchema.parse(run.output);
}

function expectRefused(run: WorkflowRun, code: string): void {
  expect(run.failure).toMatchObject({ Error: 'GuardRefusedError', Cause: expect.stringContaining(`[${code}]`) });
}

describe('a dry run', () => {
  it('touches nothing, and leaves the plan with its hash', async () => {
    const world = await new World().damaged();
    world.dynamo.addTable({ name: 'app-later' });
    const before = await world.everything();

    const { planHash, run, outline } = await dryRun(world);

    expect(await world.everything()).toEqual(before);
    expect(world.alerts.published).toEqual([]);
    const settled = await world.buckets.open(catalog).get(`ledgers/app/${run}/restore-run.json`);
    expect(JSON.parse(settled?.body ?? '')).toMatchObject({
      planHash,
      restorePlan: {
        plan: 'app',
        recoveryPoint: 'backup-1',
        strategies: { tables: 'replace', indices: 'replace' },
        tables: [
          { name: 'app-0000', action: 'replace', deletionProtected: true },
          { name: 'app-0001', action: 'replace', deletionProtected: true },
          { name: 'app-0002', action: 'create', currentId: null, deletionProtected: false },
        ],
        indices: [
          { name: 'app-empty', action: 'replace', recorded: { documents: 0 } },
          { name: 'app-orders', action: 'create', recorded: { documents: 80 } },
          { name: 'app-products', action: 'replace', current: { documents: 3 }, recorded: { documents: 120 } },
        ],
        kept: { tables: ['app-later'], indices: [] },
        safetyPoint: {
          tables: ['app-0000', 'app-0001'],
          indices: ['app-empty', 'app-products'],
          absent: { tables: ['app-0002'], indices: ['app-orders'] },
        },
      },
    });
    expect(outline).toEqual({
      recoveryPoint: 'backup-1',
      tables: { replace: 2, create: 1, remove: 0, keep: 1 },
      indices: { replace: 2, create: 1, remove: 0, keep: 0 },
      settingsNotPutBack: 0,
      triggers: 3,
      dollars: expect.any(Number),
      seconds: { from: expect.any(Number), to: expect.any(Number) },
      remarks: [],
      details: `s3://${catalog}/ledgers/app/${run}/restore-run.json`,
    });
  });

  it('has the same hash as long as nothing changes', async () => {
    const world = await new World().damaged();
    const { planHash } = await dryRun(world);
    await world.clock.sleep(3_600_000);

    expect((await dryRun(world)).planHash).toBe(planHash);
    expect((await dryRun(world, { point: 'backup-1' })).planHash).toBe(planHash);
  });

  it('has the same hash in whatever order tables and triggers are listed', async () => {
    const world = await new World().damaged();
    world.dynamo.addTable({ name: 'app-later' });
    world.dynamo.addTable({ name: 'app-latest' });
    world.addTrigger('app-0000', { functionArn: 'arn:another' });
    const { planHash } = await dryRun(world);
    const { list } = world.dynamo.tables;
    world.dynamo.tables.list = async () => (await list()).toReversed();
    world.triggers.reverse();

    expect(await dryRun(world)).toMatchObject({ planHash });
  });
});

describe('a restore', () => {
  it('that nobody confirmed is refused, and touches nothing', async () => {
    const world = await new World().damaged();
    const before = await world.everything();

    const run = await world.restore({});

    expectRefused(run, 'NOT_CONFIRMED');
    expect(run.failure?.Cause).toContain((await dryRun(world)).planHash);
    expect(await world.everything()).toEqual(before);
    expect(world.alerts.published).toHaveLength(1);
  });

  it('is confirmed by the hash of its plan', async () => {
    const world = await new World().damaged();
    const { planHash } = await dryRun(world);

    expectSuccess(await world.restore({ planHash }));

    expectRestored(world);
  });

  it.for<[what: string, change: (world: World) => void]>([
    ['table was made', (world) => world.dynamo.addTable({ name: 'app-0002' })],
    ['table was dropped', (world) => world.dynamo.removeTable('app-0000')],
    ['table was made anew', (world) => world.dynamo.addTable({ name: 'app-0001', deletionProtection: true })],
    ['table lost its protection', (world) => world.dynamo.changeTable('app-0000', { deletionProtection: false })],
    ['table came to be that would be kept', (world) => world.dynamo.addTable({ name: 'app-later' })],
    ['index was dropped', (world) => world.search.removeIndex('app-empty')],
    ['index was made anew', (world) => world.search.addIndex('app-products')],
  ])('is refused by the hash of the plan as it was before a %s', async ([, change]) => {
    const world = await new World().damaged();
    const { planHash } = await dryRun(world);
    change(world);
    const before = await world.everything();

    expectRefused(await world.restore({ planHash }), 'PLAN_CHANGED');

    expect(await world.everything()).toEqual(before);
  });

  it('of something else than was looked at is refused', async () => {
    const world = await new World().damaged();
    const { planHash } = await dryRun(world, { tables: ['app-0000'] });

    expectRefused(await world.restore({ planHash }), 'PLAN_CHANGED');
    expectSuccess(await world.restore({ planHash, tables: ['app-0000'] }));
  });

  it('carries on only as it was confirmed', async () => {
    const world = await new World().damaged();
    await world.restore({ confirmed: true }, { name: 'undo', killAfterTasks: 3 });

    expectRefused(await world.restore({ run: 'undo' }), 'NOT_CONFIRMED');
    expectRefused(await world.restore({ run: 'undo', planHash: 'of-another' }), 'PLAN_CHANGED');
    expectSuccess(await world.restore({ run: 'undo', confirmed: true }));
    expectRestored(world);
  });
});

describe('a dry run that is carried on', () => {
  it('does what it has shown, and nothing else', async () => {
    const world = await new World().damaged();
    await dryRun(world, { tables: ['app-0001'] });

    expectSuccess(await world.restore({ run: 'restore-2', confirmed: true }));

    expect([...world.dynamo.items('app-0001')]).toEqual([['item', 'of table 1']]);
    expect(world.dynamo.items('app-0000').size).toBe(0);
  });
});

describe('a selection', () => {
  const untouched = (world: World, tables: string[]) =>
    world.dynamo.everything().tables.filter((table) => tables.includes(table.name));

  it('of tables leaves the other tables and all indices alone', async () => {
    const world = await new World().damaged();
    const others = untouched(world, ['app-0001']);
    const { indices } = world.search.everything();

    expectSuccess(await world.restore({ tables: ['*-0000', 'app-0002'], confirmed: true }));

    expect([...world.dynamo.items('app-0000')]).toEqual([['item', 'of table 0']]);
    expect([...world.dynamo.items('app-0002')]).toEqual([['item', 'of table 2']]);
    expect(untouched(world, ['app-0001'])).toEqual(others);
    expect(world.search.everything().indices).toEqual(indices);
  });

  it('of indices leaves the other indices and all tables alone', async () => {
    const world = await new World().damaged();
    const { tables } = world.dynamo.everything();

    expectSuccess(await world.restore({ indices: ['app-orders'], confirmed: true }));

    expect(world.dynamo.everything().tables).toEqual(tables);
    const documents = world.application().indices.map((index) => [index.name, index.documents]);
    expect(documents).toEqual([
      ['.kibana_1', 7],
      ['app-empty', 0],
      ['app-orders', 80],
      ['app-products', 3],
    ]);
  });

  it.for([
    { tables: ['shop-*'] },
    { indices: ['shop-*'] },
    { tables: ['app-0000'], indices: ['.kibana_1'] },
    { tables: [] },
  ])('of what the recovery point does not hold is refused: %o', async (selection) => {
    const world = await new World().damaged();
    const before = await world.everything();

    expectRefused(await world.restore({ ...selection, confirmed: true }), 'NOTHING_TO_RESTORE');

    expect(await world.everything()).toEqual(before);
  });

  it('by an empty name is an input that is not understood', async () => {
    const world = await new World().damaged();
    const before = await world.everything();

    const run = await world.restore({ tables: [''], confirmed: true });

    expect(run.failure).toMatchObject({ Error: 'InvalidRequestError', Cause: expect.stringContaining('[USAGE]') });
    expect(await world.everything()).toEqual(before);
  });

  it('of tables alone needs no search domain', async () => {
    const world = await new World().damaged();
    world.plan({ search: null });
    world.forgetCalls();

    expectSuccess(await world.restore({ tables: ['*'], confirmed: true }));

    expect(world.search.faults.calls).toEqual([]);
  });
});
