import type { IndexRecord } from '../contracts/manifest.ts';
import type { IndexToRestore, SharedAlias } from '../contracts/restore-plan.ts';

type Named = Pick<IndexRecord, 'name' | 'aliases'>;

/**
 * The aliases that a restore gives back to indices while an index that it leaves alone has them now, and had not then:
 * such as one that was moved on to the next version of an index. Afterwards a search through it finds both.
 *
 * @param recorded all indices of the recovery point
 * @param steps what is done to those that are restored; beside the present ones they get no alias
 * @param kept the names of what the plan's patterns match besides; about any other index the recovery point says nothing
 * @param holders the indices behind each alias today
 */
export function sharedAliases(
  recorded: Named[],
  steps: Pick<IndexToRestore, 'name' | 'target' | 'aliases'>[],
  kept: string[],
  holders: ReadonlyMap<string, string[]>,
): SharedAlias[] {
  const known = new Set([...kept, ...recorded.map(({ name }) => name)]);
  const targets = new Map(steps.map(({ name, target }) => [name, target]));
  return [...new Set(steps.flatMap(({ aliases }) => aliases))].sort().flatMap((alias) => {
    const had = recorded.filter((index) => Object.hasOwn(index.aliases, alias)).map(({ name }) => name);
    const have = (holders.get(alias) ?? []).filter((name) => known.has(name) && !targets.has(name));
    const strays = have.filter((name) => !had.includes(name)).sort();
    if (strays.length === 0) return [];
    return { alias, restored: had.flatMap((name) => targets.get(name) ?? []), kept: strays };
  });
}
