import type { RestorePlan, TableStrategy, TableToRestore } from '../contracts/restore-plan.ts';
import type { RestoreSource, SourceTable } from '../contracts/restore-source.ts';
import { TandemError } from '../errors/tandem-error.ts';
import { absentIn } from './manifest.ts';
import { momentOfTable } from './restore-source.ts';
import { settingsOutlook } from './settings-outlook.ts';
import { type PresentTrigger, triggersOfPlan } from './triggers-of-plan.ts';

/** A table that exists now. */
export interface PresentTable {
  id: string;
  deletionProtected: boolean;
  items: number;
  bytes: number;
  createdAt: Date;
  /** Provisioned, a second; undefined of a table that is paid by request. */
  writeUnits?: number | undefined;
  /** The event source mappings on its stream. */
  triggers: PresentTrigger[];
}

export interface TableWishes {
  strategy: TableStrategy;
  /** What the names of tables that are restored beside end with. */
  suffix?: string | undefined;
  /** Whether their settings are put back. */
  settings?: boolean | undefined;
}

const usualSuffix = 'restored';
const longestName = 255;

/** What a restore does to each table. @param parts the names of those that it is about */
export function tableSteps(
  source: RestoreSource,
  parts: string[],
  wishes: TableWishes,
  present: ReadonlyMap<string, PresentTable>,
): TableToRestore[] {
  const selected = new Set(parts);
  const recorded = source.tables.filter(({ name }) => selected.has(name));
  if (wishes.strategy === 'beside') return recorded.map((record) => stepBeside(record, wishes));
  const absent = absentIn(source).tables.filter((name) => selected.has(name));
  return [
    ...recorded.map((record) => stepInPlace(record, wishes.strategy, present.get(record.name))),
    ...absent.map((name) => stepOfAbsent(name, wishes.strategy, present.get(name))),
  ];
}

/** @throws TandemError USAGE where DynamoDB takes no table of so long a name */
function stepBeside(record: SourceTable, { strategy, suffix = usualSuffix, settings }: TableWishes): TableToRestore {
  const { name } = record;
  const target = `${name}-${suffix}`;
  if (target.length > longestName) {
    const message = `${target} would have ${target.length} letters, and DynamoDB takes ${longestName}.`;
    throw new TandemError('USAGE', message, { remedy: 'Give a shorter --suffix.' });
  }
  return {
    ...{ name, target, strategy, action: 'create', currentId: null, deletionProtected: false },
    ...comesFrom(record),
    settings: settings === true ? settingsOutlook(record) : nothing,
    // A function that is triggered by two tables would be told of the old items once more.
    triggers: [],
    current: null,
    recorded: recordedOf(record),
  };
}

function stepInPlace(record: SourceTable, strategy: TableStrategy, current: PresentTable | undefined): TableToRestore {
  const { name } = record;
  const action = current === undefined ? 'create' : strategy === 'refill' ? 'refill' : 'replace';
  return {
    ...{ name, target: name, strategy, action, currentId: current?.id ?? null },
    ...comesFrom(record),
    // A table that is refilled keeps its protection, and its stream with all that is triggered by it; what is not any more
    // is made anew.
    deletionProtected: action === 'replace' && current?.deletionProtected === true,
    settings: settingsOutlook(record),
    triggers: triggersOfPlan(record, current?.triggers ?? []).filter(
      ({ uuid }) => action !== 'refill' || uuid === null,
    ),
    current: currentOf(current),
    recorded: recordedOf(record),
  };
}

/** What is not to exist goes, where it does. */
function stepOfAbsent(name: string, strategy: TableStrategy, current: PresentTable | undefined): TableToRestore {
  return {
    ...{ name, target: name, strategy, action: 'remove', currentId: current?.id ?? null, backupArn: null },
    deletionProtected: current?.deletionProtected ?? false,
    settings: nothing,
    triggers: [],
    current: currentOf(current),
    recorded: null,
  };
}

const nothing = { back: [], not: [] };

/** Where its items come from. */
function comesFrom(record: SourceTable): Pick<TableToRestore, 'backupArn' | 'pointInTime'> {
  if (!('pointInTime' in record)) return { backupArn: record.backupArn };
  return { backupArn: null, pointInTime: { tableArn: record.arn, at: record.pointInTime } };
}

function recordedOf(record: SourceTable): TableToRestore['recorded'] {
  const { items, bytes } = record;
  return { items, bytes, at: momentOfTable(record) };
}

function currentOf(current: PresentTable | undefined): TableToRestore['current'] {
  if (current === undefined) return null;
  const { items, bytes, createdAt, writeUnits } = current;
  return { items, bytes, createdAt: createdAt.toISOString(), ...(writeUnits !== undefined && { writeUnits }) };
}

/** Whether a table gets none of its settings back. */
export function isBare({ strategy }: TableToRestore, { settingsBeside }: Pick<RestorePlan, 'settingsBeside'>): boolean {
  return strategy === 'beside' && !settingsBeside;
}
