import type { IndexToRestore, RestorePlan, SafetyPoint, TableToRestore } from '../contracts/restore-plan.ts';

type Part = TableToRestore | IndexToRestore;

/**
 * What a safety point holds: what there is of all that the restore deletes or changes; everything else is absent. Null
 * where it would hold nothing: tables that are restored beside others are nobody's undoing.
 *
 * @param unsaved indices that exist, and hold nothing that could be saved: what a restore that is undone left unfinished
 */
export function safetyPointOf(
  { tables, indices }: Pick<RestorePlan, 'tables' | 'indices'>,
  unsaved: readonly string[],
): SafetyPoint | null {
  if (!touchesWhatExists({ tables, indices })) return null;
  const changed = tables.filter(isInPlace);
  const isThere = ({ name, currentId }: Part) => currentId !== null && !unsaved.includes(name);
  const names = (parts: Part[], wanted: boolean) =>
    parts.filter((part) => isThere(part) === wanted).map(({ name }) => name);
  return {
    tables: names(changed, true),
    indices: names(indices, true),
    absent: { tables: names(changed, false), indices: names(indices, false) },
  };
}

/** False of a restore that only makes something beside what there is. */
export function touchesWhatExists({ tables, indices }: Pick<RestorePlan, 'tables' | 'indices'>): boolean {
  return indices.length > 0 || tables.some(isInPlace);
}

function isInPlace({ strategy }: TableToRestore): boolean {
  return strategy !== 'beside';
}

/** Whether nothing undoes a restore though it changes what exists. */
export function isWaived(plan: RestorePlan): boolean {
  return plan.safetyPoint === null && touchesWhatExists(plan);
}
