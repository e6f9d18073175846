import type { Plan } from '../contracts/plan-file.ts';
import { isScratchName } from '../core/scratch-table.ts';
import { matchNames } from '../core/selection.ts';
import type { Tables } from '../ports/tables.ts';
import { tablesWithTags } from './tagged-tables.ts';

/**
 * The tables that a plan means today, and those that a recovery point of it knows, as far as they exist; by name.
 *
 * @param recorded the names that are known
 * @param existing all tables of the account
 */
export async function tablesOfPlan(
  { tables: selection }: Plan,
  recorded: string[],
  existing: string[],
  { tables }: { tables: Pick<Tables, 'describe' | 'tags'> },
): Promise<string[]> {
  const known = new Set(recorded);
  const matched = new Set(matchNames(selection?.include ?? [], existing));
  const tagged = new Set(selection?.tags === undefined ? [] : await tablesWithTags(tables, existing, selection.tags));
  const excluded = new Set(matchNames(selection?.exclude ?? [], existing));
  const isOfPlan = (name: string) =>
    known.has(name) || ((matched.has(name) || tagged.has(name)) && !excluded.has(name));
  return existing.filter((name) => isOfPlan(name) && !isScratchName(name)).sort();
}
