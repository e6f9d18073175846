import type { IndexToRestore, RestorePlan, SafetyPoint, TableToRestore } from '../contracts/restore-plan.ts';

type Part = TableToRestore | IndexToRestore;

/**
 * What a safety point holds: what there is of all that the restore deletes or replaces; everything else is absent.
 *
 * @param unsaved indices that exist, and hold nothing that could be saved: what a restore that is undone left unfinished
 */
export function safetyPointOf(
  { tables, indices }: Pick<RestorePlan, 'tables' | 'indices'>,
  unsaved: readonly string[],
): SafetyPoint {
  const isThere = ({ name, currentId }: Part) => currentId !== null && !unsaved.includes(name);
  const names = (parts: Part[], wanted: boolean) =>
    parts.filter((part) => isThere(part) === wanted).map(({ name }) => name);
  return {
    tables: names(tables, true),
    indices: names(indices, true),
    absent: { tables: names(tables, false), indices: names(indices, false) },
  };
}
