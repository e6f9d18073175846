import type { RestoreRun } from '../../shared/contracts/ledger/restore-run.ts';
import type {
  FastRestore,
  IndexToRestore,
  Proof,
  RestorePlan,
  TableToRestore,
  WritersOfPlan,
} from '../../shared/contracts/restore-plan.ts';
import { few } from '../../shared/core/deadline.ts';
import { isRefilled, limitOf } from '../../shared/core/refill.ts';
import { sourceInWords } from '../../shared/core/restore-source.ts';
import { touchesWhatExists } from '../../shared/core/safety-point.ts';
import { functionName, mappingName } from '../../shared/core/writers.ts';
import type { Colors } from './colors.ts';
import { estimateLines } from './restore-estimate-text.ts';
import { counted, duration, size, someOf, sum } from './words.ts';
import { reservedInWords } from './writers-answer.ts';

/** How much of a plan is shown. */
export interface Shown {
  /** Every table and index, however many there are. */
  all: boolean;
  terminal: boolean;
}

/** At a terminal, as many lines of tables, and of indices. */
const linesAtTerminal = 20;

/** What a restore would do, for somebody who is about to confirm it: the sums first, then each table and index. */
export function restorePlanText(
  { restorePlan: plan, startedAt }: Pick<RestoreRun, 'restorePlan' | 'startedAt'>,
  colors: Colors,
  { all, terminal }: Shown,
): string {
  const most = terminal && !all ? linesAtTerminal : Number.POSITIVE_INFINITY;
  const indices = plan.indices.map((index) => partLine(index, documentsOf, startedAt));
  const tables = plan.tables.map((table) => partLine(table, itemsOf, startedAt));
  return [
    `The restore of ${colors.bold(sourceInWords(plan))}${destinationOf(plan)} (${strategiesOf(plan)}):`,
    ...sums(plan, colors, most),
    ...nameLines(plan.indices, colors),
    ...aliasLines(plan, colors),
    ...settingLines(plan.tables, colors),
    ...refillLines(plan),
    ...writerLines(plan.writers, colors),
    ...fastLines(plan.fast),
    safetyLine(plan, colors),
    ...proofLines(plan.proof),
    ...estimateLines(plan.estimate, colors),
    ...plan.remarks.map((remark) => `  ${colors.yellow('remark:')} ${remark}`),
    ...listed('Tables', tables, most, colors),
    ...listed('Indices', indices, most, colors),
  ].join('\n');
}

type Part = TableToRestore | IndexToRestore;

function destinationOf({ toEndpoint }: RestorePlan): string {
  return toEndpoint === null ? '' : ` to the domain at ${toEndpoint}`;
}

function strategiesOf({ strategies, tables, indices }: RestorePlan): string {
  const { tables: ofTables, indices: ofIndices } = strategies;
  if (indices.length === 0 || (tables.length > 0 && ofTables === ofIndices)) return `strategy ${ofTables}`;
  if (tables.length === 0) return `strategy ${ofIndices}`;
  return `strategy of tables ${ofTables}, of indices ${ofIndices}`;
}

function sums({ tables, indices, kept, keepOld }: RestorePlan, { red, green, dim }: Colors, most: number): string[] {
  // What is away already needs no removal.
  const there = (parts: Part[]) => parts.filter(({ currentId }) => currentId !== null);
  const of = <P extends Part>(parts: P[], action: Part['action']) => parts.filter((part) => part.action === action);
  return [
    ...sumLine(red('deletes and restores'), of(tables, 'replace'), 'table', 'tables', itemsOf),
    ...sumLine(red('deletes and restores'), of(indices, 'replace'), 'index', 'indices', documentsOf),
    ...sumLine(red('refills in place'), of(tables, 'refill'), 'table', 'tables', itemsOf),
    ...sumLine(red('closes and restores over'), of(indices, 'close'), 'index', 'indices', documentsOf),
    ...sumLine(
      red(`swaps in, and ${keepOld ? 'keeps' : 'deletes'} the old of`),
      of(indices, 'swap'),
      'index',
      'indices',
      documentsOf,
    ),
    ...sumLine(red('removes'), there(of(tables, 'remove')), 'table', 'tables', itemsOf),
    ...sumLine(red('removes'), there(of(indices, 'remove')), 'index', 'indices', documentsOf),
    ...sumLine(green('restores'), of(tables, 'create'), 'table', 'tables', itemsOf),
    ...sumLine(green('restores'), of(indices, 'create'), 'index', 'indices', documentsOf),
    ...keptLine(dim('leaves alone'), kept.tables, 'table', 'tables', most),
    ...keptLine(dim('leaves alone'), kept.indices, 'index', 'indices', most),
  ];
}

interface Held {
  bytes: number;
  items?: number;
  documents?: number | null;
}

type HeldInWords = (held: Held[]) => string;

const itemsOf: HeldInWords = (held) => {
  const bytes = sum(held.map((one) => one.bytes));
  return `${counted(sum(held.map(({ items }) => items ?? 0)), 'item')}, ${size(bytes)}`;
};

const documentsOf: HeldInWords = (held) => {
  const bytes = sum(held.map((one) => one.bytes));
  const uncounted = held.some(({ documents }) => documents === null);
  if (held.length > 0 && held.every(({ documents }) => documents === null)) return `not counted, ${size(bytes)}`;
  const documents = counted(sum(held.map((one) => one.documents ?? 0)), 'document');
  return `${uncounted ? 'at least ' : ''}${documents}, ${size(bytes)}`;
};

function sumLine(verb: string, parts: Part[], one: string, many: string, inWords: HeldInWords): string[] {
  if (parts.length === 0) return [];
  const current = parts.flatMap((part) => part.current ?? []);
  const recorded = parts.flatMap((part) => part.recorded ?? []);
  const held = [
    ...(current.length === 0 ? [] : [`${inWords(current)} now`]),
    ...(recorded.length === 0 ? [] : [`${inWords(recorded)} recorded`]),
  ];
  return [`  ${verb} ${counted(parts.length, one, many)}: ${held.join('; ')}`];
}

function keptLine(verb: string, names: string[], one: string, many: string, most: number): string[] {
  return names.length === 0 ? [] : [`  ${verb} ${counted(names.length, one, many)}: ${someOf(names, most)}`];
}

function partLine(part: Part, inWords: HeldInWords, plannedAt: string): string {
  const { name, target, action, current, recorded } = part;
  const named = name === target ? name : `${name} as ${target}`;
  const age = current?.createdAt ? `, made ${duration(current.createdAt, plannedAt)} ago` : '';
  const now = current === null ? 'not there' : `${inWords([current])}${age}`;
  const triggers = 'triggers' in part && part.triggers.length > 0 ? [counted(part.triggers.length, 'trigger')] : [];
  const aliases = 'aliases' in part && part.aliases.length > 0 ? [`alias ${part.aliases.join(', ')}`] : [];
  const besides = [...triggers, ...aliases].map((what) => `; ${what}`).join('');
  const then =
    recorded === null ? 'not there' : `${inWords([recorded])} of ${recorded.at.slice(0, 16).replace('T', ' ')}`;
  return `  ${named}  ${action}: ${now} -> ${then}${besides}`;
}

function listed(title: string, lines: string[], most: number, { bold, dim }: Colors): string[] {
  if (lines.length === 0) return [];
  const more = lines.length - most;
  return [
    bold(title),
    ...lines.slice(0, most),
    ...(more > 0 ? [dim(`  and ${more.toLocaleString('en')} more; all of them with --all, or with --json`)] : []),
  ];
}

/** What readers have to know of the names of indices. */
function nameLines(indices: IndexToRestore[], { red }: Colors): string[] {
  const renamed = indices
    .filter(({ becomesAlias }) => becomesAlias)
    .map(({ name, target }) => `${name} (of ${target})`);
  const gone = indices
    .filter(({ action, becomesAlias }) => action === 'swap' && !becomesAlias)
    .map(({ currentName, target, aliases }) => `${currentName} (${target}, by alias ${aliases.join(', ')})`);
  return [
    ...(renamed.length === 0
      ? []
      : [`  ${red('will be an alias')} afterwards, and no index any more: ${few(renamed)}`]),
    ...(gone.length === 0 ? [] : [`  readers find another index behind their alias instead of ${few(gone)}`]),
  ];
}

function aliasLines({ sharedAliases }: RestorePlan, { red }: Colors): string[] {
  return sharedAliases.map(
    ({ alias, restored, kept: beside }) =>
      `  gives alias ${alias} back to ${restored.join(', ')}, ${red('beside')} ${beside.join(', ')}, which has it now`,
  );
}

function refillLines({ tables, writeUnits }: RestorePlan): string[] {
  if (writeUnits === null) return [];
  const bounded = tables.filter((table) => isRefilled(table) && (limitOf(table) ?? writeUnits) < writeUnits);
  const own = bounded.map((table) => `${table.target} ${Math.floor(limitOf(table) ?? 0)}`);
  const provisioned = own.length === 0 ? '' : `; 80 % of its own capacity for ${few(own)}`;
  return [`  writes at most ${counted(writeUnits, 'write unit')} a second, of what differs alone${provisioned}`];
}

function writerLines({ mappings, functions }: WritersOfPlan, { yellow, dim }: Colors): string[] {
  const on = mappings.filter(({ enabled }) => enabled);
  const off = mappings.length - on.length;
  const paused = [
    ...on.map(mappingName),
    ...functions.map((one) => `${functionName(one)} (${reservedInWords(one.reserved)})`),
  ];
  return [
    ...(paused.length === 0 ? [] : [`  ${yellow('pauses')} meanwhile, and puts back as it is now: ${few(paused)}`]),
    ...(off === 0 ? [] : [`  ${dim('leaves off')} ${counted(off, 'trigger')} that is off now`]),
  ];
}

function fastLines(fast: FastRestore | undefined): string[] {
  if (fast === undefined) return [];
  const { throttles, replicas } = fast;
  return [
    ...throttles.map(
      ({ name, before, during }) => `  lifts meanwhile ${name}: from ${before ?? 'not set'} to ${during}`,
    ),
    ...(replicas.length === 0
      ? []
      : [`  restores without replicas, and copies them last: ${few(replicas.map(({ index }) => index))}`]),
  ];
}

function safetyLine(plan: RestorePlan, { red, green }: Colors): string {
  const { safetyPoint } = plan;
  if (!touchesWhatExists(plan)) return `  ${green('touches nothing that exists')}: no safety point is needed`;
  if (safetyPoint === null) return `  ${red('takes no safety point')}: nothing can undo it`;
  const { tables, indices, absent } = safetyPoint;
  const [kept, away] = [tables.length + indices.length, absent.tables.length + absent.indices.length];
  const holds = [
    ...(kept === 0
      ? []
      : [`${counted(tables.length, 'table')}, ${counted(indices.length, 'index', 'indices')} as they are`]),
    ...(away === 0 ? [] : [`the absence of ${few([...absent.tables, ...absent.indices])}`]),
  ];
  return `  ${green('takes a safety point')} first: ${holds.join('; ')}`;
}

function settingLines(tables: TableToRestore[], { red }: Colors): string[] {
  const unprotected = tables.filter((table) => table.deletionProtected).map(({ target }) => target);
  const back = [...new Set(tables.flatMap(({ settings }) => settings.back))];
  const settled = tables.filter(({ settings }) => settings.back.length > 0).length;
  const [refilled, others] = [tables.filter(isRefilled), tables.filter((table) => !isRefilled(table))];
  const [made, moved] = [refilled, others].map((some) => some.flatMap(({ triggers }) => triggers).length);
  const lost = tables.flatMap(({ target, settings }) => settings.not.map((one) => ({ ...one, target })));
  const alike = Map.groupBy(lost, ({ setting }) => setting);
  return [
    ...(unprotected.length === 0 ? [] : [`  takes off the deletion protection of ${few(unprotected)} for it`]),
    ...(settled === 0 ? [] : [`  puts back settings of ${counted(settled, 'table')}: ${back.join(', ')}`]),
    ...(moved ? [`  moves ${counted(moved, 'trigger')} to the new streams`] : []),
    ...(made ? [`  makes ${counted(made, 'trigger')} again that tables in place have lost`] : []),
    ...[...alike].map(([setting, [first, ...others]]) => {
      const names = [first, ...others].flatMap((one) => one?.target ?? []);
      return `  ${red('cannot put back')} ${setting} of ${few(names)}: ${first?.why}${others.length > 0 ? ', and the like' : ''}`;
    }),
  ];
}

function proofLines(proof: Proof | undefined): string[] {
  return [
    ...(proof?.count ? ['  counts the restored items one by one'] : []),
    ...(proof?.sample
      ? [`  compares ${proof.sample} items of each table that is refilled, or restored beside another one`]
      : []),
  ];
}
