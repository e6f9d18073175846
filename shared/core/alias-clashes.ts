import type { IndexRecord } from '../contracts/manifest.ts';
import type { DataStream } from '../ports/search-indices.ts';

type Named = Pick<IndexRecord, 'name' | 'aliases'>;

/** The names that a domain's indices have today. */
export interface NamesInUse {
  indices: string[];
  /** The indices behind each alias, by alias. */
  aliases: ReadonlyMap<string, string[]>;
  dataStreams: DataStream[];
}

/** The indices that stay as they are beside the restored ones and share an alias with one of them. */
export function neighbours(restored: Named[], inUse: NamesInUse): string[] {
  const replaced = new Set(restored.map((index) => index.name));
  const shared = restored
    .flatMap((index) => Object.keys(index.aliases))
    .flatMap((alias) => inUse.aliases.get(alias) ?? []);
  return [...new Set(shared)].filter((index) => !replaced.has(index));
}

/**
 * Why the domain would refuse to restore the indices, in words: an index and an alias cannot share a name, and an alias
 * has one write index at most. What an index holds that is itself replaced is in nobody's way: it goes before.
 *
 * @param beside the neighbours
 */
export function aliasClashes(restored: Named[], inUse: NamesInUse, beside: Named[]): string[] {
  const replaced = new Set(restored.map((index) => index.name));
  return restored.flatMap(({ name, aliases }) => {
    const holders = (inUse.aliases.get(name) ?? []).filter((index) => !replaced.has(index));
    return [
      ...holders.map((index) => `${name} is an alias of index ${index} now`),
      ...Object.keys(aliases)
        .filter((alias) => inUse.indices.includes(alias))
        .map((alias) => `${alias}, an alias of ${name} in the recovery point, is an index now`),
      ...Object.keys(aliases).flatMap((alias) =>
        beside
          .filter((index) => isForWriting(aliases[alias]) && isForWriting(index.aliases[alias]))
          .map((index) => `alias ${alias} would have two write indices, ${name} and ${index.name}`),
      ),
    ];
  });
}

/**
 * Why data streams are in the way, in words: an index and an alias cannot have the name of one, and an index that holds
 * one cannot be deleted by itself.
 */
export function dataStreamClashes(restored: Named[], { dataStreams }: Pick<NamesInUse, 'dataStreams'>): string[] {
  const holders = new Map(dataStreams.flatMap(({ name, indices }) => indices.map((index) => [index, name] as const)));
  const streams = new Set(dataStreams.map(({ name }) => name));
  return restored.flatMap(({ name, aliases }) => [
    ...(streams.has(name) ? [`${name} is a data stream now`] : []),
    ...(holders.has(name) ? [`${name} holds the data stream ${holders.get(name)} now`] : []),
    ...Object.keys(aliases)
      .filter((alias) => streams.has(alias))
      .map((alias) => `${alias}, an alias of ${name} in the recovery point, is a data stream now`),
  ]);
}

function isForWriting(alias: Record<string, unknown> | undefined): boolean {
  return alias?.is_write_index === true;
}
