import { World } from './world.ts';

/** The documents that readers find, by each name that they know: an index, or an alias of one or several. */
export async function documentsByName({ search }: World, names: string[]): Promise<Record<string, number | null>> {
  const aliases = await search.indices.aliases();
  const found = await Promise.all(
    names.map(async (name) => {
      const records = await search.indices.describe(aliases.get(name) ?? [name]);
      const open = records.filter((record) => record.open);
      return [name, open.length === 0 ? null : open.reduce((sum, { documents }) => sum + (documents ?? 0), 0)] as const;
    }),
  );
  return Object.fromEntries(found);
}

/**
 * A world of indices alone, backed up and then damaged: `app-products` is known by its alias, `app-orders` by its own name,
 * and `app-empty` is gone.
 */
export async function damagedIndices(durations: ConstructorParameters<typeof World>[0] = {}): Promise<World> {
  const world = new World(durations).addIndices().plan({ tables: null });
  const { failure } = await world.backup();
  if (failure !== undefined) throw new Error(failure.Cause);
  world.search.changeIndex('app-orders', { documents: 3 });
  world.search.changeIndex('app-products', { documents: 5, aliases: { products: { is_write_index: true } } });
  world.search.removeIndex('app-empty');
  world.forgetCalls();
  return world;
}

/** What readers find in it when it was backed up. */
export const documentsOfThen = { products: 120, 'app-orders': 80, 'app-empty': 0 };
export const knownNames = Object.keys(documentsOfThen);
