import type { RestorePlan } from '../../shared/contracts/restore-plan.ts';
import type { Colors } from './colors.ts';
import { counted } from './words.ts';

/** What a restore would do, for somebody who is about to confirm it. */
export function restorePlanText(plan: RestorePlan, colors: Colors): string {
  const { tables, indices, kept, sharedAliases } = plan;
  const protectedTables = tables.filter((table) => table.deletionProtected).map((table) => table.name);
  return [
    `The restore of recovery point ${colors.bold(plan.recoveryPoint)} (strategy ${plan.strategy}):`,
    ...lines('deletes and restores', colors.red, named(tables, 'replace'), named(indices, 'replace')),
    ...lines('restores', colors.green, named(tables, 'create'), named(indices, 'create')),
    ...lines('leaves alone', colors.dim, kept.tables, kept.indices),
    ...sharedAliases.map(
      ({ alias, restored, kept: beside }) =>
        `  gives alias ${alias} back to ${restored.join(', ')}, ${colors.red('beside')} ${beside.join(', ')}, which has it now`,
    ),
    ...(protectedTables.length === 0
      ? []
      : [`  takes off the deletion protection of ${protectedTables.join(', ')} for it`]),
  ].join('\n');
}

type Part = { name: string; action: 'replace' | 'create' };

function named(parts: Part[], action: Part['action']): string[] {
  return parts.filter((part) => part.action === action).map((part) => part.name);
}

function lines(verb: string, paint: (text: string) => string, tables: string[], indices: string[]): string[] {
  const line = (names: string[], one: string, many: string) =>
    names.length === 0 ? [] : [`  ${paint(verb)} ${counted(names.length, one, many)}: ${names.join(', ')}`];
  return [...line(tables, 'table', 'tables'), ...line(indices, 'index', 'indices')];
}
