import { expect } from 'vitest';
import { expectRestored } from './round-trip.ts';
import { World } from './world.ts';

/** A restore of something damaged, in one of the ways that there are. */
export interface RestoreOfTest {
  strategy: string;
  begin: () => Promise<World>;
  input: Record<string, unknown>;
  /** Everything is as this restore is to leave it. */
  expectRestored: (world: World) => void;
  /** What the application was like before. */
  damaged: ReturnType<World['application']>;
}

const damaged = (await new World().damaged()).application();
const damagedTables = (await new World().damagedTables()).application();
const suffix = '-restored';

/** Beside the damaged tables stand those of the backup, without any settings. */
function expectBeside(world: World): void {
  const { tables } = world.application();
  const isBeside = ({ name }: { name: string }) => name.endsWith(suffix);
  expect(tables.filter((table) => !isBeside(table))).toEqual(damagedTables.tables);
  expect(tables.filter(isBeside).map(({ name, items }) => [name, items.size])).toEqual([
    ['app-0000-restored', 1],
    ['app-0001-restored', 26],
    ['app-0002-restored', 1],
  ]);
}

/** The strategies of tables besides `replace` on tables alone: the indices have strategies of their own. */
export const restores: RestoreOfTest[] = [
  {
    strategy: 'replace',
    begin: () => new World().damaged(),
    input: { confirmed: true },
    expectRestored,
    damaged,
  },
  {
    strategy: 'refill',
    begin: () => new World().damagedTables(),
    input: { confirmed: true, tableStrategy: 'refill' },
    expectRestored,
    damaged: damagedTables,
  },
  {
    strategy: 'beside',
    begin: () => new World().damagedTables(),
    input: { confirmed: true, tableStrategy: 'beside' },
    expectRestored: expectBeside,
    damaged: damagedTables,
  },
];
