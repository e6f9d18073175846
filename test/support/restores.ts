import { expect } from 'vitest';
import { expectRestored } from './round-trip.ts';
import { damagedIndices, documentsByName, documentsOfThen, knownNames } from './search-application.ts';
import { World } from './world.ts';

/** A restore of something damaged, in one of the ways that there are. */
export interface RestoreOfTest {
  strategy: string;
  begin: () => Promise<World>;
  input: Record<string, unknown>;
  /** Everything is as this restore is to leave it. */
  expectRestored: (world: World) => void | Promise<void>;
  /** What an undo of it, or a failure before it has changed anything, leaves as it was. */
  leaves: (world: World) => unknown;
}

const damagedTables = (await new World().damagedTables()).application();
const everything = (world: World) => world.application();
const suffix = '-restored';

/** Beside the damaged tables stand those of the backup, without any settings. */
function expectBeside(world: World): void {
  const { tables } = world.application();
  expect(butThoseBeside(world)).toEqual(damagedTables.tables);
  expect(tables.filter(isBeside).map(({ name, items }) => [name, items.size])).toEqual([
    ['app-0000-restored', 1],
    ['app-0001-restored', 26],
    ['app-0002-restored', 1],
  ]);
}

function isBeside({ name }: { name: string }): boolean {
  return name.endsWith(suffix);
}

function butThoseBeside(world: World) {
  return world.application().tables.filter((table) => !isBeside(table));
}

async function expectDocuments(world: World): Promise<void> {
  expect(await documentsByName(world, knownNames)).toEqual(documentsOfThen);
  expect(world.search.settingsNow).toEqual({});
}

/** With functions that write into the application as well, besides the triggers of its tables. */
async function withWriters(begun: Promise<World>): Promise<World> {
  const world = await begun;
  world.functions.set('import', 5).set('sync', undefined);
  return world;
}

const writers = { functions: ['import', 'sync'] };

/** The strategies besides `replace` on tables alone, or on indices alone. */
export const restores: RestoreOfTest[] = [
  {
    strategy: 'replace',
    begin: () => withWriters(new World().plan({ writers }).damaged()),
    input: { confirmed: true },
    expectRestored,
    leaves: everything,
  },
  {
    strategy: 'refill',
    begin: () => new World().damagedTables(),
    input: { confirmed: true, tableStrategy: 'refill' },
    expectRestored,
    leaves: everything,
  },
  {
    strategy: 'beside',
    begin: () => new World().damagedTables(),
    // What counts and samples items, which needs a table beside another one or in its place.
    input: { confirmed: true, tableStrategy: 'beside', count: true, sample: 3 },
    expectRestored: expectBeside,
    leaves: butThoseBeside,
  },
  ...[
    { strategy: 'close', input: { indexStrategy: 'close' } },
    { strategy: 'swap', input: { indexStrategy: 'swap' } },
    { strategy: 'replace-fast', input: { indexStrategy: 'replace', fast: true } },
  ].map(({ strategy, input }) => ({
    strategy,
    begin: () => damagedIndices(),
    input: { confirmed: true, ...input },
    expectRestored: expectDocuments,
    leaves: everything,
  })),
];
