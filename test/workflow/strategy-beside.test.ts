import { describe, expect, it } from 'vitest';
import { CommandLine } from '../support/command-line.ts';
import { expectSuccess } from '../support/round-trip.ts';
import { damagedIndices } from '../support/search-application.ts';
import { World } from '../support/world.ts';

const beside = { confirmed: true, indexStrategy: 'beside' };

function copies(world: World): object[] {
  const present = ['.kibana_1', 'app-orders', 'app-products'];
  return world.application().indices.filter(({ name }) => !present.includes(name));
}

describe('a restore of indices beside', () => {
  it('touches nothing that is there, and makes copies without aliases', async () => {
    const world = await damagedIndices();
    const before = world.search.everything().indices;

    expectSuccess(await world.restore(beside));

    const after = world.search.everything().indices;
    expect(after.slice(0, before.length)).toEqual(before);
    expect(copies(world)).toMatchObject([
      { name: 'app-empty-restored', documents: 0, aliases: {} },
      { name: 'app-orders-restored', documents: 80, aliases: {} },
      { name: 'app-products-restored', documents: 120, primaries: 3, aliases: {} },
    ]);
    for (const operation of ['indices.delete', 'indices.close', 'snapshots.start', 'settings.write'] as const) {
      expect(world.search.faults.count(operation)).toBe(0);
    }
  });

  it('is undone by removing the copies', async () => {
    const world = await damagedIndices();
    const before = world.application();
    expectSuccess(await world.restore(beside, { name: 'forth' }));

    expectSuccess(await world.restore({ point: 'forth-safety', confirmed: true }));

    expect(world.application()).toEqual(before);
  });

  it('tells of tables beside others that its undo leaves, whether it has ended well or not', async () => {
    const cli = new CommandLine(await new World().damaged());
    const options = ['restore', 'app', '--yes', '--strategy', 'beside'];
    cli.world.search.spoilNextRestore('app-orders-restored', 'no space left');
    expect((await cli.run(...options, '--tables', 'app-0000', '--indices', 'app-orders')).code).toBe(4);

    const { stdout } = await cli.run(...options, '--suffix', 'then', '--rename', '{name}-then');

    expect(cli.world.alerts.published.at(-1)?.message).toContain('delete those that are there of app-0000-restored');
    expect(stdout).toContain(
      'leaves tables that nobody had before: delete app-0000-then, app-0001-then, app-0002-then',
    );
  });

  it('names the copies as it is told', async () => {
    const world = await damagedIndices();
    const cli = new CommandLine(world);

    const { code, document } = await cli.run(
      ...['restore', 'app', '--yes', '--json', '--strategy', 'beside', '--rename', 'old-{name}-of-then'],
    );

    expect(code).toBe(0);
    expect(document).toMatchObject({
      strategy: 'beside',
      indices: [{ target: 'old-app-empty-of-then' }, { target: 'old-app-orders-of-then', documents: 80 }, {}],
    });
  });

  it.for([
    ['app-orders-restored', 'TARGET_IN_USE', {}],
    ['taken', 'ALIAS_CLASH', { rename: '{name}-copy' }],
    ['other', 'INDEX_NAME_UNFIT', { rename: 'A{name}' }],
    ['other', 'INDEX_NAME_UNFIT', { rename: `{name}${'x'.repeat(250)}` }],
  ] as const)('is refused where a name cannot be had: %s, %s', async ([name, code, input]) => {
    const world = await damagedIndices();
    world.search.addIndex(name, { aliases: { 'app-orders-copy': {} } });
    const before = await world.everything();

    const { failure } = await world.restore({ ...beside, ...input });

    expect(failure?.Cause).toContain(`[${code}]`);
    expect(await world.everything()).toEqual(before);
  });
});

describe('the choice of a strategy', () => {
  it.for([
    [{ rename: '{name}-x' }, 'by strategy beside alone'],
    [{ keepOld: true }, 'by strategy swap alone'],
    [{ indexStrategy: 'beside', rename: 'x' }, 'has to hold {name} once'],
    [{ indexStrategy: 'beside', rename: '{name}' }, 'its own name'],
  ] as const)('refuses what does not go together: %o', async ([input, why]) => {
    const world = await damagedIndices();
    const before = await world.everything();

    const { failure } = await world.restore({ confirmed: true, ...input });

    expect(failure).toMatchObject({ Error: 'InvalidRequestError', Cause: expect.stringContaining(why) });
    expect(await world.everything()).toEqual(before);
  });

  it('is that of the plan file where nothing else is asked for', async () => {
    const world = await damagedIndices();
    world.plan({ tables: null, strategies: { indices: 'beside' } });

    expectSuccess(await world.restore());

    expect(copies(world)).toHaveLength(3);
  });

  it('is replace for a safety point, whatever the plan file says', async () => {
    const world = await damagedIndices();
    const before = world.application();
    world.plan({ tables: null, strategies: { indices: 'swap' } });
    expectSuccess(await world.restore({ confirmed: true }, { name: 'forth' }));

    expectSuccess(await world.restore({ point: 'forth-safety', confirmed: true }));

    expect(world.application()).toEqual(before);
  });

  it('stays that of a run that is carried on', async () => {
    const world = await damagedIndices();
    await world.restore(beside, { name: 'forth', killAfterTasks: 1 });

    expectSuccess(await world.restore({ run: 'forth', confirmed: true }));

    expect(copies(world)).toHaveLength(3);
  });

  it('leaves out what is excluded', async () => {
    const world = await damagedIndices();

    expectSuccess(await world.restore({ ...beside, exclude: ['app-o*', 'app-empty'] }));

    expect(copies(world)).toMatchObject([{ name: 'app-products-restored' }]);
  });
});
