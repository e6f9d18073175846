import type { RestorePlan, SafetyPoint } from '../../shared/contracts/restore-plan.ts';
import type { Colors } from './colors.ts';
import { counted } from './words.ts';

/** What a restore would do, for somebody who is about to confirm it. */
export function restorePlanText(plan: RestorePlan, colors: Colors): string {
  const { tables, indices, kept, sharedAliases } = plan;
  const protectedTables = tables.filter((table) => table.deletionProtected).map((table) => table.name);
  return [
    `The restore of recovery point ${colors.bold(plan.recoveryPoint)} (strategy ${plan.strategy}):`,
    ...lines('deletes and restores', colors.red, named(tables, 'replace'), named(indices, 'replace')),
    ...lines('removes', colors.red, removed(tables), removed(indices)),
    ...lines('restores', colors.green, named(tables, 'create'), named(indices, 'create')),
    ...lines('leaves alone', colors.dim, kept.tables, kept.indices),
    ...sharedAliases.map(
      ({ alias, restored, kept: beside }) =>
        `  gives alias ${alias} back to ${restored.join(', ')}, ${colors.red('beside')} ${beside.join(', ')}, which has it now`,
    ),
    ...(protectedTables.length === 0
      ? []
      : [`  takes off the deletion protection of ${protectedTables.join(', ')} for it`]),
    safetyLine(plan.safetyPoint, colors),
  ].join('\n');
}

type Part = { name: string; action: 'replace' | 'create' | 'remove'; currentId: string | null };

function named(parts: Part[], action: Part['action']): string[] {
  return parts.filter((part) => part.action === action).map((part) => part.name);
}

/** What is away already needs no removal. */
function removed(parts: Part[]): string[] {
  return named(
    parts.filter(({ currentId }) => currentId !== null),
    'remove',
  );
}

function safetyLine(safetyPoint: SafetyPoint | null, colors: Colors): string {
  if (safetyPoint === null) return `  ${colors.red('takes no safety point')}: nothing can undo it`;
  const { tables, indices, absent } = safetyPoint;
  const [kept, away] = [tables.length + indices.length, absent.tables.length + absent.indices.length];
  const holds = [
    ...(kept === 0
      ? []
      : [`${counted(tables.length, 'table')}, ${counted(indices.length, 'index', 'indices')} as they are`]),
    ...(away === 0 ? [] : [`the absence of ${[...absent.tables, ...absent.indices].join(', ')}`]),
  ];
  return `  ${colors.green('takes a safety point')} first: ${holds.join('; ')}`;
}

function lines(verb: string, paint: (text: string) => string, tables: string[], indices: string[]): string[] {
  const line = (names: string[], one: string, many: string) =>
    names.length === 0 ? [] : [`  ${paint(verb)} ${counted(names.length, one, many)}: ${names.join(', ')}`];
  return [...line(tables, 'table', 'tables'), ...line(indices, 'index', 'indices')];
}
