import type { IndexRecord } from '../contracts/manifest.ts';
import type { IndexToRestore } from '../contracts/restore-plan.ts';
import type { AliasAction } from '../ports/search-indices.ts';
import { canonicalJson } from './hash.ts';

type Aliases = IndexRecord['aliases'];

/** The aliases that a restored index has in the end, with their definitions. */
export function aliasesAfter(
  { name, aliases, becomesAlias }: Pick<IndexToRestore, 'name' | 'aliases' | 'becomesAlias'>,
  recorded: Pick<IndexRecord, 'name' | 'aliases'>[],
): Aliases {
  const definitions = recorded.find((record) => record.name === name)?.aliases ?? {};
  const back = Object.entries(definitions).filter(([alias]) => aliases.includes(alias));
  return { ...Object.fromEntries(back), ...(becomesAlias && { [name]: {} }) };
}

type Live = Pick<IndexRecord, 'name' | 'uuid' | 'aliases'>;

/** The live indices that are not those any more that the plan has seen: somebody else made them since. */
export function strangersInPlace(steps: IndexToRestore[], live: ReadonlyMap<string, Live>): string[] {
  return swaps(steps).flatMap(({ currentName, currentId }) => {
    const found = live.get(currentName);
    return found === undefined || found.uuid === currentId ? [] : [currentName];
  });
}

/**
 * What is left to do so that the restored indices stand in the place of the live ones; nothing where they do already. It is
 * one change: readers see either the old indices or the restored ones.
 *
 * @param live the targets and what is in their place, as they are now, by name
 */
export function swapActions(
  steps: IndexToRestore[],
  recorded: Pick<IndexRecord, 'name' | 'aliases'>[],
  live: ReadonlyMap<string, Live>,
  keepOld: boolean,
): AliasAction[] {
  return swaps(steps).flatMap((step): AliasAction[] => {
    const wanted = aliasesAfter(step, recorded);
    const has = live.get(step.target)?.aliases ?? {};
    const missing = Object.entries(wanted).filter(([alias, as]) => canonicalJson(has[alias]) !== canonicalJson(as));
    const added = missing.map(([alias, as]) => ({ add: { ...as, index: step.target, alias } }));
    const old = live.get(step.currentName);
    if (old === undefined) return added;
    if (!keepOld) return [...added, { remove_index: { index: old.name } }];
    const lost = Object.keys(wanted).filter((alias) => Object.hasOwn(old.aliases, alias));
    return [...lost.map((alias) => ({ remove: { index: old.name, alias } })), ...added];
  });
}

function swaps(steps: IndexToRestore[]): (IndexToRestore & { currentName: string })[] {
  return steps.flatMap((step) =>
    step.action === 'swap' && step.currentName !== null ? { ...step, currentName: step.currentName } : [],
  );
}
