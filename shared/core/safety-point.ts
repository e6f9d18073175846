import type { RestorePlan, SafetyPoint, TableToRestore } from '../contracts/restore-plan.ts';

/**
 * What a safety point holds: what there is of all that the restore deletes or changes; everything else is absent. Null
 * where it would hold nothing: tables that are restored beside others are nobody's undoing.
 *
 * @param unsaved indices that exist, and hold nothing that could be saved: what a restore that is undone left unfinished
 */
export function safetyPointOf(
  { tables, indices, toEndpoint }: Pick<RestorePlan, 'tables' | 'indices' | 'toEndpoint'>,
  unsaved: readonly string[],
): SafetyPoint | null {
  // What is restored to another domain is no state of the plan, whose recovery points bring its own domain back.
  if (toEndpoint !== null || !touchesWhatExists({ tables, indices, toEndpoint })) return null;
  const tableNames = (isThere: boolean) =>
    tables.filter((table) => isInPlace(table) && (table.currentId !== null) === isThere).map(({ name }) => name);
  const present = indices.flatMap(({ currentName }) => currentName ?? []).filter((name) => !unsaved.includes(name));
  const made = indices.map(({ target }) => target).filter((name) => !present.includes(name));
  return {
    tables: tableNames(true),
    indices: present,
    absent: { tables: tableNames(false), indices: made },
  };
}

/**
 * False of a restore that only makes something beside what there is. An index that is made in the domain of the plan counts:
 * there its removal is the undoing.
 */
export function touchesWhatExists({
  tables,
  indices,
  toEndpoint,
}: Pick<RestorePlan, 'tables' | 'indices' | 'toEndpoint'>): boolean {
  if (toEndpoint !== null) return indices.some(({ currentName }) => currentName !== null);
  return indices.length > 0 || tables.some(isInPlace);
}

function isInPlace({ strategy }: TableToRestore): boolean {
  return strategy !== 'beside';
}

/** What a restore makes beside what there is: who undoes it deletes that. */
export function madeBeside({ tables, indices, toEndpoint }: RestorePlan): string[] {
  const made = [...tables, ...indices].map(({ target }) => target);
  return toEndpoint === null ? made : made.map((name) => `${name} in the domain at ${toEndpoint}`);
}

/** The tables that are made beside others, which no safety point knows: to undo their restore is to delete them. */
export function besideTables({ tables }: Pick<RestorePlan, 'tables'>): string[] {
  return tables.filter((table) => !isInPlace(table)).map(({ target }) => target);
}

/** Whether nothing undoes a restore though it changes what exists. */
export function isWaived(plan: RestorePlan): boolean {
  return plan.safetyPoint === null && touchesWhatExists(plan);
}
