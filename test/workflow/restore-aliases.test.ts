import { describe, expect, it } from 'vitest';
import { CommandLine } from '../support/command-line.ts';
import { expectSuccess } from '../support/round-trip.ts';
import { World } from '../support/world.ts';

/** Backed up with the alias on v1, and on `app-shared`; then something happens. */
async function backedUp(change: (world: World) => void): Promise<World> {
  const world = new World().plan({ tables: null });
  world.search.addIndex('app-v1', { documents: 100, aliases: { products: {} } });
  world.search.addIndex('app-shared', { aliases: { products: {} } });
  world.search.addIndex('app-other', { documents: 5 });
  await world.backup();
  change(world);
  return world;
}

/** The next version of an index was made, and the alias moved on to it. */
function moveOn({ search }: World): void {
  search.addIndex('app-v2', { documents: 200, aliases: { products: {} } });
  search.changeIndex('app-v1', { aliases: {} });
}

describe('an alias that has moved on to an index which is left alone', () => {
  it('is told in the plan as what it would be afterwards', async () => {
    const world = await backedUp(moveOn);

    const { stdout } = await new CommandLine(world).run('restore', 'app', '--dry-run');
    const { document } = await new CommandLine(world).run('restore', 'app', '--dry-run', '--json');

    expect(stdout).toContain('gives alias products back to app-shared, app-v1, beside app-v2, which has it now');
    const sharedAliases = [{ alias: 'products', restored: ['app-shared', 'app-v1'], kept: ['app-v2'] }];
    expect(document).toMatchObject({ plan: { sharedAliases } });
  });

  it('is a difference afterwards, which names what to do; and passes once it is done', async () => {
    const world = await backedUp(moveOn);

    const { code, document } = await new CommandLine(world).run('restore', 'app', '--yes', '--json');

    expect(code).toBe(5);
    expect(document).toMatchObject({
      differences: [
        {
          kind: 'index',
          name: 'app-v2',
          what: 'alias products',
          expected: 'app-shared, app-v1',
          found: 'app-shared, app-v1, app-v2',
        },
      ],
      error: { remedy: expect.stringContaining('{"actions":[{"remove":{"index":"app-v2","alias":"products"}}]}') },
    });
    world.search.changeIndex('app-v2', { aliases: {} });
    expectSuccess(await world.carryOn());
  });

  it('is a difference where that index is in the recovery point, without the alias', async () => {
    const world = await backedUp(({ search }) => {
      search.changeIndex('app-v1', { aliases: {} });
      search.changeIndex('app-other', { aliases: { products: {} } });
    });

    const run = await world.restore({ indices: ['app-v1'], confirmed: true });

    expect(run.failure).toMatchObject({
      Error: 'VerificationFailedError',
      Cause: expect.stringContaining('1 difference(s): index app-other: alias products: app-v1, app-other, not app-v1'),
    });
  });
});

describe('an alias that several indices have', () => {
  it.for<[what: string, change: (world: World) => void, input: object]>([
    ['had it then, one of which is left alone', () => {}, { indices: ['app-v1'] }],
    [
      'are restored',
      ({ search }) => {
        search.changeIndex('app-v1', { aliases: {} });
        search.changeIndex('app-other', { aliases: { products: {} } });
      },
      {},
    ],
    [
      'have it, one of which no pattern of the plan matches',
      ({ search }) => search.addIndex('shop-v1', { aliases: { products: {} } }),
      {},
    ],
  ])('is no difference where they %s', async ([, change, input]) => {
    const world = await backedUp(change);

    expectSuccess(await world.restore({ confirmed: true, ...input }));
  });
});
