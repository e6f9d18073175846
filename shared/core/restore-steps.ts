import type { RestorePlan, Strategies } from '../contracts/restore-plan.ts';
import type { RestoreSource } from '../contracts/restore-source.ts';
import { indexSteps, type PresentIndices } from './index-steps.ts';
import type { Parts } from './parts.ts';
import { type PresentTable, tableSteps } from './table-steps.ts';

/** What is done to each table and each index, and how those are named that get other names. */
export type RestoreSteps = Pick<RestorePlan, 'tables' | 'indices' | 'rename'>;

interface StepWishes {
  strategies: Strategies;
  /** What the names of tables that are restored beside end with. */
  suffix?: string | undefined;
  /** Whether the settings of tables that are restored beside are put back. */
  settings?: boolean | undefined;
  /** The template of names for indices that are restored beside. */
  rename?: string | undefined;
}

/** What the restore of these parts does to what exists now. */
export function restoreSteps(
  source: RestoreSource,
  parts: Parts,
  present: PresentIndices & { tables: ReadonlyMap<string, PresentTable> },
  { strategies, suffix, settings = false, rename }: StepWishes,
): RestoreSteps {
  const tables = tableSteps(source, parts.tables, { strategy: strategies.tables, suffix, settings }, present.tables);
  return { tables, ...indexSteps(source, parts.indices, { strategy: strategies.indices, rename }, present) };
}
