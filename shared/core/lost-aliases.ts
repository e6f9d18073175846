import type { IndexToRestore } from '../contracts/restore-plan.ts';
import { few } from './deadline.ts';

type Step = Pick<IndexToRestore, 'name' | 'action' | 'currentName' | 'aliases' | 'becomesAlias'>;

/**
 * What is to be known of aliases that came since: an index that is deleted, swapped out or restored over takes those along
 * that no restored one gets. Whoever reads by them finds that index no more.
 *
 * @param holders the indices behind each alias today
 */
export function lostAliasRemarks(
  steps: Step[],
  holders: ReadonlyMap<string, string[]>,
  { keepOld }: { keepOld: boolean },
): string[] {
  const comeBack = new Set(
    steps.flatMap(({ name, aliases, becomesAlias }) => (becomesAlias ? [name, ...aliases] : aliases)),
  );
  const lost = steps.flatMap(({ action, currentName }) => {
    if (currentName === null || action === 'remove' || (action === 'swap' && keepOld)) return [];
    const has = [...holders].flatMap(([alias, names]) => (names.includes(currentName) ? [alias] : []));
    return has.filter((alias) => !comeBack.has(alias)).map((alias) => `${alias} (of ${currentName})`);
  });
  return lost.length === 0
    ? []
    : [`aliases that the recovery point does not know are gone afterwards: ${few(lost.sort())}`];
}
