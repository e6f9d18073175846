import type { IndexRecord } from '../contracts/manifest.ts';

/** What a domain calls its indices today. */
export interface NamesInUse {
  indices: string[];
  /** By index and alias. */
  aliases: Record<string, IndexRecord['aliases']>;
}

/**
 * Why the domain would refuse to restore the indices, in words: an index and an alias cannot share a name, and an alias
 * has one write index at most. What an index holds that is itself replaced is in nobody's way: it goes before.
 */
export function aliasClashes(restored: Pick<IndexRecord, 'name' | 'aliases'>[], inUse: NamesInUse): string[] {
  const replaced = new Set(restored.map((index) => index.name));
  const staying = Object.entries(inUse.aliases).filter(([index]) => !replaced.has(index));
  const indices = new Set(inUse.indices.filter((index) => !replaced.has(index)));
  return restored.flatMap(({ name, aliases }) => [
    ...staying
      .filter(([, held]) => Object.hasOwn(held, name))
      .map(([index]) => `${name} is an alias of index ${index} now`),
    ...Object.entries(aliases).flatMap(([alias, definition]) => [
      ...(indices.has(alias) ? [`${alias}, an alias of ${name} in the recovery point, is an index now`] : []),
      ...staying
        .filter(([, held]) => isForWriting(definition) && isForWriting(held[alias]))
        .map(([index]) => `alias ${alias} would have two write indices, ${name} and ${index}`),
    ]),
  ]);
}

function isForWriting(definition: Record<string, unknown> | undefined): boolean {
  return definition?.is_write_index === true;
}
