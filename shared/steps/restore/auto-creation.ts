import type { RestorePlan } from '../../contracts/restore-plan.ts';
import { autoCreation, withDenied } from '../../core/auto-creation.ts';
import type { WantedSetting } from './changed-settings.ts';

/**
 * Keeps a late write from making an index in the place of one that is away, or of its alias, which then could not come
 * back.
 */
export function denialOfAutoCreation({ indices }: Pick<RestorePlan, 'indices'>): WantedSetting[] {
  const names = indices
    .filter(({ action, strategy }) => action === 'replace' || (action === 'create' && strategy !== 'beside'))
    .flatMap(({ target, aliases }) => [target, ...aliases]);
  if (names.length === 0) return [];
  return [
    {
      name: autoCreation,
      during: (before) => withDenied(before ?? undefined, names),
      refused: (why) =>
        `writes to an index that was away could have made another one in its place: the domain does not let that be denied (${why})`,
    },
  ];
}
