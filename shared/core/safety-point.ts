import type { RestorePlan, SafetyPoint } from '../contracts/restore-plan.ts';

/**
 * What a safety point holds: what there is of all that the restore deletes or replaces; everything else is absent.
 *
 * @param unsaved indices that exist, and hold nothing that could be saved: what a restore that is undone left unfinished
 */
export function safetyPointOf(
  { tables, indices }: Pick<RestorePlan, 'tables' | 'indices'>,
  unsaved: readonly string[],
): SafetyPoint {
  const tableNames = (isThere: boolean) =>
    tables.filter(({ currentId }) => (currentId !== null) === isThere).map(({ name }) => name);
  const present = indices.flatMap(({ currentName }) => currentName ?? []).filter((name) => !unsaved.includes(name));
  const made = indices.map(({ target }) => target).filter((name) => !present.includes(name));
  return {
    tables: tableNames(true),
    indices: present,
    absent: { tables: tableNames(false), indices: made },
  };
}
